using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Demo.Catalogue;
using PetShop.Demo.Simulation;
using PetShop.Web.Targeting;

namespace PetShop.Web.Seeding;

/// <summary>Fills an empty shop: catalogue, staff, a year of simulated shoppers, segments, banners, letters and prices.</summary>
/// <remarks>All of it is one transaction under one lock: a seed that is interrupted leaves an empty shop, and of several first starts at once one seeds while the others wait.</remarks>
public sealed class DemoShop(PetShopDb db, CampaignSeed campaigns, OfferSeed offers, ShopperFeaturesWriter features, IOptions<ShopOptions> shop, IOptions<DemoOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan LongestTurn = TimeSpan.FromHours(1);

    /// <summary>Whether there is nothing to lose: no product and no order.</summary>
    public async Task<bool> IsEmptyAsync(CancellationToken cancel) =>
        !await db.Products.AnyAsync(cancel) && !await db.Orders.AnyAsync(cancel);

    /// <param name="say">Told what is being done, in sentences.</param>
    /// <param name="cancel">Leaves a shop that is still empty.</param>
    /// <exception cref="InvalidOperationException">The shop is not empty.</exception>
    public async Task SeedAsync(Action<string> say, CancellationToken cancel)
    {
        if (!await SeedWhenEmptyAsync(say, cancel))
            throw new InvalidOperationException("The shop has products or orders already; the demo is for an empty one. Use another database, or drop this one first.");
    }

    /// <summary>Seeds, unless there is something to lose.</summary>
    /// <returns>False when the shop was not empty, or no longer when its turn came.</returns>
    public async Task<bool> SeedWhenEmptyAsync(Action<string> say, CancellationToken cancel)
    {
        if (!await IsEmptyAsync(cancel))
            return false;
        var started = Stopwatch.GetTimestamp();
        var password = options.Value.Password ?? RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 16);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await TakeTurnAsync(say, cancel);
        // Whoever had the turn before has filled the shop, unless it was interrupted.
        if (!await IsEmptyAsync(cancel))
            return false;
        var result = await FillAsync(password, say, cancel);
        await transaction.CommitAsync(cancel);
        if (options.Value.Password is null)
            say($"Demo:Password is not set; the demo sign-ins have the password {password}");
        // Made from what was just written; should this be interrupted, the job that keeps them makes them at the next start.
        await features.RefreshAllAsync(cancel);
        say($"The demo shop is ready after {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s: {result.Shoppers:N0} shoppers with {result.Pets:N0} pets, "
            + $"{result.Orders:N0} orders, {result.Events:N0} events, {result.Reviews:N0} reviews.");
        return true;
    }

    /// <summary>Holds the lock of seeding until the transaction ends.</summary>
    private async Task TakeTurnAsync(Action<string> say, CancellationToken cancel)
    {
        if ((await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock(hashtext('petshop.seed')) AS \"Value\"").ToListAsync(cancel))[0])
            return;
        say("Another process is filling this shop; waiting until it is done");
        db.Database.SetCommandTimeout(LongestTurn);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('petshop.seed'))", cancel);
    }

    private async Task<HistorySeed.Result> FillAsync(string password, Action<string> say, CancellationToken cancel)
    {
        var (demo, now) = (options.Value, clock.GetUtcNow());
        var catalogue = DemoCatalogue.Create(DateOnly.FromDateTime(now.UtcDateTime));
        say($"Stocking the shelves: {catalogue.Products.Count} products of {catalogue.Brands.Count} brands");
        await new CatalogueSeed(db).WriteAsync(catalogue, cancel);
        await new DemoStaff(db, clock).EnsureStaffAsync(password, cancel);
        var result = await SimulateAsync(catalogue, new SimulationOptions(now, demo.Seed, demo.Shoppers, demo.Days), password, say, cancel);
        await campaigns.WriteAsync(cancel);
        await offers.WriteAsync(cancel);
        return result;
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
