using System.Diagnostics;
using PetShop.Benchmarks.Marks;
using PetShop.Demo.Simulation;
using PetShop.Web.Recommendations;
using PetShop.Web.Recommendations.Rails;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Targeting;
using PetShop.Web.Tracking;
using Spectre.Console;

namespace PetShop.Benchmarks;

/// <summary>Microseconds of CPU, whoever else uses the machine, for what a page works out in memory: the rails' plan, the segments. The recommender alone is measured by "marks".</summary>
public static class ServingBenchmark
{
    private static readonly string[] HomeRails =
        [Placements.HomeBuyAgain, Placements.HomePet, Placements.HomeForYou, Placements.HomeBecauseViewed, Placements.HomeTrending, Placements.HomeRecent];

    public static async Task RunAsync(Pace pace)
    {
        var table = new Table().AddColumns("work", "CPU microseconds, median", "p99").Title("Serving");
        await using (var large = await BenchmarkShop.OpenAsync("benchmark_large", grow: 94))
        await using (var app = await ServingAsync(large))
            await AddRailsAsync(table, pace, app.Services);
        await using (var small = await BenchmarkShop.OpenAsync("benchmark"))
        await using (var app = await ServingAsync(small))
        {
            await AddRailsAsync(table, pace, app.Services);
            await AddSegmentsAsync(table, pace, app.Services);
        }
        AnsiConsole.Write(table.Caption(BenchmarkPages.MachineLoad()));
    }

    private static async Task<WebApplication> ServingAsync(BenchmarkShop shop)
    {
        var app = shop.Build();
        await app.Services.GetRequiredService<ServingRefresher>().ReadAllAsync(CancellationToken.None);
        return app;
    }

    private static async Task AddRailsAsync(Table table, Pace pace, IServiceProvider services)
    {
        var visitor = Maya();
        var state = services.GetRequiredService<ModelHolder>().Current;
        var history = await services.GetRequiredService<LiveHistories>().GetAsync(visitor, CancellationToken.None);
        var record = await services.GetRequiredService<ShopperRecords>().GetAsync(visitor, history, CancellationToken.None);
        var household = await services.GetRequiredService<HouseholdPets>().GetAsync(visitor, CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();
        Taste MakeTaste() => new(state, history, record, household, now);
        var places = Plan(MakeTaste(), now, HomeRails);
        if (places == 0)
            throw new InvalidOperationException($"No rail was planned: the model is {state.Model?.Version.ToString() ?? "missing"}, {state.Catalogue.Count} products are known.");
        var kept = MakeTaste();
        var catalogue = $"of {state.Catalogue.Count:N0} products";
        Add(table, pace, $"one rail {catalogue} after a click: fold-in, eligibility, candidates, ranking, variety", () => Plan(MakeTaste(), now, [Placements.HomeForYou]));
        Add(table, pace, $"home page's rails {catalogue} ({places} cards) after a click: everything anew", () => Plan(MakeTaste(), now, HomeRails));
        Add(table, pace, $"home page's rails {catalogue} when nothing was clicked since", () => Plan(kept, now, HomeRails));
    }

    private static int Plan(Taste taste, DateTimeOffset now, string[] placements)
    {
        var context = new RailContext(taste.State, taste, new ShownProducts(), now, DateOnly.FromDateTime(now.UtcDateTime));
        var planner = new RailPlanner(context, new Random(1), exploreShare: 1, size: 8);
        var places = 0;
        foreach (var placement in placements)
            foreach (var draft in planner.Plan(new(placement)))
                places += draft.Places.Count;
        return places;
    }

    private static async Task AddSegmentsAsync(Table table, Pace pace, IServiceProvider services)
    {
        var profile = await services.GetRequiredService<VisitorProfiles>().GetAsync(Maya(), CancellationToken.None);
        Add(table, pace, $"all {profile.Rules.Active.Count} segments of a visitor with {profile.History.Events.Count} events ({profile.Memberships.Count} hold)",
            () => profile.Rules.MembershipsOf(profile.Facts, profile.At));
    }

    private static Visitor Maya() => new()
    {
        Id = Guid.CreateVersion7(), ShopperId = DemoPersons.Maya.ShopperId, Consent = PetShop.Web.Tracking.Consent.Accepted, Country = "DE",
    };

    private static void Add(Table table, Pace pace, string name, Action work)
    {
        var batches = pace.IsQuick ? 15 : 41;
        var until = Stopwatch.GetTimestamp() + pace.Round.TotalSeconds / 2 * Stopwatch.Frequency;
        var times = 0;
        for (; Stopwatch.GetTimestamp() < until; times++)
            work();
        times = Math.Max(1, times / batches);
        List<double> microseconds = [];
        for (var batch = 0; batch < batches; batch++)
        {
            var before = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < times; i++)
                work();
            microseconds.Add((Environment.CpuUsage.TotalTime - before).TotalMicroseconds / times);
        }
        table.AddRow(name, $"{microseconds.Order().ElementAt(batches / 2):0.0}", $"{Repeated.Of(work).CpuP99:0}");
    }
}
