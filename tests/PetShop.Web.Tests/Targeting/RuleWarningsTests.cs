using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Targeting.Segments;
using PetShop.TestHost;
using PetShop.Web.Catalog;
using PetShop.Web.Targeting;

namespace PetShop.Web.Tests.Targeting;

/// <summary>What a merchandiser is warned of, word for word.</summary>
public sealed class RuleWarningsTests(TargetedShop shop) : IClassFixture<TargetedShop>
{
    private const string Free = """{"v":1,"attr":"consent.email","op":"known"}""";
    private const string Few = "Very few match in the sample, if any; the exact count tells.";

    [Theory]
    [InlineData(990, 1_000, "This is everyone (99.0 %): a banner without a segment does the same.")]
    [InlineData(989, 1_000, null)]
    [InlineData(50, 1_000, null)]
    [InlineData(49, 1_000, "Only 49 match; a segment under 50 cannot set prices.")]
    [InlineData(0, 1_000, "Nobody matches today.")]
    [InlineData(0, 0, null)]
    public void An_exact_size_is_told_as_it_is(long count, long shoppers, string? warning) => Assert.Equal(warning, Of(Free, new(count), shoppers));

    [Theory]
    [InlineData(0, 0, Few)]
    [InlineData(27, 9, Few)]
    [InlineData(900, 9, Few)]
    [InlineData(1_000, 10, null)]
    [InlineData(99_500, 9_950, "Nearly everyone in the sample matches; the exact count tells.")]
    public void A_rough_size_is_never_told_as_a_fact(long count, long met, string? warning) => Assert.Equal(warning, Of(Free, new(count) { Met = met }, 100_000));

    [Fact]
    public void What_the_rule_itself_tells_needs_no_exact_size()
    {
        var nobody = new SegmentCounter.RuleSize(0) { Met = 0 };
        Assert.Equal("This is everyone: a banner without a segment does the same.", Of("""{"v":1,"all":[]}""", new(99_000) { Met = 9_900 }, 100_000));
        Assert.StartsWith("Nobody can match: an empty", Assert.Single(All("""{"v":1,"any":[]}""", nobody, 100_000)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(",\"within\":{\"last\":397,\"unit\":\"day\"}", false)]
    [InlineData(",\"within\":{\"last\":398,\"unit\":\"day\"}", true)]
    [InlineData("", true)]
    public void A_rule_that_looks_back_further_than_events_are_kept_is_told_so(string within, bool isTold) =>
        Assert.Equal(isTold, All($$"""{"v":1,"event":"purchased","count":{"op":">=","value":1}{{within}}}""", new(100), 1_000).Contains("Looks back further than events are kept: those older than 13 months are gone."));

    [Theory]
    [InlineData(0.0, "; 0 % have")]
    [InlineData(0.0002, "; fewer than 1 % have")]
    [InlineData(0.38, "; 38 % have")]
    public void Some_who_have_not_agreed_are_never_told_as_none(double refused, string told) => Assert.Contains(
        new RuleWarnings(null!, TimeProvider.System).Of(Draft("""{"v":1,"attr":"rfm.segment","op":"is","value":"champions"}"""), Money.Figures, new(100), 1_000, refused),
        w => w.Contains(told, StringComparison.Ordinal));

    [Fact]
    public async Task Scores_tell_their_age_from_the_second_day_on()
    {
        var server = await shop.ServerAsync();
        var made = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
        await server.WithDbAsync(db =>
        {
            db.LifetimeFits.Add(new() { FittedAt = made, Buyers = 100, RepeatBuyers = 50, R = 1, Alpha = 1, A = 1, B = 1 });
            db.JobRuns.Add(new() { Name = ShopperFeaturesJob.JobName, StartedAt = made, FinishedAt = made, Succeeded = true });
            return db.SaveChangesAsync();
        });
        var clock = new MovedClock(made.AddHours(47));
        var warnings = new RuleWarnings(server.Services.GetRequiredService<NpgsqlDataSource>(), clock);
        async Task<IReadOnlyList<string>> AgesAsync(string trait) => await warnings.OfAgeAsync(Draft($$"""{"v":1,"attr":"{{trait}}","op":">=","value":4}"""), CancellationToken.None);
        foreach (var trait in (string[])["predicted.churn_permille", "rfm.recency", "lifecycle.registered_days"])
            Assert.Empty(await AgesAsync(trait));
        clock.Now = made.AddDays(9).AddHours(3);
        Assert.Equal([$"{Phrases.Capital(TraitCatalogue.Get("predicted.churn_permille").Label)} is 9 days old."], await AgesAsync("predicted.churn_permille"));
        Assert.Equal(["Scores and sums of orders were last checked over all shoppers 9 days ago."], await AgesAsync("rfm.recency"));
        Assert.Empty(await AgesAsync("lifecycle.registered_days"));
    }

    private static string? Of(string rule, SegmentCounter.RuleSize size, long shoppers) => All(rule, size, shoppers).SingleOrDefault();

    // No database is asked about what the rule and its size tell.
    private static IReadOnlyList<string> All(string rule, SegmentCounter.RuleSize size, long shoppers) => new RuleWarnings(null!, TimeProvider.System).Of(Draft(rule), Money.Figures, size, shoppers);

    private static CompiledSegment Draft(string rule) => new SegmentSet(new Dictionary<string, Rule>()).Draft(RuleJson.Parse(rule));
}
