using PetShop.Targeting.Lifetime;
using Xunit.Abstractions;

namespace PetShop.Targeting.Tests.Lifetime;

/// <summary>The models on the data they were published with.</summary>
public sealed class CdnowTests(ITestOutputHelper output)
{
    [SkippableFact]
    public void Returning_is_fitted_as_published()
    {
        var model = BgNbdFitter.FitTo([.. Cdnow.Buyers().Select(b => b.Orders)]).Model!;
        output.WriteLine(model.ToString());
        Assert.Equal(2357, model.Shoppers);
        Assert.False(model.IsHeld);
        Cdnow.Close(-9582.425561, model.LogLikelihood, 1e-9);
        foreach (var (expected, actual) in new[] { (0.24259290, model.R), (4.41353160, model.Alpha), (0.79288615, model.A), (2.42575373, model.B) })
            Cdnow.Close(expected, actual);
        Cdnow.Close(1.225910, model.ExpectedOrders(new(2, 30.43, 38.86), 39));
    }

    [SkippableFact]
    public void Returning_is_fitted_alike_in_any_order_and_any_unit_of_time()
    {
        var histories = Cdnow.Buyers().ConvertAll(b => b.Orders);
        var weeks = BgNbdFitter.FitTo(histories).Model;
        histories.Reverse();
        Assert.Equal(weeks, BgNbdFitter.FitTo(histories).Model);
        var days = BgNbdFitter.FitTo([.. histories.Select(h => new PurchaseHistory(h.Repeats, h.LastAt * 7, h.Age * 7))]).Model!;
        Cdnow.Close(weeks!.Alpha * 7, days.Alpha);
        Cdnow.Close(weeks.R, days.R);
    }

    [SkippableFact]
    public void Spending_is_fitted_as_published()
    {
        var model = GammaGamma.FitTo([.. Cdnow.Buyers().Select(b => b.Spend)]).Model!;
        output.WriteLine(model.ToString());
        Assert.Equal(946, model.Buyers);
        Cdnow.Close(-4055.923244, model.LogLikelihood, 1e-9);
        Assert.Equal(0.1139, model.Correlation, 4);
        foreach (var (expected, actual) in new[] { (6.248802, model.P), (3.744589, model.Q), (15.447749, model.Scale), (35.171001, model.MeanSpend) })
            Cdnow.Close(expected, actual);
    }

    [SkippableFact]
    public void Spending_in_cents_gives_the_same_shape()
    {
        var model = GammaGamma.FitTo([.. Cdnow.Buyers().Select(b => b.Spend with { MeanSpend = b.Spend.MeanSpend * 100 })]).Model!;
        Cdnow.Close(6.248802, model.P);
        Cdnow.Close(1544.7749, model.Scale);
    }

    [SkippableFact]
    public void Expected_spending_follows_the_library_for_the_first_ten()
    {
        var expected = PublicData.Json(PublicData.Require("cdnow"), "expected.json").GetProperty("gamma_gamma").GetProperty("conditional_avg_profit_first10");
        var model = GammaGamma.FitTo([.. Cdnow.Buyers().Select(b => b.Spend)]).Model!;
        foreach (var (buyer, value) in Cdnow.Buyers().Take(10).Zip(expected.EnumerateArray()))
            Assert.Equal(value.GetDouble(), model.ExpectedSpend(buyer.Spend), 0.1);
    }

    [SkippableFact]
    public void Histories_made_from_single_orders_equal_the_published_summary()
    {
        var folder = PublicData.Require("cdnow");
        var end = new DateOnly(1997, 9, 30);
        var made = PublicData.Rows(folder, "sample_2357.csv.gz").Select(r => (Id: r[1], Day: DateOnly.ParseExact(r[2], "yyyyMMdd"))).Where(o => o.Day <= end)
            .GroupBy(o => o.Id).ToDictionary(g => g.Key, g => PurchaseHistory.InWeeks(g.Select(o => o.Day), end));
        foreach (var row in PublicData.Rows(folder, "sample_cal_holdout.csv.gz"))
        {
            var history = made[row[0]];
            Assert.Equal(int.Parse(row[1]), history.Repeats);
            Assert.Equal(Cdnow.Number(row[2]), history.LastAt, 3);
            Assert.Equal(Cdnow.Number(row[3]), history.Age, 3);
        }
    }

    [SkippableFact]
    public void What_was_foreseen_came_true_in_the_following_39_weeks()
    {
        var rows = PublicData.Rows(PublicData.Require("cdnow"), "sample_cal_holdout.csv.gz")
            .Select(r => (History: new PurchaseHistory(int.Parse(r[1]), Cdnow.Number(r[2]), Cdnow.Number(r[3])), Later: int.Parse(r[4]))).ToList();
        var model = BgNbdFitter.FitTo([.. rows.Select(r => r.History)]).Model!;
        var (foreseen, actual) = (rows.Sum(r => model.ExpectedOrders(r.History, 39)), rows.Sum(r => r.Later));
        var (returning, returned) = (rows.Sum(r => model.ReturnChance(r.History, 39)), rows.Count(r => r.Later > 0));
        output.WriteLine($"orders: foreseen {foreseen:0}, actual {actual}; buyers who return: foreseen {returning:0}, actual {returned}");
        Assert.InRange(foreseen / actual, 0.85, 1.15);
        Assert.InRange(returning / returned, 0.85, 1.15);
    }
}
