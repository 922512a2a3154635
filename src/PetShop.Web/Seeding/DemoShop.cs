using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Demo.Catalogue;
using PetShop.Demo.Simulation;
using PetShop.Web.Targeting;

namespace PetShop.Web.Seeding;

/// <summary>Fills an empty shop: catalogue, staff, and a year of simulated shoppers.</summary>
public sealed class DemoShop(PetShopDb db, CampaignSeed campaigns, OfferSeed offers, ShopperFeaturesWriter features, IOptions<ShopOptions> shop, IOptions<DemoOptions> options, TimeProvider clock)
{
    /// <summary>Whether there is nothing to lose: no product and no order.</summary>
    public async Task<bool> IsEmptyAsync(CancellationToken cancel) =>
        !await db.Products.AnyAsync(cancel) && !await db.Orders.AnyAsync(cancel);

    /// <param name="options">What to simulate.</param>
    /// <param name="say">Told what is being done, in sentences.</param>
    /// <param name="cancel">Leaves a shop that is still empty or has the catalogue alone.</param>
    /// <exception cref="InvalidOperationException">The shop is not empty.</exception>
    public async Task SeedAsync(Action<string> say, CancellationToken cancel)
    {
        if (!await IsEmptyAsync(cancel))
            throw new InvalidOperationException("The shop has products or orders already; the demo is for an empty one. Use another database, or drop this one first.");
        var started = Stopwatch.GetTimestamp();
        var demo = options.Value;
        var password = demo.Password ?? RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 16);
        var now = clock.GetUtcNow();
        var catalogue = DemoCatalogue.Create(DateOnly.FromDateTime(now.UtcDateTime));
        say($"Stocking the shelves: {catalogue.Products.Count} products of {catalogue.Brands.Count} brands");
        await new CatalogueSeed(db).WriteAsync(catalogue, cancel);
        await new DemoStaff(db, clock).EnsureStaffAsync(password, cancel);
        var result = await SimulateAsync(catalogue, new SimulationOptions(now, demo.Seed, demo.Shoppers, demo.Days), password, say, cancel);
        await campaigns.WriteAsync(cancel);
        await offers.WriteAsync(cancel);
        await features.RefreshAllAsync(cancel);
        say($"The demo shop is ready after {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s: {result.Shoppers:N0} shoppers with {result.Pets:N0} pets, "
            + $"{result.Orders:N0} orders, {result.Events:N0} events, {result.Reviews:N0} reviews.");
        if (demo.Password is null)
            say($"Demo:Password is not set; the demo sign-ins have the password {password}");
    }

    /// <summary>Adds simulated shoppers to a shop that has the demo catalogue.</summary>
    public Task<HistorySeed.Result> SimulateAsync(DemoCatalogue catalogue, SimulationOptions simulation, string? password, Action<string> say, CancellationToken cancel)
    {
        var lastShown = -1;
        void Show(SimulationProgress p)
        {
            var percent = p.Done * 100 / p.Total / 20 * 20;
            if (percent == lastShown)
                return;
            lastShown = percent;
            say($"Simulating {simulation.Days} days: {percent} % of the visitors, {p.Orders:N0} orders, {p.Events:N0} events");
        }
        var histories = new ShopperSimulator(catalogue, simulation).Run(Show);
        return new HistorySeed(db, shop.Value.Currency, password).WriteAsync(histories, simulation.Until.AddDays(-simulation.Days), simulation.Until, cancel);
    }
}
