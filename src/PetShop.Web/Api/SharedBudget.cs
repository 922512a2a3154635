using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;
using Npgsql;

namespace PetShop.Web.Api;

/// <summary>What a key may ask in a minute, whichever replica it asks: taken from PostgreSQL in portions, given out from memory.</summary>
/// <remarks>Never more than the limit is given out over all replicas; what others took and did not use, at most a portion each, is missing from it.</remarks>
/// <param name="kind">Of requests: each has a budget of its own.</param>
/// <param name="limit">A minute, over all replicas.</param>
public sealed class SharedBudget(NpgsqlDataSource source, TimeProvider clock, int key, short kind, int limit) : RateLimiter
{
    /// <summary>Portions a busy minute is taken in, so statements it costs.</summary>
    public const int Portions = 20;

    private const string Lease = """
        WITH gone AS (DELETE FROM api_budgets WHERE key_id = $1 AND kind = $2 AND minute < $3 - 1)
        INSERT INTO api_budgets AS b (key_id, kind, minute, taken) VALUES ($1, $2, $3, $4)
        ON CONFLICT (key_id, kind, minute) DO UPDATE SET taken = b.taken + $4 RETURNING taken
        """;

    private readonly int _portion = Math.Max(1, limit / Portions);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _lock = new();
    private (long Minute, int Left) _held;
    private long _spent = -1;

    // Keys are made by hand, so there are few of these.
    public override TimeSpan? IdleDuration => null;

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount) => TryTake(permitCount) ? Answer.Yes : new Answer(UntilNext());

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Another request may have fetched a portion, or found that there is none, while this one waited.
            if (TryTake(permitCount))
                return Answer.Yes;
            var minute = Minute();
            if (_spent == minute)
                return new Answer(UntilNext());
            var granted = await LeaseAsync(minute, cancellationToken);
            if (granted == 0)
                _spent = minute;
            lock (_lock)
                _held = (minute, Math.Max(0, granted - permitCount));
            return granted >= permitCount ? Answer.Yes : new Answer(UntilNext());
        }
        finally
        {
            _turn.Release();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _turn.Dispose();
        base.Dispose(disposing);
    }

    private bool TryTake(int permits)
    {
        lock (_lock)
        {
            if (_held.Minute != Minute() || _held.Left < permits)
                return false;
            _held.Left -= permits;
            return true;
        }
    }

    private async Task<int> LeaseAsync(long minute, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Lease);
        foreach (var value in new object[] { key, kind, minute, _portion })
            command.Parameters.Add(new() { Value = value });
        var taken = (int)(await command.ExecuteScalarAsync(cancel))!;
        return Math.Clamp(limit - taken + _portion, 0, _portion);
    }

    private long Minute() => clock.GetUtcNow().ToUnixTimeSeconds() / 60;

    private TimeSpan UntilNext() => DateTimeOffset.FromUnixTimeSeconds((Minute() + 1) * 60) - clock.GetUtcNow();

    private sealed class Answer(TimeSpan? wait) : RateLimitLease
    {
        public static readonly Answer Yes = new(null);

        public override bool IsAcquired => wait is null;

        public override IEnumerable<string> MetadataNames => wait is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata) => (metadata = metadataName == MetadataName.RetryAfter.Name ? wait : null) is not null;
    }
}
