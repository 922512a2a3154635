namespace PetShop.Targeting.Lifetime;

/// <summary>What is foreseen of one buyer, in the units of rules.</summary>
/// <param name="ChurnPermille">Chance, in thousandths, of no order in the coming year; told of one-time buyers, too.</param>
/// <param name="AlivePermille">Chance, in thousandths, that they have not stopped for good; null after a single order, where nothing can tell.</param>
/// <param name="Orders">Expected number of orders in the coming year.</param>
/// <param name="ValueMinor">Today's value of those orders in minor units; null while spending has no model.</param>
/// <param name="NextOrderOn">The day by which an order is as likely come as not; null when that is more than a year away or never.</param>
/// <param name="NextOrderFrom">The day by which the chance of an order is a quarter.</param>
/// <param name="NextOrderUntil">The day by which it is three quarters.</param>
public sealed record Forecast(
    int ChurnPermille, int? AlivePermille, double Orders, long? ValueMinor, DateOnly? NextOrderOn, DateOnly? NextOrderFrom, DateOnly? NextOrderUntil);

/// <summary>Foresees the coming year of buyers, one by one.</summary>
/// <param name="Returning">Fitted on histories in weeks.</param>
/// <param name="Spending">Null while it has no fit: then values stay unknown.</param>
public sealed record Forecaster(BgNbd Returning, GammaGamma? Spending)
{
    /// <summary>How far forecasts look.</summary>
    public const double Weeks = 52;

    /// <param name="today">The day on which the history ends.</param>
    public Forecast Of(PurchaseHistory history, SpendHistory spend, DateOnly today) => new(
        Permille(1 - Returning.ReturnChance(history, Weeks)),
        Returning.AliveChance(history) is { } alive ? Permille(alive) : null,
        Returning.ExpectedOrders(history, Weeks),
        Spending is null ? null : (long)Math.Round(new LifetimeValue(Returning, Spending).Of(history, spend)),
        Day(history, 0.5, today), Day(history, 0.25, today), Day(history, 0.75, today));

    private DateOnly? Day(PurchaseHistory history, double chance, DateOnly today) =>
        Returning.WaitUntilChance(history, chance) is { } wait && wait <= Weeks ? today.AddDays((int)Math.Ceiling(wait * 7)) : null;

    private static int Permille(double chance) => (int)Math.Round(1000 * Math.Clamp(chance, 0, 1));
}
