namespace PetShop.Targeting.Lifetime;

/// <summary>Today's value of the orders to come: their expected number month by month, times their expected worth, discounted.</summary>
public sealed record LifetimeValue(BgNbd Orders, GammaGamma Spend)
{
    /// <summary>Months are equal parts of a year of 52.14 weeks.</summary>
    public const double WeeksPerMonth = 4.345;

    /// <param name="history">In weeks.</param>
    /// <param name="monthlyDiscount">What a month's delay costs: 0.01 is 1 %. An order counts as paid at the end of its month.</param>
    /// <returns>In the unit of the spending.</returns>
    public double Of(PurchaseHistory history, SpendHistory spend, int months = 12, double monthlyDiscount = 0.01)
    {
        if (months < 0 || !(monthlyDiscount > -1))
            throw new ArgumentException($"Months are not negative and a discount is above -1; these are {months} and {monthlyDiscount}.");
        var (value, before, factor) = (0.0, 0.0, 1.0);
        for (var month = 1; month <= months; month++)
        {
            var until = Orders.ExpectedOrders(history, month * WeeksPerMonth);
            factor /= 1 + monthlyDiscount;
            value += (until - before) * factor;
            before = until;
        }
        return value * Spend.ExpectedSpend(spend);
    }
}
