using Microsoft.Extensions.Options;
using Npgsql;

namespace PetShop.Web.Targeting;

/// <summary>Hears from PostgreSQL of edits on any replica and reads rules again; every minute as well, should an announcement be lost.</summary>
public sealed partial class RuleAnnouncements(
    NpgsqlDataSource source, ActiveRules rules, ProductTraits products, IOptions<TargetingOptions> options, TimeProvider clock, ILogger<RuleAnnouncements> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    // Ten rows saved in a row are one reading, not ten.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(30);

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
        connection.Notification += (_, note) =>
        {
            if (note.Channel == "petshop_catalogue")
                products.Outdate();
        };
        await using (var listen = new NpgsqlCommand("LISTEN petshop_rules; LISTEN petshop_catalogue", connection))
            await listen.ExecuteNonQueryAsync(cancel);
        while (true)
        {
            await rules.RefreshAsync(cancel);
            await products.RefreshIfOldAsync(cancel);
            if (await connection.WaitAsync(options.Value.RulesRefresh, cancel))
                await Task.Delay(Settle, clock, cancel);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Cannot hear announcements about segments and banners; next try in {DelaySeconds:0} s: {Problem}")]
    private partial void LogDeaf(double delaySeconds, string problem);
}
