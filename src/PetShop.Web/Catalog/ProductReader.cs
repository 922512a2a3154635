using Npgsql;
using PetShop.Web.Database;
using PetShop.Data.Catalog;

namespace PetShop.Web.Catalog;

/// <summary>A choice on a product page.</summary>
public sealed record SkuView(int Id, string Label, long PriceMinor, long? WasPriceMinor, int? PackGrams, int Stock)
{
    /// <summary>What it cost the shop: the floor of a personal price, told to nobody.</summary>
    public long? CostMinor { get; init; }

    public bool InStock => Stock > 0;

    public int? PackMl { get; init; }

    /// <summary>What a kilogram or a litre costs at a price; null where it is sold by neither.</summary>
    public MeasurePrice? PerMeasure(long priceMinor) => MeasurePrice.Of(priceMinor, PackGrams, PackMl);
}

/// <summary>One review as it stands on the page.</summary>
public sealed record ReviewView(string By, int Rating, string Title, string Text, DateTimeOffset At, long Id);

/// <summary>Everything a product page shows of its own.</summary>
/// <param name="Stars">Reviews with 1, 2, 3, 4 and 5 stars.</param>
public sealed record ProductView(
    int Id, string Slug, string Name, string Brand, string BrandSlug, string BrandBlurb, int CategoryId, string Department, string Summary, string Description,
    string[] Species, string[] LifeStages, string[] DogSizes, string[] DietTags, string[] Ingredients, string[] Allergens, int? KcalPer100g, RationKind Ration,
    bool IsMedicine, string PictureUrl, IReadOnlyList<SkuView> Skus, IReadOnlyList<int> Stars, IReadOnlyList<ReviewView> Reviews)
{
    /// <summary>On the wish list of whoever looks.</summary>
    public bool Wished { get; init; }

    public int ReviewCount => Stars.Sum();

    public decimal? Rating => ReviewCount == 0 ? null : decimal.Round((decimal)Stars.Select((count, i) => count * (i + 1)).Sum() / ReviewCount, 1);
}

/// <summary>Finds one product with its SKUs and reviews, in at most one round trip.</summary>
public sealed class ProductReader(NpgsqlDataSource source, ProductCache cache, Wishes wishes, OutageCover cover)
{
    private const string ProductSql = """
        SELECT p.id, p.slug, p.name, b.name, b.slug, b.blurb, p.category_id, p.department, p.summary, p.description, p.species, p.life_stages, p.dog_sizes, p.diet_tags, p.ingredients, p.allergens,
               p.kcal_per_100g, p.ration, p.is_medicine, p.illustration, b.hue, b.secondary_hue, p.picture_url
        FROM products p JOIN brands b ON b.id = p.brand_id WHERE p.slug = $1 AND p.is_active
        """;

    private const string SkuSql = """
        SELECT id, label, price_minor, prior_price_minor, pack_grams, stock, cost_minor, pack_ml FROM skus
        WHERE product_id = (SELECT id FROM products WHERE slug = $1) AND is_active ORDER BY sort_order, price_minor, id
        """;

    private const string StarSql = "SELECT rating, count(*)::int FROM reviews WHERE product_id = (SELECT id FROM products WHERE slug = $1) AND NOT is_hidden GROUP BY rating";

    private const string ReviewSql = """
        SELECT display_name, rating, title, text, created_at, id FROM reviews
        WHERE product_id = (SELECT id FROM products WHERE slug = $1) AND NOT is_hidden ORDER BY created_at DESC, id DESC LIMIT $2
        """;

    private const int FirstReviews = 4, AllReviews = 100;

    /// <param name="shopperId">Whose wish list is looked at; null for a visitor.</param>
    /// <param name="allReviews">The latest hundred reviews in place of the latest four.</param>
    /// <param name="cancel">The request's.</param>
    /// <returns>Null when no such product is sold.</returns>
    public async ValueTask<ProductView?> FindAsync(string slug, Guid? shopperId, bool allReviews, CancellationToken cancel)
    {
        var view = (allReviews ? null : cache.View(slug)) ?? await ReadCoveredAsync(slug, allReviews, cancel);
        return view is not null && (await wishes.OfAsync(shopperId, cancel)).Contains(view.Id) ? view with { Wished = true } : view;
    }

    private Task<ProductView?> ReadCoveredAsync(string slug, bool allReviews, CancellationToken cancel) =>
        cover.ReadAsync(() => ReadAsync(slug, allReviews, cancel), () => cache.LastView(slug));

    private async Task<ProductView?> ReadAsync(string slug, bool allReviews, CancellationToken cancel)
    {
        var since = cache.Changes;
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(Command(ProductSql, slug));
        batch.BatchCommands.Add(Command(SkuSql, slug));
        batch.BatchCommands.Add(Command(StarSql, slug));
        batch.BatchCommands.Add(Command(ReviewSql, slug, new NpgsqlParameter<int> { TypedValue = allReviews ? AllReviews : FirstReviews }));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel))
            return null;
        var product = ReadProduct(reader);
        await reader.NextResultAsync(cancel);
        product = product with { Skus = await ReadSkusAsync(reader, cancel), Stars = await ReadStarsAsync(reader, cancel), Reviews = await ReadReviewsAsync(reader, cancel) };
        if (!allReviews)
            cache.Keep(product, since);
        return product;
    }

    private static NpgsqlBatchCommand Command(string sql, string slug, NpgsqlParameter? second = null)
    {
        var command = new NpgsqlBatchCommand(sql) { Parameters = { new NpgsqlParameter<string> { TypedValue = slug } } };
        if (second is not null)
            command.Parameters.Add(second);
        return command;
    }

    private static ProductView ReadProduct(NpgsqlDataReader r)
    {
        string[] Terms(int column) => r.GetFieldValue<string[]>(column);
        var picture = r.IsDBNull(22) ? Illustrations.Picture.OfProduct(r.GetString(19), r.GetInt16(20), r.GetInt16(21), r.GetString(7), r.GetInt32(0)) : r.GetString(22);
        return new(r.GetInt32(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetInt32(6), r.GetString(7), r.GetString(8), r.GetString(9),
            Terms(10), Terms(11), Terms(12), Terms(13), Terms(14), Terms(15), r.IsDBNull(16) ? null : r.GetInt32(16), (RationKind)r.GetInt16(17), r.GetBoolean(18), picture, [], [], []);
    }

    private static async Task<List<SkuView>> ReadSkusAsync(NpgsqlDataReader r, CancellationToken cancel)
    {
        var skus = new List<SkuView>();
        while (await r.ReadAsync(cancel))
            skus.Add(new(r.GetInt32(0), r.GetString(1), r.GetInt64(2), r.IsDBNull(3) ? null : r.GetInt64(3), r.IsDBNull(4) ? null : r.GetInt32(4), r.GetInt32(5)) { CostMinor = r.IsDBNull(6) ? null : r.GetInt64(6), PackMl = r.IsDBNull(7) ? null : r.GetInt32(7) });
        return skus;
    }

    private static async Task<int[]> ReadStarsAsync(NpgsqlDataReader r, CancellationToken cancel)
    {
        var stars = new int[5];
        await r.NextResultAsync(cancel);
        while (await r.ReadAsync(cancel))
            stars[r.GetInt16(0) - 1] = r.GetInt32(1);
        return stars;
    }

    private static async Task<List<ReviewView>> ReadReviewsAsync(NpgsqlDataReader r, CancellationToken cancel)
    {
        var reviews = new List<ReviewView>();
        await r.NextResultAsync(cancel);
        while (await r.ReadAsync(cancel))
            reviews.Add(new(r.GetString(0), r.GetInt16(1), r.GetString(2), r.GetString(3), r.GetFieldValue<DateTimeOffset>(4), r.GetInt64(5)));
        return reviews;
    }
}
