using Npgsql;
using PetShop.Data.Segments;
using PetShop.Targeting.Groups;

namespace PetShop.Web.Targeting;

/// <summary>One field of the board of recency against worth.</summary>
/// <param name="SpentMinor">In all their orders.</param>
/// <param name="ValueMinor">Expected of the next 12 months; null where nothing could be foreseen.</param>
/// <param name="ChurnPermille">Mean chance of no order within a year; null where nothing could be foreseen.</param>
public sealed record BuyerField(RfmSegment Segment, long Buyers, long SpentMinor, long? ValueMinor, long? ChurnPermille);

/// <summary>A tenth of the buyers, those with the highest expected value first.</summary>
public sealed record ValueTenth(int Number, long Buyers, long ValueMinor, long SpentMinor);

/// <summary>Buyers who agreed to personalisation, by recency and worth, and what they are expected to spend.</summary>
/// <param name="WhyNoValue">Why nothing is expected of anybody; null when something is.</param>
public sealed record BuyerBoard(IReadOnlyList<BuyerField> Fields, IReadOnlyList<ValueTenth> Tenths, string? WhyNoValue)
{
    private const string From = "FROM shopper_features f JOIN shoppers s ON s.id = f.shopper_id WHERE s.consent_personalisation AND f.orders_count > 0";

    private static readonly string FieldsSql =
        $"""
        SELECT {RfmSegment.Sql("f.rfm_recency", "f.rfm_frequency", "f.rfm_monetary")}, count(*), sum(f.revenue_minor)::bigint, sum(f.value_year_minor)::bigint, avg(f.churn_permille)::bigint
        {From} AND f.rfm_recency IS NOT NULL GROUP BY 1
        """;

    private const string TenthsSql =
        $"""
        SELECT tenth, count(*), sum(value_year_minor)::bigint, sum(revenue_minor)::bigint
        FROM (SELECT ntile(10) OVER (ORDER BY f.value_year_minor DESC, f.shopper_id) AS tenth, f.value_year_minor, f.revenue_minor {From} AND f.value_year_minor IS NOT NULL) buyers
        GROUP BY tenth ORDER BY tenth
        """;

    public long Buyers => Fields.Sum(f => f.Buyers);

    /// <param name="fit">The newest fit; null before the first.</param>
    public static async Task<BuyerBoard> ReadAsync(NpgsqlDataSource source, LifetimeFit? fit, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new(FieldsSql));
        batch.BatchCommands.Add(new(TenthsSql));
        await using var row = await batch.ExecuteReaderAsync(cancel);
        Dictionary<string, BuyerField> fields = [];
        while (await row.ReadAsync(cancel))
        {
            var segment = RfmSegment.All.Single(s => s.Name == row.GetString(0));
            fields[segment.Name] = new(segment, row.GetInt64(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetInt64(3), row.IsDBNull(4) ? null : row.GetInt64(4));
        }
        await row.NextResultAsync(cancel);
        List<ValueTenth> tenths = [];
        while (await row.ReadAsync(cancel))
            tenths.Add(new(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)));
        return new([.. RfmSegment.All.Select(s => fields.GetValueOrDefault(s.Name) ?? new(s, 0, 0, null, null))], tenths,
            tenths.Count > 0 ? null : fit?.WhyNoValue ?? fit?.WhyNoForecast ?? "Forecasts are made once a day; the first is still to come.");
    }
}
