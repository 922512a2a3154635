using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace PetShop.Data;

/// <summary>How every context of the shop is set up, in the web program, its commands and the tests alike.</summary>
public static class PetShopDbOptions
{
    public static DbContextOptionsBuilder UsePetShop(this DbContextOptionsBuilder options, NpgsqlDataSource source) => options
        .UseNpgsql(source)
        // Migrations are written by hand, so there is no snapshot to compare with; a test compares the model with the database instead.
        .ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning));
}
