using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.TestHost;
using PetShop.Web.Areas.Admin.Pages.Models;
using PetShop.Web.Recommendations;
using PetShop.Web.Recommendations.Training;
using PetShop.Web.Tests.Recommendations;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Admin;

/// <summary>The pages that hold versions of the model beside each other.</summary>
public sealed class ModelComparisonTests(LearningShop fixture) : IClassFixture<LearningShop>, IDisposable
{
    // A page lives as long as the visitor who opened it.
    private readonly List<TestVisitor> _staff = [];

    private const string OldShape = """{"best":"als a0=0.3","incumbent":null,"heldOutSince":"2026-01-01T00:00:00+00:00","cases":7,"rows":[{"name":"als a0=0.3","ndcg10":0.2156,"recall20":0.3,"coverage":0.5,"hitRate10":0.4,"gini":0.6,"seconds":1.5}]}""";

    [Fact]
    public async Task A_candidate_stands_beside_the_model_it_was_judged_against_with_the_interval_of_their_difference()
    {
        var shop = await fixture.ServerAsync();
        var refused = await shop.Services.GetRequiredService<ModelTrainer>().TrainAsync("command", CancellationToken.None);
        Assert.Equal(TrainingResult.Refused, refused.Result);
        var page = await PageAsync(shop, $"/admin/models/compare?after={refused.Version}");
        Assert.Equal($"Model {fixture.Trained!.Version} beside model {refused.Version}", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("measured on the same purchases", page.QuerySelector("[aria-labelledby=figures]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("with 95 % certainty between 0 and 0", page.QuerySelector(".interval-card")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(11, page.QuerySelectorAll("[aria-labelledby=figures] tbody tr").Length);
        Assert.Contains(page.QuerySelectorAll(".slices tbody th"), th => th.TextContent == "Dog");
        Assert.Equal(2, page.QuerySelectorAll("[data-chart]").Length);
        Assert.Contains("It is not better", page.QuerySelector($"[aria-label='Model {refused.Version}']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("lists of", page.QuerySelector(".decision h4 + p")!.TextContent, StringComparison.Ordinal);
        var turned = await PageAsync(shop, $"/admin/models/compare?before={refused.Version}&after={fixture.Trained.Version}");
        Assert.NotNull(turned.QuerySelector(".interval-card"));
    }

    [Theory]
    [InlineData(OldShape, """{"rank":"64"}""", "0.2156")]
    [InlineData("{}", "{}", "–")]
    [InlineData("[]", "[]", "–")]
    [InlineData("""{"rows":"none"}""", """{"rank":64}""", "–")]
    public async Task Figures_of_an_older_shape_or_of_none_are_shown_as_far_as_they_go(string quality, string parameters, string says)
    {
        var shop = await fixture.ServerAsync();
        var old = await shop.AddModelAsync(quality, parameters, []);
        var page = await PageAsync(shop, $"/admin/models/compare?before={old}&after={fixture.Trained!.Version}");
        var ndcg = page.QuerySelector("[aria-labelledby=figures] tbody tr")!;
        Assert.Equal(says, ndcg.QuerySelector("td")!.TextContent);
        Assert.Null(page.QuerySelector(".interval-card"));
        Assert.Contains("never measured on the same purchases", page.QuerySelector(".notice--warn")!.TextContent, StringComparison.Ordinal);
        Assert.Contains($"{old}", (await PageAsync(shop, "/admin/models")).QuerySelector("#versions")!.TextContent, StringComparison.Ordinal);
        await shop.RemoveModelAsync(old);
    }

    [Fact]
    public async Task A_version_that_is_gone_is_said_to_be_gone_and_another_is_shown()
    {
        var shop = await fixture.ServerAsync();
        var other = await shop.AddModelAsync("{}", "{}", []);
        var page = await PageAsync(shop, $"/admin/models/compare?before=9999&after={other}");
        Assert.Contains("no such version", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.GetElementById("made"));
        await shop.RemoveModelAsync(other);
    }

    [Fact]
    public async Task Who_refused_personalisation_is_never_drawn()
    {
        var shop = await fixture.ServerAsync();
        var other = await shop.AddModelAsync("{}", "{}", await shop.TurnedAroundAsync());
        await shop.ExecuteAsync("UPDATE shoppers SET consent_personalisation = false");
        var page = await PageAsync(shop, $"/admin/models/before-after?version={other}");
        await shop.ExecuteAsync("UPDATE shoppers SET consent_personalisation = true");
        Assert.Contains("Nobody who agreed", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        await shop.RemoveModelAsync(other);
    }

    [Fact]
    public async Task A_damaged_file_is_named_and_cannot_be_rolled_back_to()
    {
        var shop = await fixture.ServerAsync();
        var bytes = await shop.TurnedAroundAsync();
        bytes[^40] ^= 1;
        var damaged = await shop.AddModelAsync("{}", "{}", bytes);
        var page = await PageAsync(shop, $"/admin/models/before-after?version={damaged}");
        Assert.Contains($"Model {damaged} cannot be read", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        using var staff = shop.SignedIn("merchandiser");
        var form = (await staff.GetAsync("/admin/models")).QuerySelector($"#back-{damaged} form")!;
        var answer = await staff.SubmitAsync(form, ("version", $"{damaged}"));
        Assert.Contains($"Model {damaged} cannot serve", answer.QuerySelector("main [role=status]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(fixture.Trained!.Version, await shop.ScalarAsync<int>("SELECT id FROM recommender_models WHERE status = 2"));
        await shop.RemoveModelAsync(damaged);
    }

    [Fact]
    public async Task The_search_for_settings_tells_every_trial_and_when_the_next_one_comes()
    {
        var shop = await fixture.ServerAsync();
        await shop.ExecuteAsync("DELETE FROM tuning_runs");
        Assert.Contains("No search was made yet", (await PageAsync(shop, "/admin/models/search")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        await SearchedAsync(shop, "als", """
            [{"number":1,"trainer":"als","parameters":{"regularization":0.03},"epochs":16,"ndcg10":0.2,"seconds":1.5,"isStoppedEarly":false,"failure":null},
             {"number":2,"trainer":"als","parameters":{"regularization":0.3},"epochs":2,"ndcg10":0.1,"seconds":0.2,"isStoppedEarly":true,"failure":null},
             {"number":3,"trainer":"als","parameters":{"regularization":0.01},"epochs":16,"ndcg10":0.25,"seconds":1.4,"isStoppedEarly":false,"failure":null},
             {"number":4,"trainer":"als","parameters":{"regularization":0},"epochs":0,"ndcg10":0,"seconds":0.1,"isStoppedEarly":false,"failure":"It diverged."}]
            """);
        var page = await PageAsync(shop, "/admin/models/search");
        Assert.Equal("by command only", page.QuerySelectorAll(".figure__word")[1].TextContent);
        var trials = page.QuerySelectorAll("[aria-labelledby=trials] > .table-scroll tbody tr");
        Assert.Equal(["usual settings", "stopped early", "best", "failed It diverged."], trials.Select(t => t.QuerySelectorAll("td")[3].TextContent.Trim()));
        Assert.Contains("[0.2,0.2,0.25,0.25]", page.QuerySelector("[data-chart] script")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("+25.0 %", page.QuerySelector("[aria-labelledby=searches]")!.TextContent, StringComparison.Ordinal);
        await SearchedAsync(shop, "ease", """{"not":"trials"}""");
        var id = await shop.ScalarAsync<long>("SELECT max(id) FROM tuning_runs");
        Assert.Contains("cannot be read", (await PageAsync(shop, $"/admin/models/search?run={id}")).QuerySelector("[aria-labelledby=trials]")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(29, true)]
    [InlineData(31, false)]
    public async Task The_next_search_comes_thirty_days_after_the_last_or_with_the_next_training(int daysLater, bool hasDate)
    {
        var shop = await fixture.ServerAsync();
        await SearchedAsync(shop, "als", "[]");
        await using var scope = shop.Services.CreateAsyncScope();
        var last = new DateTimeOffset(2020, 1, 1, 11, 0, 0, TimeSpan.Zero);
        var page = new SearchModel(scope.ServiceProvider.GetRequiredService<PetShopDb>(), Options.Create(new RecommendationOptions()), new ManualClock(last.AddDays(daysLater)));
        await page.OnGetAsync(CancellationToken.None);
        Assert.Equal(last, page.Last);
        Assert.Equal(hasDate ? last.AddDays(30) : null, page.Next);
        await shop.ExecuteAsync("DELETE FROM tuning_runs");
    }

    private static Task SearchedAsync(ShopServer shop, string trainer, string trials) => shop.ExecuteAsync(
        "INSERT INTO tuning_runs (trainer, trigger, started_at, finished_at, parameters, score, usual_score, trials) VALUES ($1, 'schedule', '2020-01-01 10:00Z', '2020-01-01 11:00Z', '{}', 0.25, 0.2, $2::text::jsonb)", trainer, trials);

    private async Task<IDocument> PageAsync(ShopServer shop, string path)
    {
        _staff.Add(shop.SignedIn("merchandiser"));
        return await _staff[^1].GetAsync(path);
    }

    public void Dispose() => _staff.ForEach(s => s.Dispose());
}
