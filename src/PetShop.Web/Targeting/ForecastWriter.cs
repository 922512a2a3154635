using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data.Segments;
using PetShop.Targeting.Groups;
using PetShop.Targeting.Lifetime;

namespace PetShop.Web.Targeting;

/// <summary>Fits how this shop's buyers return, spend and choose, and stores what follows for each of them.</summary>
public sealed class ForecastWriter(NpgsqlDataSource source, IOptions<ShopOptions> shop, TimeProvider clock)
{
    // More buyers than these change no digit that anyone sees.
    private const int MostFitted = 100_000;
    private static readonly Affinities Affinities = new(TimeSpan.FromDays(60));

    /// <summary>Makes everyone's forecasts and favourite categories and brands anew, in one transaction; without a fit the old forecasts stay, with their age.</summary>
    public async Task<LifetimeFit> RefreshAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, shop.Value.Zone).DateTime);
        var buyers = await BuyersAsync(now, today, cancel);
        var sample = Evenly(buyers);
        var returning = BgNbdFitter.FitTo([.. sample.Select(b => b.Orders)]);
        var spending = GammaGamma.FitTo([.. sample.Select(b => b.Spend)]);
        var categories = await LeaningsAsync(ForecastSql.Categories, now, cancel);
        var brands = await LeaningsAsync(ForecastSql.Brands, now, cancel);

        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await RunAsync(connection, ForecastSql.Turn, [], cancel);
        await RunAsync(connection, TransitionCauses.Name(TransitionCause.Model), [], cancel);
        if (returning.Model is { } model)
        {
            await StoreAsync(connection, buyers, new(model, spending.Model), today, now, cancel);
            await RunAsync(connection, ForecastSql.Clear, [buyers.Select(b => b.Shopper).ToArray()], cancel);
        }
        foreach (var (sql, leanings) in new[] { (ForecastSql.Categories, categories), (ForecastSql.Brands, brands) })
            await RunAsync(connection, sql.Store, [leanings.Keys.ToArray(), leanings.Values.Select(l => l[0]).ToArray()], cancel);
        await StoreAsync(connection, categories, brands, now, cancel);
        await transaction.CommitAsync(cancel);
        return Fitted(now, buyers, returning, spending);
    }

    private async Task<List<Buyer>> BuyersAsync(DateTimeOffset now, DateOnly today, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var command = Command(connection, ForecastSql.Histories, [shop.Value.TimeZone, now.UtcDateTime]);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var buyers = new List<Buyer>();
        while (await row.ReadAsync(cancel))
        {
            var (repeats, first, last) = (row.GetInt32(1), row.GetFieldValue<DateOnly>(2).DayNumber, row.GetFieldValue<DateOnly>(3).DayNumber);
            var mean = row.IsDBNull(4) ? 0 : row.GetDouble(4);
            // Repeat orders that cost nothing say nothing of spending.
            buyers.Add(new(row.GetGuid(0), new(repeats, (last - first) / 7.0, (today.DayNumber - first) / 7.0), mean > 0 ? new(repeats, mean) : default));
        }
        return buyers;
    }

    // The favourite first; the others by name, or a day's fading would shuffle them.
    private async Task<Dictionary<Guid, string[]>> LeaningsAsync(InterestSql sql, DateTimeOffset now, CancellationToken cancel)
    {
        object[] values = [now.UtcDateTime, Affinities.HalfLife.TotalDays];
        await using var connection = await source.OpenConnectionAsync(cancel);
        var shop = new Dictionary<string, double>(StringComparer.Ordinal);
        await using (var totals = Command(connection, sql.OfShop, values))
        await using (var row = await totals.ExecuteReaderAsync(cancel))
            while (await row.ReadAsync(cancel))
                shop[row.GetString(0)] = row.GetDouble(1);
        var shares = Affinities.Shares(shop);
        await using var interests = Command(connection, sql.OfShoppers, values);
        await using var rows = await interests.ExecuteReaderAsync(cancel);
        var (leanings, strengths, shopper) = (new Dictionary<Guid, string[]>(), new Dictionary<string, double>(StringComparer.Ordinal), Guid.Empty);
        while (await rows.ReadAsync(cancel))
        {
            if (rows.GetGuid(0) is var next && next != shopper)
            {
                Note();
                (shopper, strengths) = (next, new(StringComparer.Ordinal));
            }
            strengths[rows.GetString(1)] = rows.GetDouble(2);
        }
        Note();
        return leanings;

        void Note()
        {
            if (Affinities.Leanings(strengths, shares) is { Count: > 0 } liked)
                leanings.Add(shopper, [liked[0].Key, .. liked.Skip(1).Select(l => l.Key).Order(StringComparer.Ordinal)]);
        }
    }

    private static async Task StoreAsync(NpgsqlConnection connection, Dictionary<Guid, string[]> categories, Dictionary<Guid, string[]> brands, DateTimeOffset now, CancellationToken cancel)
    {
        Guid[] shoppers = [.. categories.Keys.Union(brands.Keys)];
        string[] Of(Dictionary<Guid, string[]> leanings) => Array.ConvertAll(shoppers, s => string.Join(',', leanings.GetValueOrDefault(s) ?? []));
        await RunAsync(connection, ForecastSql.StoreInterests, [shoppers, Of(categories), Of(brands), now.UtcDateTime], cancel);
        await RunAsync(connection, ForecastSql.ClearInterests, [shoppers, now.UtcDateTime], cancel);
    }

    private static async Task StoreAsync(NpgsqlConnection connection, List<Buyer> buyers, Forecaster forecaster, DateOnly today, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var chunk in buyers.Chunk(10_000))
        {
            var forecasts = Array.ConvertAll(chunk, b => forecaster.Of(b.Orders, b.Spend, today));
            await RunAsync(connection, ForecastSql.Store,
            [
                Array.ConvertAll(chunk, b => b.Shopper), Array.ConvertAll(forecasts, f => (short)f.ChurnPermille), Array.ConvertAll(forecasts, f => (short?)f.AlivePermille),
                Array.ConvertAll(forecasts, f => f.ValueMinor), Array.ConvertAll(forecasts, f => f.NextOrderOn), now.UtcDateTime,
            ], cancel);
        }
    }

    private static LifetimeFit Fitted(DateTimeOffset now, List<Buyer> buyers, Fit<BgNbd> returning, Fit<GammaGamma> spending) => new()
    {
        FittedAt = now, Buyers = buyers.Count, RepeatBuyers = buyers.Count(b => b.Orders.Repeats > 0),
        R = returning.Model?.R, Alpha = returning.Model?.Alpha, A = returning.Model?.A, B = returning.Model?.B, WhyNoForecast = returning.WhyNot,
        P = spending.Model?.P, Q = spending.Model?.Q, Scale = spending.Model?.Scale, Correlation = spending.Model?.Correlation, WhyNoValue = spending.WhyNot,
    };

    private static List<Buyer> Evenly(List<Buyer> buyers) =>
        buyers.Count <= MostFitted ? buyers : [.. Enumerable.Range(0, MostFitted).Select(i => buyers[(int)((long)i * buyers.Count / MostFitted)])];

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, object[] values, CancellationToken cancel)
    {
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private sealed record Buyer(Guid Shopper, PurchaseHistory Orders, SpendHistory Spend);
}
