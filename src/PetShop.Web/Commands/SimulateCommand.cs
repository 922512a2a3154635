using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PetShop.Data;
using PetShop.Demo.Catalogue;
using PetShop.Demo.Simulation;
using PetShop.Web.Seeding;

namespace PetShop.Web.Commands;

/// <summary>Adds more simulated shoppers to a shop that has the demo catalogue.</summary>
public static class SimulateCommand
{
    private static readonly Option<int> Shoppers = new("--shoppers") { Description = "Shoppers with an account to add.", DefaultValueFactory = _ => 500 };
    private static readonly Option<int> Days = new("--days") { Description = "Length of their history, which ends now.", DefaultValueFactory = _ => 90 };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Chance; each run needs one that no run before it used, for the same one makes the same people.", DefaultValueFactory = _ => 2 };

    public static Command Create() => ShopCommand.Create("simulate",
        "Add simulated shoppers with pets, visits, orders and reviews to a shop that has the demo catalogue.", RunAsync, Shoppers, Days, Seed);

    private static async Task<int> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var catalogue = DemoCatalogue.Create(DateOnly.FromDateTime(now.UtcDateTime));
        var slugs = catalogue.Products.Select(p => p.Slug).ToList();
        var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
        var known = await db.Products.CountAsync(p => slugs.Contains(p.Slug), cancel);
        if (known < slugs.Count)
            throw new InvalidOperationException($"Simulated shoppers buy from the demo catalogue, of which {slugs.Count - known} products are not in this shop. Run seed on an empty database first.");
        var simulation = new SimulationOptions(now, parsed.GetValue(Seed), parsed.GetValue(Shoppers), parsed.GetValue(Days), Named: false);
        var result = await AddAsync(scope.ServiceProvider.GetRequiredService<DemoShop>(), catalogue, simulation, cancel);
        Console.WriteLine($"Added {result.Shoppers:N0} shoppers, {result.Orders:N0} orders, {result.Events:N0} events, {result.Reviews:N0} reviews.");
        return 0;
    }

    private static async Task<HistorySeed.Result> AddAsync(DemoShop shop, DemoCatalogue catalogue, SimulationOptions simulation, CancellationToken cancel)
    {
        try
        {
            return await shop.SimulateAsync(catalogue, simulation, null, Console.WriteLine, cancel);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new InvalidOperationException($"The people of seed {simulation.Seed} are in this shop already; nobody was added. Give another --seed, for example --seed {simulation.Seed + 1}.", e);
        }
    }
}
