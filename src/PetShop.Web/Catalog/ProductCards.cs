using System.Security.Claims;
using Npgsql;
using PetShop.Web.Illustrations;

namespace PetShop.Web.Catalog;

/// <summary>Reads product cards by key, in one round trip and in the order asked for.</summary>
public sealed class ProductCards(NpgsqlDataSource source)
{
    private const string Columns = """
        SELECT p.id, p.slug, p.name, b.name, p.illustration, b.hue, b.secondary_hue, p.department, p.picture_url, p.card_sku_id, p.price_minor, p.prior_price_minor,
               p.price_per_kg_minor, p.card_sku_label, p.sku_count, p.rating_count, p.rating_sum, p.in_stock, p.diet_tags[1]
        """;

    private const string ByIds = Columns + """
        , false FROM products p JOIN brands b ON b.id = p.brand_id WHERE p.id = ANY($1) AND p.is_active AND p.card_sku_id IS NOT NULL
        """;

    private const string ByIdsForShopper = Columns + """
        , p.id = ANY(ARRAY(SELECT w.product_id FROM wish_list_items w WHERE w.shopper_id = $2))
        FROM products p JOIN brands b ON b.id = p.brand_id WHERE p.id = ANY($1) AND p.is_active AND p.card_sku_id IS NOT NULL
        """;

    /// <summary>The cards of these products that are still sold, in the given order.</summary>
    /// <param name="shopper">Whose wishes fill the hearts; null for a visitor.</param>
    public async Task<IReadOnlyList<ProductCard>> ReadAsync(IReadOnlyList<int> productIds, ClaimsPrincipal? shopper, CancellationToken cancel)
    {
        if (productIds.Count == 0)
            return [];
        var shopperId = Guid.TryParse(shopper?.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : (Guid?)null;
        await using var command = source.CreateCommand(shopperId is null ? ByIds : ByIdsForShopper);
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. productIds] });
        if (shopperId is not null)
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = shopperId.Value });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new Dictionary<int, ProductCard>(productIds.Count);
        while (await reader.ReadAsync(cancel))
            found[reader.GetInt32(0)] = Read(reader);
        return [.. productIds.Where(found.ContainsKey).Select(p => found[p])];
    }

    private static ProductCard Read(NpgsqlDataReader r)
    {
        var (id, ratings) = (r.GetInt32(0), r.GetInt32(15));
        var picture = r.IsDBNull(8) ? Picture.OfProduct(r.GetString(4), r.GetInt16(5), r.GetInt16(6), r.GetString(7), id) : r.GetString(8);
        return new(id, r.GetString(1), r.GetString(2), r.GetString(3), picture, r.GetInt32(9), r.GetInt64(10))
        {
            WasPriceMinor = r.IsDBNull(11) ? null : r.GetInt64(11),
            PricePerKgMinor = r.IsDBNull(12) ? null : r.GetInt64(12),
            PackLabel = r.IsDBNull(13) ? null : r.GetString(13),
            SkuCount = r.GetInt32(14),
            RatingCount = ratings,
            Rating = ratings == 0 ? null : decimal.Round((decimal)r.GetInt32(16) / ratings, 1),
            InStock = r.GetBoolean(17),
            Badge = r.IsDBNull(18) ? null : Words.Say(r.GetString(18)),
            Wished = r.GetBoolean(19),
        };
    }
}
