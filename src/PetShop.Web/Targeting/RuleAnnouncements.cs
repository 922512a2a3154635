using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Web.Database;

namespace PetShop.Web.Targeting;

/// <summary>Hears of edits on any replica and reads rules again; every minute as well, should an announcement be lost.</summary>
public sealed class RuleAnnouncements(
    NpgsqlDataSource source, ActiveRules rules, ProductTraits products, IOptions<TargetingOptions> options, TimeProvider clock, ILogger<RuleAnnouncements> logger)
    : AnnouncementListener(source, clock, logger, "segments and banners", "petshop_rules", "petshop_catalogue")
{
    // Ten rows saved in a row are one reading, not ten.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(30);

    protected override void Hear(string channel, string payload)
    {
        if (channel == "petshop_catalogue")
            products.Outdate();
    }

    protected override async Task AttendAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        while (true)
        {
            await rules.RefreshAsync(cancel);
            await products.RefreshIfOldAsync(cancel);
            if (await connection.WaitAsync(options.Value.RulesRefresh, cancel))
                await Task.Delay(Settle, Clock, cancel);
        }
    }
}
