using System.Security.Claims;
using Npgsql;
using PetShop.Web.Database;
using PetShop.Web.Illustrations;

namespace PetShop.Web.Catalog;

/// <summary>Finds product cards by key, in at most one round trip and in the order asked for.</summary>
public sealed class ProductCards(NpgsqlDataSource source, ProductCache cache, Wishes wishes, OutageCover cover)
{
    private const string ByIds = """
        SELECT p.id, p.slug, p.name, b.name, p.illustration, b.hue, b.secondary_hue, p.department, p.picture_url, p.card_sku_id, p.price_minor, p.prior_price_minor,
               coalesce(p.price_per_litre_minor, p.price_per_kg_minor), p.card_sku_label, p.sku_count, p.rating_count, p.rating_sum, p.in_stock, p.diet_tags[1], k.cost_minor, p.price_per_litre_minor IS NOT NULL
        FROM products p JOIN brands b ON b.id = p.brand_id JOIN skus k ON k.id = p.card_sku_id WHERE p.id = ANY($1) AND p.is_active
        """;

    /// <summary>The cards of these products that are still sold, in the given order; no round trip when all are at hand.</summary>
    /// <param name="shopper">Whose wishes fill the hearts; null for a visitor.</param>
    public async ValueTask<IReadOnlyList<ProductCard>> ReadAsync(IReadOnlyList<int> productIds, ClaimsPrincipal? shopper, CancellationToken cancel)
    {
        if (productIds.Count == 0)
            return [];
        var wished = await wishes.OfAsync(Guid.TryParse(shopper?.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null, cancel);
        var cards = new ProductCard?[productIds.Count];
        List<int> missing = [];
        for (var i = 0; i < cards.Length; i++)
            if ((cards[i] = cache.Card(productIds[i])) is null)
                missing.Add(productIds[i]);
        var read = missing.Count == 0 ? null : await ReadCoveredAsync(missing, cancel);
        List<ProductCard> found = new(cards.Length);
        for (var i = 0; i < cards.Length; i++)
            if ((cards[i] ?? read?.GetValueOrDefault(productIds[i])) is { } card)
                found.Add(wished.Contains(card.Id) ? card with { Wished = true } : card);
        return found;
    }

    private Task<Dictionary<int, ProductCard>> ReadCoveredAsync(List<int> productIds, CancellationToken cancel) =>
        cover.ReadAsync(() => ReadAsync(productIds, cancel), () => LastOf(productIds));

    private Dictionary<int, ProductCard>? LastOf(List<int> productIds)
    {
        var last = productIds.Select(cache.LastCard).OfType<ProductCard>().DistinctBy(c => c.Id).ToDictionary(c => c.Id);
        return last.Count == 0 ? null : last;
    }

    private async Task<Dictionary<int, ProductCard>> ReadAsync(List<int> productIds, CancellationToken cancel)
    {
        var since = cache.Changes;
        await using var command = source.CreateCommand(ByIds);
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. productIds] });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        Dictionary<int, ProductCard> read = new(productIds.Count);
        while (await reader.ReadAsync(cancel))
            read[reader.GetInt32(0)] = Read(reader);
        foreach (var card in read.Values)
            cache.Keep(card, since);
        return read;
    }

    private static ProductCard Read(NpgsqlDataReader r)
    {
        var (id, ratings) = (r.GetInt32(0), r.GetInt32(15));
        var picture = r.IsDBNull(8) ? Picture.OfProduct(r.GetString(4), r.GetInt16(5), r.GetInt16(6), r.GetString(7), id) : r.GetString(8);
        return new(id, r.GetString(1), r.GetString(2), r.GetString(3), picture, r.GetInt32(9), r.GetInt64(10))
        {
            WasPriceMinor = r.IsDBNull(11) ? null : r.GetInt64(11),
            PerMeasure = r.IsDBNull(12) ? null : new(r.GetInt64(12), r.GetBoolean(20) ? MeasurePrice.Litre : MeasurePrice.Kilogram),
            PackLabel = r.IsDBNull(13) ? null : r.GetString(13),
            SkuCount = r.GetInt32(14),
            RatingCount = ratings,
            Rating = ratings == 0 ? null : decimal.Round((decimal)r.GetInt32(16) / ratings, 1),
            InStock = r.GetBoolean(17),
            Badge = r.IsDBNull(18) ? null : Words.Say(r.GetString(18)),
            CostMinor = r.IsDBNull(19) ? null : r.GetInt64(19),
        };
    }
}
