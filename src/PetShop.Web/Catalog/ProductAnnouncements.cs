using System.Globalization;
using Npgsql;
using PetShop.Web.Database;

namespace PetShop.Web.Catalog;

/// <summary>Hears which products and wish lists changed, on any replica or by hand in the database, and drops what is kept of them.</summary>
public sealed class ProductAnnouncements(NpgsqlDataSource source, ProductCache products, TimeProvider clock, ILogger<ProductAnnouncements> logger)
    : AnnouncementListener(source, clock, logger, "products", "petshop_pages")
{
    protected override void Hear(string channel, string payload)
    {
        if (payload.StartsWith("product:", StringComparison.Ordinal) && int.TryParse(payload.AsSpan("product:".Length), CultureInfo.InvariantCulture, out var product))
            products.Forget(product);
        else if (payload.StartsWith("wishes:", StringComparison.Ordinal) && Guid.TryParse(payload.AsSpan("wishes:".Length), out var shopper))
            products.ForgetWishes(shopper);
        else
            products.Clear();
    }

    protected override async Task AttendAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        products.Hears = true;
        try
        {
            while (true)
                await connection.WaitAsync(cancel);
        }
        finally
        {
            products.Hears = false;
        }
    }
}
