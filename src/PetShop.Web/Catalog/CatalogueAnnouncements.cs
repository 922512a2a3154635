using Npgsql;

namespace PetShop.Web.Catalog;

/// <summary>Hears from PostgreSQL of edits to the catalogue on any replica and reads the shelf again.</summary>
public sealed partial class CatalogueAnnouncements(NpgsqlDataSource source, ShelfKeeper shelves, TimeProvider clock, ILogger<CatalogueAnnouncements> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    // An import announces every batch: it is read a few times while it runs, not once a batch.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(250);

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
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
        await using (var listen = new NpgsqlCommand("LISTEN petshop_catalogue", connection))
            await listen.ExecuteNonQueryAsync(cancel);
        while (true)
        {
            // Also after a reconnection: an edit may have been announced to nobody.
            await shelves.RefreshIfReadAsync(cancel);
            await connection.WaitAsync(cancel);
            await Task.Delay(Settle, clock, cancel);
            while (await connection.WaitAsync(TimeSpan.FromMilliseconds(1), cancel))
            {
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Cannot hear announcements about the catalogue; next try in {DelaySeconds:0} s: {Problem}")]
    private partial void LogDeaf(double delaySeconds, string problem);
}
