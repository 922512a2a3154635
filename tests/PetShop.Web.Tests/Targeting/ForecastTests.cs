using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using PetShop.Data.Segments;
using PetShop.Targeting.Lifetime;
using PetShop.Targeting.Segments;
using PetShop.TestHost;
using PetShop.Web.Database;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Previews;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Targeting;

/// <summary>Forecasts of a small shop whose buyers come back at their own pace.</summary>
public sealed class ForecastTests
{
    private const string AddOrders = """
        INSERT INTO orders (number, checkout_key, shopper_id, email, status, placed_at, currency, goods_minor, delivery_minor, total_minor, delivery_method, payment_method, full_name, line1, postcode, city, country)
        SELECT gen_random_uuid()::text, gen_random_uuid(), o.shopper, 'a@b.c', 4, o.at, 'EUR', o.goods, 400, o.goods + 400, 'parcel', 'invoice', 'A', 'B', '1', 'C', 'DE'
        FROM unnest($1::uuid[], $2::timestamptz[], $3::bigint[]) AS o (shopper, at, goods)
        """;

    private const string AddCatalogue = """
        INSERT INTO categories (id, slug, name, parent_id, department, path, blurb, sort_order) VALUES
            (1, 'dog-food', 'd', NULL, 'dog', '{dog-food}', '', 1), (2, 'cat-food', 'c', NULL, 'cat', '{cat-food}', '', 2), (3, 'cat-litter', 'c', NULL, 'cat', '{cat-litter}', '', 3);
        INSERT INTO brands (id, slug, name, blurb, hue, secondary_hue) VALUES (1, 'northpaw', 'n', '', 1, 1), (2, 'claws', 'c', '', 1, 1);
        INSERT INTO products (id, slug, name, brand_id, category_id, department, species, life_stages, dog_sizes, summary, description, diet_tags, ingredients, allergens, ration, seasons, is_medicine, illustration, released_on, is_active, search_text)
        SELECT n, 'p' || n, 'p', 1 + n / 3, n, 'dog', '{}', '{}', '{}', '', '', '{}', '{}', '{}', 0, '{}', false, 'parcel', '2026-01-01', true, '' FROM generate_series(1, 3) n RETURNING 1::bigint
        """;

    [Fact]
    public async Task Every_buyer_gets_the_forecast_of_the_models_fitted_on_this_shop()
    {
        await using var server = await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), TargetedShop.Settings, TargetedShop.Configure);
        var orders = await StoreBuyersAsync(server, buyers: 150);
        var idle = await server.AddShopperAsync();
        await server.Services.GetRequiredService<ShopperFeaturesWriter>().RefreshAllAsync(CancellationToken.None);
        await server.Services.GetServices<IHostedService>().OfType<ForecastJob>().Single().RunAsync(CancellationToken.None);

        var fit = await server.WithDbAsync(db => db.LifetimeFits.SingleAsync());
        Assert.Equal((150, null, null), (fit.Buyers, fit.WhyNoForecast, fit.WhyNoValue));
        var rows = await server.WithDbAsync(db => db.ShopperFeatures.AsNoTracking().ToDictionaryAsync(f => f.ShopperId));
        Assert.Null(rows[idle].ChurnPermille);
        var forecaster = new Forecaster(new(fit.R!.Value, fit.Alpha!.Value, fit.A!.Value, fit.B!.Value), new(fit.P!.Value, fit.Q!.Value, fit.Scale!.Value));
        foreach (var buyer in orders.GroupBy(o => o.Shopper))
            AssertForecast(forecaster, [.. buyer.Select(o => (o.Day, o.Minor))], Today(fit.FittedAt), rows[buyer.Key]);
        Assert.Contains(rows.Values, r => r is { ChurnPermille: not null, AlivePermille: null });
        Assert.Contains(rows.Values, r => r.NextOrderOn is not null);

        await server.WithDbAsync(db => db.SegmentMarks.ExecuteDeleteAsync());
        await server.Services.GetRequiredService<ForecastWriter>().RefreshAsync(CancellationToken.None);
        Assert.False(await server.WithDbAsync(db => db.SegmentMarks.AnyAsync()), "A fit that says the same as before had shoppers asked again.");
        Assert.Equal(rows[orders[0].Shopper].ForecastAt, await server.WithDbAsync(db => db.ShopperFeatures.Where(f => f.ShopperId == orders[0].Shopper).Select(f => f.ForecastAt).SingleAsync()));

        await AssertAgesAsync(server, orders[0].Shopper);
        await AssertRuleAsync(server, """{"v":1,"attr":"predicted.churn_permille","op":">=","value":500}""", rows.Values.Count(r => r.ChurnPermille >= 500));
        await AssertRuleAsync(server, """{"v":1,"attr":"predicted.next_order_days","op":"<=","value":30}""", rows.Values.Count(r => r.NextOrderOn <= Today(fit.FittedAt).AddDays(30)));
        await AssertRuleAsync(server, """{"v":1,"attr":"rfm.segment","op":"in","value":["champions","loyal","potential loyal","new","promising","needs attention","about to sleep","cannot lose","at risk","hibernating"]}""", 150);
    }

    [Fact]
    public async Task With_too_few_buyers_the_reason_is_kept_and_nothing_is_made_up()
    {
        await using var server = await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), TargetedShop.Settings);
        await StoreBuyersAsync(server, buyers: 10);
        await server.Services.GetRequiredService<ShopperFeaturesWriter>().RefreshAllAsync(CancellationToken.None);
        var fit = await server.Services.GetRequiredService<ForecastWriter>().RefreshAsync(CancellationToken.None);
        Assert.Contains("of 10 buyers came back; 30 are needed", fit.WhyNoForecast);
        Assert.All(await server.WithDbAsync(db => db.ShopperFeatures.AsNoTracking().ToListAsync()), f => Assert.Null(f.ForecastAt));
    }

    [Fact]
    public async Task Forecasts_are_made_again_only_when_they_have_grown_old_and_favourites_are_those_above_the_average()
    {
        await using var server = await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), TargetedShop.Settings);
        var (keeper, browser) = (await server.AddShopperAsync(), await server.AddShopperAsync());
        await server.ScalarAsync<long>(AddCatalogue);
        await server.ScalarAsync<long>("""
            INSERT INTO events (id, occurred_at, type, visitor_id, shopper_id, product_id)
            SELECT gen_random_uuid(), now() - n * interval '1 day', 7, $1::uuid, $1::uuid, 3 FROM generate_series(1, 8) n
            UNION ALL SELECT gen_random_uuid(), now() - interval '2 days', 1, $2::uuid, $2::uuid, n % 3 + 1 FROM generate_series(1, 60) n RETURNING 1::bigint
            """, keeper, browser);
        await server.Services.GetRequiredService<ShopperFeaturesWriter>().RefreshAllAsync(CancellationToken.None);
        var job = server.Services.GetServices<IHostedService>().OfType<ForecastJob>().Single();
        var (warnings, liking) = (server.Services.GetRequiredService<RuleWarnings>(), new SegmentSet(new Dictionary<string, Rule>()).Draft(RuleJson.Parse("""{"v":1,"attr":"interest.brand","op":"is","value":"claws"}""")));
        Assert.Equal(["Favourite brand has not been worked out yet; nobody matches until it is."], await warnings.OfAgeAsync(liking, CancellationToken.None));
        await job.RunAsync(CancellationToken.None);
        Assert.Empty(await warnings.OfAgeAsync(liking, CancellationToken.None));
        await job.RunAsync(CancellationToken.None);
        Assert.Equal(1, await server.WithDbAsync(db => db.JobRuns.CountAsync(r => r.Name == ForecastJob.JobName && r.Succeeded)));
        var rows = await server.WithDbAsync(db => db.ShopperFeatures.AsNoTracking().ToDictionaryAsync(f => f.ShopperId));
        Assert.Equal(("cat-litter", "cat-food"), (rows[keeper].TopCategory, rows[browser].TopCategory));
        Assert.Equal(("claws", "northpaw"), (rows[keeper].TopBrand, rows[browser].TopBrand));
        var liked = await server.WithDbAsync(db => db.ShopperInterests.AsNoTracking().ToDictionaryAsync(i => i.ShopperId));
        Assert.Equal(["cat-litter"], liked[keeper].Categories);
        Assert.Equal(["cat-food", "dog-food"], liked[browser].Categories);
        await AssertRuleAsync(server, """{"v":1,"attr":"interest.categories","op":"has","value":"dog-food"}""", 1);
        await AssertRuleAsync(server, """{"v":1,"any":[{"attr":"interest.brands","op":"has","value":"claws"},{"attr":"interest.categories","op":"has","value":"dog-food"}]}""", 2);
        var now = server.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await AssertPastAsync(server, browser, (["cat-food", "dog-food"], "cat-food", "northpaw", 0), now);
        await AssertPastAsync(server, browser, ([], null, null, 1), now.AddHours(-1));
    }

    [Fact]
    public async Task A_shop_whose_orders_were_there_before_its_first_start_need_not_wait_for_its_forecasts()
    {
        await using var server = await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), TargetedShop.Settings);
        await StoreBuyersAsync(server, buyers: 40);
        var job = server.Services.GetServices<IHostedService>().OfType<ForecastJob>().Single();
        await job.RunAsync(CancellationToken.None);
        Assert.InRange(job.Pause, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        await server.Services.GetRequiredService<ShopperFeaturesWriter>().RefreshAllAsync(CancellationToken.None);
        await job.RunAsync(CancellationToken.None);
        Assert.Equal(1, await server.WithDbAsync(db => db.LifetimeFits.CountAsync()));
        Assert.True(job.Pause >= TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task The_job_hurries_neither_for_guests_nor_when_another_replica_was_quicker()
    {
        await using var server = await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), TargetedShop.Settings);
        await StoreBuyersAsync(server, buyers: 2);
        var job = server.Services.GetServices<IHostedService>().OfType<ForecastJob>().Single();
        await job.RunAsync(CancellationToken.None);
        Assert.InRange(job.Pause, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        await server.WithDbAsync(db => db.Orders.ExecuteUpdateAsync(s => s.SetProperty(o => o.ShopperId, (Guid?)null)));
        await job.RunAsync(CancellationToken.None);
        Assert.True(job.Pause >= TimeSpan.FromMinutes(1));
        await StoreBuyersAsync(server, buyers: 2);
        await job.RunAsync(CancellationToken.None);
        Assert.True(job.Pause < TimeSpan.FromMinutes(1));
        await server.Services.GetRequiredService<JobLog>().RecordAsync(ForecastJob.JobName, _ => Task.FromResult("Done elsewhere."), CancellationToken.None);
        await job.RunAsync(CancellationToken.None);
        Assert.True(job.Pause >= TimeSpan.FromMinutes(1));
    }

    // A forecast that has said the same for months is as old as the fit that confirmed it.
    private static async Task AssertAgesAsync(ShopServer server, Guid buyer)
    {
        await server.WithDbAsync(db => db.Shoppers.ExecuteUpdateAsync(s => s.SetProperty(x => x.ConsentPersonalisation, true)));
        await server.WithDbAsync(db => db.ShopperFeatures.Where(f => f.ForecastAt != null).ExecuteUpdateAsync(s => s.SetProperty(f => f.ForecastAt, f => f.ForecastAt!.Value.AddDays(-90))));
        await server.WithDbAsync(db => db.LifetimeFits.ExecuteUpdateAsync(s => s.SetProperty(f => f.FittedAt, new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero))));
        using var staff = server.SignedIn("merchandiser");
        Assert.Contains("last made on 4 Mar 2026", (await staff.GetAsync("/admin/segments/groups")).QuerySelector("[aria-labelledby='value']")!.TextContent, StringComparison.Ordinal);
        var page = (await staff.GetAsync($"/admin/shoppers/{buyer}")).Body!.TextContent;
        Assert.Contains("Last made 4 Mar 2026", page, StringComparison.Ordinal);
        Assert.Contains("unchanged since", page, StringComparison.Ordinal);
    }

    // Favourites of somebody who never bought have a moment of their own: before it, nothing is said of them, and that is told.
    private static async Task AssertPastAsync(ShopServer server, Guid shopper, (string[] Categories, string? Category, string? Brand, int Notes) expected, DateTimeOffset at)
    {
        var visitor = await server.Services.GetRequiredService<ProfilePreview>().VisitorAsync(shopper, "desktop", CancellationToken.None);
        server.Services.GetRequiredService<VisitorProfiles>().Forget(shopper);
        var past = await server.Services.GetRequiredService<PastProfiles>().AtAsync(visitor!, at, [], CancellationToken.None);
        Assert.Equal(expected.Categories, past.Profile.Facts.LikedCategories);
        Assert.Equal((expected.Category, expected.Brand), (past.Profile.Facts.TopCategory, past.Profile.Facts.TopBrand));
        Assert.Equal(expected.Notes, past.Notes.Count(n => n.Contains("liked most then", StringComparison.Ordinal)));
    }

    private static void AssertForecast(Forecaster forecaster, List<(DateOnly Day, long Minor)> orders, DateOnly today, ShopperFeatures row)
    {
        var history = PurchaseHistory.InWeeks(orders.Select(o => o.Day), today);
        var days = orders.GroupBy(o => o.Day).OrderBy(g => g.Key).Select(g => (double)g.Sum(o => o.Minor)).ToList();
        var expected = forecaster.Of(history, days.Count > 1 ? new(history.Repeats, days.Skip(1).Average()) : default, today);
        Assert.Equal((expected.ChurnPermille, expected.AlivePermille, expected.NextOrderOn), (row.ChurnPermille!.Value, row.AlivePermille, row.NextOrderOn));
        Assert.InRange(row.ValueYearMinor!.Value, expected.ValueMinor!.Value - 1, expected.ValueMinor.Value + 1);
    }

    private static async Task AssertRuleAsync(ShopServer server, string rule, int expected)
    {
        await server.WithDbAsync(db => db.Shoppers.ExecuteUpdateAsync(s => s.SetProperty(x => x.ConsentPersonalisation, true)));
        var set = new SegmentSet(new Dictionary<string, Rule>());
        Assert.Equal(expected, await server.Services.GetRequiredService<SegmentCounter>().CountAsync(set.Draft(RuleJson.Parse(rule)), set, CancellationToken.None));
    }

    /// <summary>Buyers with paces and ends drawn from a seed, over the last hundred weeks, at noon.</summary>
    private static async Task<List<(Guid Shopper, DateOnly Day, long Minor)>> StoreBuyersAsync(ShopServer server, int buyers)
    {
        var dice = new Random(11);
        var today = Today(server.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        var orders = new List<(Guid Shopper, DateOnly Day, long Minor)>();
        for (var i = 0; i < buyers; i++)
        {
            var (shopper, pace, usual) = (await server.AddShopperAsync(), 20 - 160 * Math.Log(1 - dice.NextDouble()), 1500 + 4000 * dice.NextDouble());
            for (var ago = 100 + dice.Next(600); ago > 0; ago -= 1 + (int)(-pace * Math.Log(1 - dice.NextDouble())))
            {
                orders.Add((shopper, today.AddDays(-ago), (long)(usual * (0.5 + dice.NextDouble()))));
                if (dice.NextDouble() < 0.15)
                    break;
            }
        }
        await using var command = server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(AddOrders);
        command.Parameters.Add(new() { Value = orders.Select(o => o.Shopper).ToArray() });
        command.Parameters.Add(new() { Value = orders.Select(o => o.Day.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc)).ToArray() });
        command.Parameters.Add(new() { Value = orders.Select(o => o.Minor).ToArray() });
        await command.ExecuteNonQueryAsync();
        return orders;
    }

    private static DateOnly Today(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, new ShopOptions().Zone).DateTime);
}
