using System.Diagnostics;
using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Demo.Simulation;
using PetShop.LocalPostgres;
using PetShop.TestHost;
using PetShop.Web.Catalog;
using PetShop.Web.Database;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Seeding;
using PetShop.Web.Tests.Accounts;
using Xunit.Abstractions;

namespace PetShop.Web.Tests.Tracking;

/// <summary>Stops a PostgreSQL of its own under a demo shop in which people look around.</summary>
public sealed class BrowsingOutageTests(ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>Every page is asked for at least once; PETSHOP_OUTAGE_SECONDS=60 goes on asking for so long.</summary>
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("PETSHOP_OUTAGE_SECONDS"), out var seconds) ? seconds : 0);

    private readonly string _folder = Path.Combine(Repository.Root, ".data", $"browsing-outage-{Environment.ProcessId}");
    private LocalPostgresServer _postgres = null!;
    private string _connectionString = "";

    public async Task InitializeAsync()
    {
        _postgres = await LocalPostgresServer.StartAsync(new(Path.Combine(_folder, "postgres")) { FastForTests = true }, default);
        await _postgres.EnsureDatabaseAsync("browsing", default);
        _connectionString = new NpgsqlConnectionStringBuilder(_postgres.ConnectionString("browsing")) { MaxPoolSize = 20 }.ConnectionString;
        await using var app = Build();
        await ShopDatabase.MigrateAsync(app.Services, default);
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DemoShop>().SeedAsync(_ => { }, default);
    }

    [Fact]
    public async Task With_PostgreSQL_stopped_people_look_around_as_before_and_what_changes_shows_at_once_when_it_is_back()
    {
        await using var app = Build();
        await app.StartAsync();
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        using var stranger = new TestVisitor(address);
        using var maya = new TestVisitor(address);
        var cache = app.Services.GetRequiredService<ProductCache>();
        await BuyingShop.SignInAsync(maya, DemoPersons.Maya.Email, TestDatabase.DemoPassword);
        await Eventually.UntilAsync(() => Task.FromResult(cache.Hears));
        var pages = await WarmAsync(stranger);
        Assert.Equal(pages, await WarmAsync(maya));
        var product = await stranger.GetAsync(pages[^1]);
        var sku = int.Parse(product.QuerySelector("form.product__add input[name=skuId]")!.GetAttribute("value")!);
        await BuyingShop.AddAsync(stranger, sku, 2);
        // A search outlives the shelf that it was made on.
        await app.Services.GetRequiredService<ShelfKeeper>().RefreshAsync(default);

        await _postgres.StopAsync(default);
        await Eventually.UntilAsync(() => Task.FromResult(!cache.Hears));
        var (clock, asked) = (Stopwatch.StartNew(), 0);
        do
        {
            foreach (var visitor in new[] { stranger, maya })
                foreach (var path in pages)
                    asked += await StandsAsync(visitor, path);
        }
        while (clock.Elapsed < Outage);
        output.WriteLine($"PostgreSQL away for {clock.Elapsed.TotalSeconds:0.0} s: {asked} pages with products, {clock.Elapsed.TotalMilliseconds / asked:0} ms each");
        // From memory alone, too, what lists are made of says that it may be old.
        Assert.NotNull((await maya.GetAsync("/taste")).QuerySelector(".taste__list, .taste .muted"));
        Assert.NotNull((await maya.GetAsync("/taste")).QuerySelector(".last-known"));
        await AloneWithoutAnimalsThatCannotBeReadAsync(app, maya);
        await IsKindAsync(maya, "/taste", "We cannot look that up just now");
        foreach (var visitor in new[] { stranger, maya })
            foreach (var path in new[] { "/privacy", "/help" })
                await visitor.GetAsync(path);
        await IsKindAsync(stranger, "/cart", "All 2 things in it are still there");
        await IsKindAsync(stranger, "/search?q=xylophone", "The search takes a short break");
        Assert.Equal("", await stranger.Client.GetStringAsync("/search?handler=Suggest&q=xylophone"));
        Assert.Equal(HttpStatusCode.OK, (await stranger.Client.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await stranger.Client.GetAsync("/health/ready")).StatusCode);
        stranger.Client.DefaultRequestHeaders.Referrer = new(address, pages[^1]);
        await IsTakenBackKindlyAsync(stranger, () => stranger.PostAsync(product.QuerySelector("form.product__add")!), pages[^1]);
        var home = await maya.GetAsync("/");
        await IsTakenBackKindlyAsync(maya, () => maya.PostAsync(home.QuerySelector("form#wish")!, ("productId", "1")), null);

        await _postgres.StartAgainAsync(default);
        await ExecuteAsync($"UPDATE skus SET price_minor = 4321, prior_price_minor = NULL WHERE id = {sku}");
        foreach (var visitor in new[] { stranger, maya })
        {
            var page = await visitor.GetAsync(pages[^1]);
            Assert.Contains("€43.21", page.QuerySelector(".product__price")!.TextContent, StringComparison.Ordinal);
            Assert.Null(page.QuerySelector(".last-known"));
        }
        Assert.Equal(HttpStatusCode.Redirect, (await stranger.PostAsync(product.QuerySelector("form.product__add")!)).StatusCode);
        Assert.Equal("3", (await stranger.GetAsync("/cart")).QuerySelector(".cart-line input[name=quantity]")!.GetAttribute("value"));
        await Eventually.UntilAsync(async () => (await stranger.Client.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK);
        await app.StopAsync();
    }

    /// <summary>Opens home, a department, a category, a search and a product, in this order.</summary>
    private static async Task<string[]> WarmAsync(TestVisitor visitor)
    {
        Assert.NotEmpty((await visitor.GetAsync("/")).QuerySelectorAll("main .product-card"));
        var department = await visitor.GetAsync("/shop/dog");
        var category = department.QuerySelector(".groups .group ul a")!.GetAttribute("href")!;
        var product = (await visitor.GetAsync(category)).QuerySelector(".product-grid .product-card__name a")!.GetAttribute("href")!;
        await visitor.GetAsync("/search?q=salmon");
        Assert.Null((await visitor.GetAsync(product)).QuerySelector(".last-known"));
        return ["/", "/shop/dog", category, "/search?q=salmon", product];
    }

    private static async Task<int> StandsAsync(TestVisitor visitor, string path)
    {
        var page = await visitor.GetAsync(path);
        Assert.True(page.QuerySelectorAll("main .product-card").Length > 0, $"{path} shows no product");
        Assert.True(page.QuerySelector(".last-known") is not null, $"{path} does not say that it shows what was kept");
        return 1;
    }

    /// <summary>Luna must not eat chicken. While that cannot be read, nothing is chosen for her.</summary>
    private static async Task AloneWithoutAnimalsThatCannotBeReadAsync(WebApplication app, TestVisitor maya)
    {
        Assert.Contains("For Luna", Text(await maya.GetAsync("/")), StringComparison.Ordinal);
        app.Services.GetRequiredService<HouseholdPets>().Forget(DemoPersons.Maya.ShopperId);
        Assert.DoesNotContain("For Luna", Text(await maya.GetAsync("/")), StringComparison.Ordinal);
        await StandsAsync(maya, "/");
    }

    private static async Task IsKindAsync(TestVisitor visitor, string path, string says)
    {
        using var answer = await visitor.Client.GetAsync(path);
        Assert.Equal((path, HttpStatusCode.ServiceUnavailable), (path, answer.StatusCode));
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Contains(says, Text(await visitor.ParseAsync(answer)), StringComparison.Ordinal);
    }

    private static async Task IsTakenBackKindlyAsync(TestVisitor visitor, Func<Task<HttpResponseMessage>> post, string? again)
    {
        using var answer = await post();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var page = await visitor.ParseAsync(answer);
        Assert.Contains("Nothing was changed", Text(page), StringComparison.Ordinal);
        if (again is not null)
            Assert.Contains(page.QuerySelectorAll("a.button"), a => a.TextContent == "Try again" && a.GetAttribute("href") == again);
    }

    private static string Text(IHtmlDocument page) => page.QuerySelector("main")!.TextContent;

    private WebApplication Build() => Shop.Build(
    [
        "--environment=Development", "--applicationName=PetShop.Web", $"--contentRoot={Repository.WebFolder}", "--urls=http://127.0.0.1:0", "--Serilog:MinimumLevel:Default=Fatal",
        "--Recommendations:TrainInBackground=false", "--Demo:Shoppers=10", "--Demo:Days=30", $"--Demo:Password={TestDatabase.DemoPassword}", $"--Tracking:SpoolFolder={Path.Combine(_folder, "spool")}",
        // Whether the sign-in still holds is asked with every page, not every half hour.
    ], _connectionString, b => b.Services.Configure<SecurityStampValidatorOptions>(o => o.ValidationInterval = TimeSpan.Zero));

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _postgres.DisposeAsync();
        await DeleteAsync(_folder);
    }

    /// <summary>A server on its way out may still write its figures while its folder goes.</summary>
    internal static Task DeleteAsync(string folder) => Eventually.UntilAsync(() =>
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
        }
        return Task.FromResult(!Directory.Exists(folder));
    });
}
