using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Data.Events;
using PetShop.Data.Segments;
using PetShop.Web.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Targeting;

/// <summary>Features made anew only of whom something moved, time included, are those that making everyone's anew gives.</summary>
public sealed partial class FeatureLookTests
{
    internal const string AddOrder = """
        INSERT INTO orders (number, checkout_key, shopper_id, email, status, placed_at, currency, goods_minor, delivery_minor, total_minor, delivery_method, payment_method, full_name, line1, postcode, city, country)
        VALUES (gen_random_uuid()::text, gen_random_uuid(), $1, 'a@b.c', 2, $2, 'EUR', $3, 400, $3 + 400, 'parcel', 'invoice', 'A', 'B', '1', 'C', 'DE')
        """;

    // What the job makes, without the moment it was made at.
    private const string Features = "SELECT coalesce(string_agg((to_jsonb(f) - 'updated_at')::text, E'\\n' ORDER BY shopper_id), '') FROM shopper_features f";

    /// <summary>PETSHOP_FEATURE_STEPS asks for a longer history.</summary>
    private static readonly int Steps = int.TryParse(Environment.GetEnvironmentVariable("PETSHOP_FEATURE_STEPS"), out var steps) ? steps : 30;

    [Fact]
    public async Task Making_anew_only_whom_something_moved_gives_what_making_everyone_anew_gives()
    {
        var (server, clock) = await MembershipTests.StartAsync();
        await using var _ = server;
        var (source, writer, seed) = (server.Services.GetRequiredService<NpgsqlDataSource>(), server.Services.GetRequiredService<ShopperFeaturesWriter>(), Random.Shared.Next());
        var (chance, shoppers, causes) = (new Random(seed), new List<Guid>(), new HashSet<TransitionCause>());
        await source.StoreAsync([]);
        for (var i = 0; i < 12; i++)
            shoppers.Add(await server.AddShopperAsync());
        await writer.RefreshAllAsync(CancellationToken.None);
        // By chance a short history may go by without anybody's time passing; it is then carried on.
        for (var step = 0; step < Steps || (step < 5 * Steps && causes.Count < 2); step++)
        {
            for (var n = chance.Next(3); n > 0; n--)
                await ActAsync(source, chance, shoppers[chance.Next(shoppers.Count)], clock.Now);
            clock.Now += Pick(chance, TimeSpan.FromTicks(10), TimeSpan.FromMinutes(5), TimeSpan.FromDays(1), TimeSpan.FromDays(15), TimeSpan.FromHours(720), TimeSpan.FromDays(90), TimeSpan.FromHours(-5));
            causes.UnionWith(await LookAsync(server, clock.Now));
            await writer.ScoreAsync(CancellationToken.None);
            var marked = await server.ScalarAsync<string>(Features);
            await writer.RefreshAllAsync(CancellationToken.None);
            Assert.True(marked == await server.ScalarAsync<string>(Features), $"Seed {seed}, step {step}: looking at whom something moved left{Environment.NewLine}{marked}");
        }
        Assert.Equal([TransitionCause.Event, TransitionCause.Clock], causes.Order());
    }

    [Fact]
    public async Task A_visit_that_left_its_window_is_looked_for_once_and_the_moment_outlives_the_process()
    {
        var (server, clock) = await MembershipTests.StartAsync();
        await using var _ = server;
        var (source, shopper) = (server.Services.GetRequiredService<NpgsqlDataSource>(), await server.AddShopperAsync());
        await source.StoreAsync([]);
        await AddEventAsync(source, shopper, clock.Now, EventType.Searched, Guid.CreateVersion7());
        clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal([TransitionCause.Event], await LookAsync(server, clock.Now));
        Assert.Equal(1, await SessionsAsync(server));
        // The shop was away all the while: what left its window since then is found by the moment in the database.
        clock.Now += TimeSpan.FromDays(40);
        Assert.Equal([TransitionCause.Clock], await LookAsync(server, clock.Now));
        Assert.Equal(0, await SessionsAsync(server));
        clock.Now += TimeSpan.FromMinutes(1);
        Assert.Empty(await LookAsync(server, clock.Now));
        Assert.Equal(clock.Now, await server.WithDbAsync(db => db.FeatureStates.Select(s => s.AsOf).SingleAsync()));
    }

    [Fact]
    public void Every_window_of_the_features_is_one_that_the_clock_is_followed_out_of()
    {
        var windows = Interval().Matches(ShopperFeaturesSql.Refresh).Select(m => m.Value).ToHashSet();
        Assert.Equal([ShopperFeaturesSql.Visits, ShopperFeaturesSql.Leanings], windows);
    }

    /// <summary>What a round of the job does between two whole ones.</summary>
    internal static async Task<List<TransitionCause>> LookAsync(TestHost.ShopServer server, DateTimeOffset now)
    {
        await using var connection = await server.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var look = await FeatureLook.BeginAsync(connection, now, CancellationToken.None);
        var taken = await server.Services.GetRequiredService<ShopperFeaturesWriter>().RefreshAsync(look, CancellationToken.None);
        await look.NoteAsync(CancellationToken.None);
        await transaction.CommitAsync();
        return [.. taken.Keys];
    }

    private static Task<int> SessionsAsync(TestHost.ShopServer server) => server.WithDbAsync(db => db.ShopperFeatures.Select(f => f.Sessions30d).SingleAsync());

    private static Task ActAsync(NpgsqlDataSource source, Random chance, Guid shopper, DateTimeOffset now) => chance.Next(8) switch
    {
        0 => source.RunAsync(AddOrder, shopper, (now - Pick(chance, TimeSpan.Zero, TimeSpan.FromDays(2), TimeSpan.FromDays(-2))).UtcDateTime, 100L * chance.Next(1, 50)),
        1 => source.RunAsync("UPDATE orders SET status = 5 WHERE id = (SELECT id FROM orders WHERE shopper_id = $1 ORDER BY id LIMIT 1)", shopper),
        2 => source.RunAsync("DELETE FROM events WHERE shopper_id = $1 AND type = $2", shopper, (short)chance.Next(1, 8)),
        _ => AddEventAsync(source, shopper, now - Pick(chance, TimeSpan.Zero, TimeSpan.FromHours(720), TimeSpan.FromDays(100), TimeSpan.FromDays(-1)), (EventType)chance.Next(1, 9), new Guid(chance.Next(3), 0, 0, new byte[8])),
    };

    private static Task AddEventAsync(NpgsqlDataSource source, Guid shopper, DateTimeOffset at, EventType type, Guid session) =>
        source.RunAsync("INSERT INTO events (id, occurred_at, type, visitor_id, shopper_id, session_id, product_id) VALUES (gen_random_uuid(), $1, $2, $3, $3, $4, 117 + $5)",
            at.UtcDateTime, (short)type, shopper, session, at.Minute % 3);

    private static T Pick<T>(Random chance, params T[] from) => from[chance.Next(from.Length)];

    [GeneratedRegex("interval '[^']+'")]
    private static partial Regex Interval();
}
