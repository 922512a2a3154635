using PetShop.Demo.Catalogue;
using PetShop.Demo.Simulation;

namespace PetShop.Demo.Tests.Simulation;

/// <summary>One simulated year, shared by the tests that only read it.</summary>
public sealed class OneYear
{
    public static readonly DateTimeOffset Until = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static DemoCatalogue Shop { get; } = DemoCatalogue.Create(DateOnly.FromDateTime(Until.UtcDateTime));

    public IReadOnlyList<VisitorHistory> All { get; } = [.. new ShopperSimulator(Shop, new(Until, Seed: 7, Shoppers: 700)).Run()];

    public IEnumerable<VisitorHistory> Shoppers => All.Where(history => history.Shopper is not null);

    public IEnumerable<(SimulatedShopper Shopper, SimulatedOrder Order, SimulatedOrderLine Line, Product Product, Sku Sku)> Lines =>
        from history in Shoppers
        from order in history.Orders
        from line in order.Lines
        let sold = Shop.Sku(line.SkuCode)
        select (history.Shopper!, order, line, sold.Product, sold.Sku);
}
