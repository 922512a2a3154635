using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PetShop.Data;
using PetShop.Data.Models;
using PetShop.TestHost;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Recommendations.Training;
using Xunit.Sdk;

namespace PetShop.Browser.Tests.Browsing;

/// <summary>One served demo shop and one browser for the whole run; both start with the first test that needs them.</summary>
public sealed class ShopInBrowser : IAsyncLifetime
{
    public const string Collection = "The shop in a browser";

    private readonly Lazy<Task<ShopServer>> _shop = new(StartShopAsync);
    private readonly Lazy<Task<IBrowser>> _browser;
    private readonly ConcurrentDictionary<string, string> _signedIn = new();
    private readonly Dictionary<string, Visit> _readers = [];
    private IPlaywright? _playwright;

    public ShopInBrowser() => _browser = new(StartBrowserAsync);

    public Task<ShopServer> ShopAsync() => _shop.Value;

    /// <summary>Runs a journey in a browser window of its own, and then fails if the pages complained: script errors, broken or foreign requests.</summary>
    public async Task VisitAsync(Func<Visit, Task> journey, Look? look = null)
    {
        SkipWithoutBrowser();
        look ??= Look.Desktop;
        var shop = await ShopAsync();
        await using var window = await NewWindowAsync(look, look.As is null ? null : await SignedInAsync(look.As));
        await RunAsync(journey, new Visit(await window.NewPageAsync(), shop, look));
    }

    /// <summary>The same in a window that stays open for all who only read as the same person: a new one costs more than a page. It must leave nothing behind.</summary>
    public async Task ReadAsync(Func<Visit, Task> journey, Look look)
    {
        SkipWithoutBrowser();
        var person = look.As ?? "";
        if (!_readers.TryGetValue(person, out var visit))
        {
            var window = await NewWindowAsync(look, look.As is null ? null : await SignedInAsync(look.As));
            visit = _readers[person] = new Visit(await window.NewPageAsync(), await ShopAsync(), look);
        }
        await visit.Page.GotoAsync("about:blank");
        await visit.Page.SetViewportSizeAsync(look.Width, look.Height);
        await visit.Page.EmulateMediaAsync(new() { ColorScheme = look.Dark ? ColorScheme.Dark : ColorScheme.Light });
        visit.Forgive(_ => true);
        await RunAsync(journey, visit);
    }

    private static async Task RunAsync(Func<Visit, Task> journey, Visit visit)
    {
        try
        {
            await journey(visit);
        }
        catch (Exception failure) when (failure is not Xunit.SkipException)
        {
            throw new XunitException($"{failure.Message}\n{await visit.DescribeAsync()}", failure);
        }
        Assert.True(visit.Complaints.Count == 0, string.Join("\n", visit.Complaints));
    }

    /// <summary>Skips the test where no browser is; with PETSHOP_REQUIRE_BROWSER=1 it fails instead.</summary>
    public static void SkipWithoutBrowser()
    {
        if (Chromium.Find() is not null)
            return;
        Assert.False(Environment.GetEnvironmentVariable("PETSHOP_REQUIRE_BROWSER") == "1", Chromium.HowToGetOne);
        Skip.If(true, Chromium.HowToGetOne);
    }

    private async Task<IBrowserContext> NewWindowAsync(Look look, string? storage) =>
        await (await _browser.Value).NewContextAsync(new()
        {
            ViewportSize = new() { Width = look.Width, Height = look.Height }, UserAgent = look.UserAgent, HasTouch = look.IsPhone, JavaScriptEnabled = look.Script,
            ColorScheme = look.Dark ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce, Locale = "en-IE", TimezoneId = "Europe/Berlin", StorageState = storage,
        });

    /// <summary>The cookies of someone who signed in through the form and agreed to be remembered in this browser, once a run.</summary>
    private async Task<string> SignedInAsync(string email)
    {
        if (_signedIn.TryGetValue(email, out var known))
            return known;
        await using var window = await NewWindowAsync(Look.Desktop, null);
        var visit = new Visit(await window.NewPageAsync(), await ShopAsync(), Look.Desktop);
        await visit.SignInAsync(email);
        await visit.OpenAsync("/");
        // A browser that was never asked follows the account, if that has answered.
        if (await visit[".consent"].CountAsync() > 0)
            await visit.AnswerAsync(agree: true);
        return _signedIn[email] = await window.StorageStateAsync();
    }

    private async Task<IBrowser> StartBrowserAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(Visit.PatienceMs);
        return await Chromium.LaunchAsync(_playwright, Chromium.Find()!);
    }

    /// <summary>A demo shop that has trained twice, so that there is a model to go back to, and has searched for settings.</summary>
    private static async Task<ShopServer> StartShopAsync()
    {
        var shop = await ShopServer.StartAsync(await TestDatabase.DemoAsync(), ["Accounts:PostsPerAddress=10000", "Recommendations:TrainInBackground=true", "Recommendations:StaleAfter=00:00:00", "Recommendations:TuneFor=00:00:05", "Recommendations:TuneTrials=6",
            // Letters leave at whatever hour the tests run, to whoever there is, into a folder of their own.
            "Campaigns:QuietFrom=0", "Campaigns:QuietUntil=0", "Campaigns:Interval=00:00:01", "Mail:PollInterval=00:00:01", $"Mail:Folder={Path.Combine(Path.GetTempPath(), $"petshop-mails-{Guid.NewGuid():N}")}"]);
        var holder = shop.Services.GetRequiredService<ModelHolder>();
        for (var waited = TimeSpan.Zero; holder.Current is { Model: null } or { Catalogue.Count: 0 }; waited += TimeSpan.FromMilliseconds(200))
        {
            if (waited > TimeSpan.FromMinutes(2))
                throw new TimeoutException($"No model came into service within two minutes. {holder.Complaint}");
            await Task.Delay(200);
        }
        await TrainAgainAsync(shop);
        return shop;
    }

    // Whether the second training is better than the first is a matter of luck; where it is not, a copy of the first comes in from outside.
    private static async Task TrainAgainAsync(ShopServer shop)
    {
        var trainer = shop.Services.GetRequiredService<ModelTrainer>();
        var outcome = await InTurnAsync(() => trainer.TrainAsync("command", CancellationToken.None, tune: Tune.Now));
        if (outcome.Result == TrainingResult.Refused)
        {
            await using var scope = shop.Services.CreateAsyncScope();
            var content = await scope.ServiceProvider.GetRequiredService<PetShopDb>().RecommenderModels.Where(m => m.Status == ModelStatus.Serving).Select(m => m.Content).SingleAsync();
            outcome = await InTurnAsync(() => scope.ServiceProvider.GetRequiredService<ModelImport>().RunAsync(content, static _ => { }, CancellationToken.None));
        }
        if (outcome.Result != TrainingResult.Promoted)
            throw new InvalidOperationException($"There is no second version: {outcome.Result}, {outcome.Decision}");
    }

    // A training holds its lock a little longer than until its model serves: it precomputes what goes with what.
    private static async Task<TrainingOutcome> InTurnAsync(Func<Task<TrainingOutcome>> work)
    {
        for (var tries = 0; tries < 300; tries++)
        {
            if (await work() is { Result: not TrainingResult.Busy } outcome)
                return outcome;
            await Task.Delay(200);
        }
        throw new TimeoutException("The training before did not end within a minute.");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_browser is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await (await _browser.Value).CloseAsync();
        _playwright?.Dispose();
        if (_shop is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await (await _shop.Value).DisposeAsync();
    }
}

/// <summary>Makes xunit hand the one shop to every test class that names the collection.</summary>
[CollectionDefinition(ShopInBrowser.Collection)]
public sealed class ShopInBrowserCollection : ICollectionFixture<ShopInBrowser>;
