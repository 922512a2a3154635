using Npgsql;

namespace PetShop.Web.Tracking;

/// <summary>Hears from PostgreSQL whose consents or history changed on another replica, and drops what this one keeps of them.</summary>
public sealed partial class VisitorAnnouncements(
    NpgsqlDataSource source, LiveHistories histories, ShopperConsents shopperConsents, TimeProvider clock, ILogger<VisitorAnnouncements> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogDeaf(Pause.TotalSeconds, e.Message);
                await Task.Delay(Pause, clock, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        connection.Notification += (_, note) =>
        {
            if (!Guid.TryParse(note.Payload, out var id))
                return;
            shopperConsents.Forget(id);
            histories.Forget(id);
        };
        await using (var listen = new NpgsqlCommand("LISTEN petshop_visitors", connection))
            await listen.ExecuteNonQueryAsync(cancel);
        shopperConsents.ForgetAll();
        histories.ForgetAll();
        while (true)
            await connection.WaitAsync(cancel);
    }

    [LoggerMessage(LogLevel.Warning, "Cannot hear announcements about visitors; next try in {DelaySeconds:0} s: {Problem}")]
    private partial void LogDeaf(double delaySeconds, string problem);
}
