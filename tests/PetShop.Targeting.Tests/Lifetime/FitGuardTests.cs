using PetShop.Targeting.Lifetime;

namespace PetShop.Targeting.Tests.Lifetime;

/// <summary>When the data allow no fit, the answer is a sentence and never a made-up model.</summary>
public sealed class FitGuardTests
{
    [Fact]
    public void Without_buyers_there_is_no_fit()
    {
        Assert.Equal("Only 0 of 0 buyers came back; 30 are needed to tell how buyers return.", BgNbdFitter.FitTo([]).WhyNot);
        Assert.NotNull(GammaGamma.FitTo([]).WhyNot);
    }

    [Fact]
    public void Without_repeat_buyers_there_is_no_fit()
    {
        var fit = BgNbdFitter.FitTo([.. Enumerable.Repeat(new PurchaseHistory(0, 0, 10), 5000)]);
        Assert.Null(fit.Model);
        Assert.Contains("Only 0 of 5000", fit.WhyNot);
    }

    [Fact]
    public void Buyers_like_clockwork_leave_parameters_open_which_a_weak_prior_holds()
    {
        var model = BgNbdFitter.FitTo([.. Enumerable.Repeat(new PurchaseHistory(10, 50, 52), 200)]).Model!;
        Assert.True(model.IsHeld);
        Assert.InRange(model.ExpectedOrders(new(10, 50, 52), 52), 8, 12);
    }

    [Fact]
    public void Orders_all_of_one_price_leave_spending_without_a_fit() =>
        Assert.Contains("varies too little", GammaGamma.FitTo([.. Enumerable.Range(0, 100).Select(i => new SpendHistory(1 + i % 3, 2500))]).WhyNot);

    [Fact]
    public void Spending_that_goes_with_frequency_is_not_fitted() =>
        Assert.Contains("correlation 1.00", GammaGamma.FitTo([.. Enumerable.Range(0, 100).Select(i => new SpendHistory(1 + i % 10, 1000 * (1 + i % 10)))]).WhyNot);

    [Fact]
    public void A_few_giant_orders_leave_no_settled_mean()
    {
        var dice = new Random(7);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - dice.NextDouble())) * Math.Cos(2 * Math.PI * dice.NextDouble());
        var fit = GammaGamma.FitTo([.. Enumerable.Range(0, 2000).Select(_ => new SpendHistory(1, -1000 * Math.Log(1 - dice.NextDouble()) / Math.Pow(Normal(), 2)))]);
        Assert.Null(fit.Model);
        Assert.Contains("no settled value", fit.WhyNot);
    }

    [Fact]
    public void A_repeat_buyer_who_paid_nothing_is_refused() =>
        Assert.Throws<ArgumentException>(() => GammaGamma.FitTo([new(2, 0)]));

    [Fact]
    public void Parameters_are_found_again_in_orders_drawn_from_them()
    {
        var dice = new Random(42);
        var histories = Enumerable.Range(0, 4000).Select(_ => Draw(dice)).ToList();
        var model = BgNbdFitter.FitTo(histories).Model!;
        Assert.InRange(model.ExpectedOrders(50), 0.93 * Truth.ExpectedOrders(50), 1.07 * Truth.ExpectedOrders(50));
        Assert.InRange(model.R, 0.8, 1.25);
        Assert.InRange(model.A / (model.A + model.B), 0.16, 0.24);
    }

    // A rate that is gamma (1, 8) and a chance of stopping that is beta (1, 4) have closed quantile functions.
    private static readonly BgNbd Truth = new(1, 8, 1, 4);

    private static PurchaseHistory Draw(Random dice)
    {
        var (rate, stop) = (-Math.Log(1 - dice.NextDouble()) / 8, 1 - Math.Pow(1 - dice.NextDouble(), 0.25));
        var age = 20 + 60 * dice.NextDouble();
        var (at, last, repeats) = (0.0, 0.0, 0);
        while (true)
        {
            at += -Math.Log(1 - dice.NextDouble()) / rate;
            if (at > age)
                return new(repeats, last, age);
            (last, repeats) = (at, repeats + 1);
            if (dice.NextDouble() < stop)
                return new(repeats, last, age);
        }
    }
}
