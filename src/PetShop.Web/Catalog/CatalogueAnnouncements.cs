using Npgsql;
using PetShop.Web.Database;

namespace PetShop.Web.Catalog;

/// <summary>Hears of edits to the catalogue on any replica and reads the shelf again.</summary>
public sealed class CatalogueAnnouncements(NpgsqlDataSource source, ShelfKeeper shelves, TimeProvider clock, ILogger<CatalogueAnnouncements> logger)
    : AnnouncementListener(source, clock, logger, "the catalogue", "petshop_catalogue")
{
    // An import announces every batch: it is read a few times while it runs, not once a batch.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(250);

    protected override async Task AttendAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        while (true)
        {
            await shelves.RefreshIfReadAsync(cancel);
            await connection.WaitAsync(cancel);
            await Task.Delay(Settle, Clock, cancel);
            while (await connection.WaitAsync(TimeSpan.FromMilliseconds(1), cancel))
            {
            }
        }
    }
}
