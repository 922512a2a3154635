using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Orders;
using Order = PetShop.Data.Orders.Order;

namespace PetShop.Web.Checkout;

/// <summary>Gives the money of cancelled orders back: at once, and again until the gateway has taken it, each by one replica.</summary>
/// <remarks>No try is the last one: money that is owed is never given up, and the order's page in the admin area tells how often it was refused and why.</remarks>
public sealed partial class PaymentReleases(IServiceScopeFactory scopes, IEnumerable<IPaymentGateway> gateways, TimeProvider clock, ILogger<PaymentReleases> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    /// <summary>Longer than a gateway may take, so that a release under way is nobody else's.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private readonly WorkSignal _signal = new();

    /// <summary>What a cancellation writes down in its transaction; null where no gateway holds anything.</summary>
    public static PaymentRelease? Of(Order order, DateTimeOffset now) => order.PaymentReference is not { } reference ? null
        : new() { OrderId = order.Id, Method = order.PaymentMethod, Reference = reference, RequestedAt = now, NextTryAt = now };

    /// <summary>Says that a cancellation was committed.</summary>
    public void Raise() => _signal.Raise();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await ReleaseNextAsync(stoppingToken))
                {
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogLookFailed(Look.TotalSeconds, e);
            }
            await _signal.WaitAsync(Look, stoppingToken);
        }
    }

    /// <summary>Tries the release that has waited longest.</summary>
    /// <returns>False when none is due.</returns>
    public async Task<bool> ReleaseNextAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
        var now = clock.GetUtcNow();
        var release = (await db.PaymentReleases.FromSql($"""
            UPDATE payment_releases SET next_try_at = {now + Lease}, attempts = attempts + 1
            WHERE order_id = (SELECT order_id FROM payment_releases WHERE next_try_at <= {now} ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING *
            """).AsNoTracking().ToListAsync(cancel)).SingleOrDefault();
        if (release is null)
            return false;
        var problem = await TryAsync(release, cancel);
        DateTimeOffset? done = problem is null ? clock.GetUtcNow() : null, next = problem is null ? null : clock.GetUtcNow() + RetryPause.After(release.Attempts);
        await db.PaymentReleases.Where(r => r.OrderId == release.OrderId).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.ReleasedAt, done).SetProperty(r => r.NextTryAt, next).SetProperty(r => r.LastError, problem), CancellationToken.None);
        return true;
    }

    /// <returns>Null when the gateway has it, else what it said.</returns>
    private async Task<string?> TryAsync(PaymentRelease release, CancellationToken cancel)
    {
        try
        {
            if (gateways.SingleOrDefault(g => g.Method == release.Method) is not { } gateway)
                return $"No gateway for '{release.Method}' is set up in this shop.";
            await gateway.ReleaseAsync(release.Reference, cancel);
            return null;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            LogReleaseFailed(release.OrderId, release.Attempts, e);
            return e.Message;
        }
    }

    public override void Dispose()
    {
        _signal.Dispose();
        base.Dispose();
    }

    [LoggerMessage(LogLevel.Warning, "Could not look for payments to release; next look in {DelaySeconds:0} s")]
    private partial void LogLookFailed(double delaySeconds, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The payment of order {OrderId} was not released at attempt {Attempt}; it waits in payment_releases")]
    private partial void LogReleaseFailed(long orderId, int attempt, Exception exception);
}
