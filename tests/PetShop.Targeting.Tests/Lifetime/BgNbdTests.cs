using PetShop.Targeting.Lifetime;

namespace PetShop.Targeting.Tests.Lifetime;

public sealed class BgNbdTests
{
    private static readonly PurchaseHistory Regular = new(2, 30.43, 38.86);

    [Theory]
    [InlineData(2, 30.43, 38.86, 0.726609)]
    [InlineData(1, 1.71, 38.86, 0.212227)]
    [InlineData(7, 29.43, 38.86, 0.641801)]
    [InlineData(26, 30.86, 31, 0.968920)]
    [InlineData(5, 2, 38.86, 0.000365)]
    public void The_chance_of_being_active_is_the_published_one(int repeats, double last, double age, double expected) =>
        Assert.Equal(expected, Cdnow.Fitted.AliveChance(new(repeats, last, age))!.Value, 6);

    [Fact]
    public void After_one_order_nobody_is_called_active_and_the_chance_of_return_speaks_instead()
    {
        Assert.Null(Cdnow.Fitted.AliveChance(new(0, 0, 38.86)));
        Assert.InRange(Cdnow.Fitted.ReturnChance(new(0, 0, 38.86), 52), 0.1, 0.3);
        Assert.True(Cdnow.Fitted.ReturnChance(new(0, 0, 5), 52) > Cdnow.Fitted.ReturnChance(new(0, 0, 50), 52));
    }

    [Theory]
    [InlineData(0.1429, .007816)]
    [InlineData(1, .053185)]
    [InlineData(3, .150632)]
    [InlineData(31.8571, 1.040494)]
    [InlineData(32, 1.043737)]
    [InlineData(78, 1.857972)]
    public void A_new_shopper_is_expected_to_order_as_published(double weeks, double expected) =>
        Assert.Equal(expected, Cdnow.Fitted.ExpectedOrders(weeks), 6);

    [Fact]
    public void A_known_shopper_is_expected_to_order_as_published()
    {
        Cdnow.Close(1.225910, Cdnow.Fitted.ExpectedOrders(Regular, 39));
        Assert.Equal(1.226, Cdnow.Published.ExpectedOrders(Regular, 39), 3);
        Assert.Equal(0, Cdnow.Fitted.ExpectedOrders(Regular, 0));
    }

    [Fact]
    public void Counts_are_as_likely_as_published_and_add_up_to_one()
    {
        Cdnow.Close(0.57378635, Cdnow.Published.ChanceOf(0, 39), 1e-7);
        Cdnow.Close(1.0786896e-7, Cdnow.Published.ChanceOf(10, 2), 1e-7);
        double[] tail = [0.0019995214, 0.0015170236, 0.001163315, 0.0009003148, 0.0007023638, 0.0005517902, 0.0004361913, 0.0003467171, 0.0002769613, 0.000222226];
        for (var i = 0; i < tail.Length; i++)
            Assert.Equal(tail[i], Cdnow.Published.ChanceOf(11 + i, 30), 9);
        Assert.Equal(1, Enumerable.Range(0, 200).Sum(n => Cdnow.Published.ChanceOf(n, 30)), 6);
        Assert.Equal(Cdnow.Published.ExpectedOrders(30), Enumerable.Range(0, 300).Sum(n => n * Cdnow.Published.ChanceOf(n, 30)), 4);
    }

    [Theory]
    [InlineData(1, 2.4)]
    [InlineData(0.6, 0.4)]
    [InlineData(1, 1)]
    public void Parameters_that_divide_the_formula_by_zero_are_no_special_case(double a, double b)
    {
        var (at, beside) = (new BgNbd(0.24, 4.4, a, b), new BgNbd(0.24, 4.4, a + 1e-9, b + 1e-9));
        foreach (var history in (PurchaseHistory[])[new(0, 0, 10), new(1, 3, 10), Regular])
            Assert.Equal(beside.ExpectedOrders(history, 20), at.ExpectedOrders(history, 20), 6);
    }

    [Fact]
    public void Expected_orders_are_the_sum_of_chances_to_be_still_there_times_the_rate()
    {
        // d/dt E[Y(t)] is the expected rate of those still active: for a short stretch it is P(active) (r + x) / (alpha + T).
        var perWeek = Cdnow.Fitted.ExpectedOrders(Regular, 1e-6) / 1e-6;
        Cdnow.Close(Cdnow.Fitted.AliveChance(Regular)!.Value * (0.24259290 + 2) / (4.41353160 + 38.86), perWeek);
    }

    [Fact]
    public void A_thousand_orders_and_a_century_overflow_nothing()
    {
        var wholesaler = new PurchaseHistory(5000, 520, 520);
        Assert.InRange(Cdnow.Fitted.ExpectedOrders(wholesaler, 52), 470, 496);
        Assert.InRange(Cdnow.Fitted.ExpectedOrders(new(0, 0, 0), 5200), 1, 100);
    }

    [Fact]
    public void The_wait_for_a_chance_is_where_the_chance_of_return_reaches_it()
    {
        var wait = Cdnow.Fitted.WaitUntilChance(Regular, 0.5)!.Value;
        Assert.Equal(0.5, Cdnow.Fitted.ReturnChance(Regular, wait), 9);
        Assert.Null(Cdnow.Fitted.WaitUntilChance(new(5, 2, 38.86), 0.5));
    }

    [Theory]
    [InlineData(1, 5, 4)]
    [InlineData(0, 1, 4)]
    [InlineData(-1, 0, 4)]
    [InlineData(1, 1, double.NaN)]
    public void A_history_that_contradicts_itself_is_refused(int repeats, double last, double age) =>
        Assert.Throws<ArgumentException>(() => Cdnow.Fitted.ReturnChance(new(repeats, last, age), 1));

    [Fact]
    public void Orders_of_one_day_are_one_and_the_future_is_refused()
    {
        var day = new DateOnly(2026, 3, 1);
        Assert.Equal(new PurchaseHistory(1, 2, 3), PurchaseHistory.InWeeks([day.AddDays(14), day, day], day.AddDays(21)));
        Assert.Throws<ArgumentException>(() => PurchaseHistory.InWeeks([day], day.AddDays(-1)));
        Assert.Throws<ArgumentException>(() => PurchaseHistory.InWeeks([], day));
    }
}
