using PetShop.Targeting.Groups;
using PetShop.Targeting.Lifetime;
using Xunit.Abstractions;

namespace PetShop.Targeting.Tests.Lifetime;

/// <summary>Forecasts of a real web shop (UCI Online Retail): fitted on nine months, held against the following three.</summary>
public sealed class RealShopTests(ITestOutputHelper output)
{
    private static readonly DateOnly Cut = new(2011, 9, 1);
    private static readonly DateOnly End = new(2011, 12, 9);

    [SkippableFact]
    public void Chances_of_return_hold_in_the_months_after_and_rank_those_who_come_first()
    {
        var buyers = Buyers().Where(b => b.Before.Count > 0).ToList();
        var (returning, spending) = Fit(buyers);
        var weeks = (End.DayNumber - Cut.DayNumber) / 7.0;
        var rows = buyers.Select(b => (Chance: returning.ReturnChance(b.Orders, weeks), Orders: returning.ExpectedOrders(b.Orders, weeks),
            Value: returning.ExpectedOrders(b.Orders, weeks) * spending.ExpectedSpend(b.Spend), b.After)).OrderByDescending(r => r.Chance).ToList();
        foreach (var fifth in rows.Chunk((rows.Count + 4) / 5))
            output.WriteLine($"return foreseen {fifth.Average(r => r.Chance):P0}, returned {fifth.Average(r => r.After.Count > 0 ? 1.0 : 0):P0}; days with orders foreseen {fifth.Sum(r => r.Orders):0}, actual {fifth.Sum(r => r.After.Count)}");
        var best = rows.OrderByDescending(r => r.Value).Take(rows.Count / 10).Sum(r => r.After.Values.Sum()) / (double)rows.Sum(r => r.After.Values.Sum());
        output.WriteLine($"the tenth with the highest expected value made {best:P0} of the later revenue");
        Assert.InRange(rows.Sum(r => r.Chance) / rows.Count(r => r.After.Count > 0), 0.75, 1.25);
        Assert.InRange(best, 0.4, 1);
        var shares = rows.Chunk((rows.Count + 4) / 5).Select(fifth => fifth.Average(r => r.After.Count > 0 ? 1.0 : 0)).ToList();
        Assert.Equal(shares.OrderDescending(), shares);
    }

    [SkippableFact]
    public void Named_groups_differ_in_what_is_foreseen_of_them()
    {
        var buyers = Buyers().Where(b => b.Before.Count > 0).ToList();
        var (returning, spending) = Fit(buyers);
        var forecaster = new Forecaster(returning, spending);
        var scores = RfmScores.Of([.. buyers.Select(b => ((long)b.Before.Keys.Max().DayNumber, (long)b.Before.Count, b.Before.Values.Sum()))]);
        var groups = buyers.Zip(scores, (b, s) => (Group: RfmSegment.Of(s.Recency, s.Frequency, s.Monetary)!.Name, Forecast: forecaster.Of(b.Orders, b.Spend, Cut), Later: b.After.Values.Sum()))
            .GroupBy(x => x.Group).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var (name, members) in groups.OrderByDescending(g => g.Value.Average(m => m.Forecast.ValueMinor!.Value)))
            output.WriteLine($"{name,-16} {members.Count,5} buyers, churn {members.Average(m => m.Forecast.ChurnPermille) / 10:0} %, value of a year {members.Average(m => m.Forecast.ValueMinor!.Value) / 100:0}, bought for {members.Average(m => m.Later) / 100:0} in the 14 weeks after");
        Assert.All(buyers, b => Assert.True(b.Orders.Repeats > 0 || forecaster.Of(b.Orders, b.Spend, Cut).AlivePermille is null));
        Assert.True(groups["champions"].Average(m => m.Forecast.ValueMinor!.Value) > 3 * groups["hibernating"].Average(m => m.Forecast.ValueMinor!.Value));
        Assert.True(groups["champions"].Average(m => m.Forecast.ChurnPermille) < groups["hibernating"].Average(m => m.Forecast.ChurnPermille));
    }

    private (BgNbd Returning, GammaGamma Spending) Fit(List<Buyer> buyers)
    {
        var (returning, spending) = (BgNbdFitter.FitTo([.. buyers.Select(b => b.Orders)]), GammaGamma.FitTo([.. buyers.Select(b => b.Spend)]));
        output.WriteLine($"{returning.Model} {returning.WhyNot}\n{spending.Model} {spending.WhyNot}");
        return (returning.Model!, spending.Model!);
    }

    private static List<Buyer> Buyers() => [.. PublicData.Rows(PublicData.Require("online_retail_uci"), "transactions.csv.gz")
        .Where(r => r.Length == 7 && r[5].Length > 0 && !r[0].StartsWith('C') && Cdnow.Number(r[2]) > 0 && Cdnow.Number(r[4]) > 0)
        .Select(r => (Buyer: r[5], Day: DateOnly.Parse(r[3].AsSpan(0, 10)), Minor: (long)Math.Round(100 * Cdnow.Number(r[2]) * Cdnow.Number(r[4]))))
        .GroupBy(l => l.Buyer).OrderBy(g => g.Key).Select(g => new Buyer(Days(g.Where(l => l.Day < Cut)), Days(g.Where(l => l.Day >= Cut))))];

    private static Dictionary<DateOnly, long> Days(IEnumerable<(string Buyer, DateOnly Day, long Minor)> lines) => lines.GroupBy(l => l.Day).ToDictionary(d => d.Key, d => d.Sum(l => l.Minor));

    private sealed record Buyer(Dictionary<DateOnly, long> Before, Dictionary<DateOnly, long> After)
    {
        public PurchaseHistory Orders { get; } = Before.Count == 0 ? default : PurchaseHistory.InWeeks(Before.Keys, Cut);

        public SpendHistory Spend { get; } = Before.Count < 2 ? default : new(Before.Count - 1, Before.OrderBy(d => d.Key).Skip(1).Average(d => d.Value));
    }
}
