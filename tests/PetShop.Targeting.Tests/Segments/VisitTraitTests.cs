using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Tests.Segments;

/// <summary>What every trait of a visit says of known visits.</summary>
public sealed class VisitTraitTests
{
    private static readonly VisitContext Visit = new() { Device = "tablet", Country = "NL", ReferrerHost = "www.google.com", Campaign = "spring-puppies" };

    [Theory]
    [InlineData("device", "is", "\"tablet\"", true)]
    [InlineData("device", "is", "\"phone\"", false)]
    [InlineData("device", "in", "[\"phone\",\"tablet\"]", true)]
    [InlineData("country", "is", "\"NL\"", true)]
    [InlineData("country", "is", "\"nl\"", true)]
    [InlineData("country", "is", "\"DE\"", false)]
    [InlineData("country", "not_in", "[\"NL\",\"BE\"]", false)]
    [InlineData("referrer", "is", "\"www.google.com\"", true)]
    [InlineData("referrer", "is", "\"google.com\"", false)]
    [InlineData("campaign", "is", "\"spring-puppies\"", true)]
    [InlineData("campaign", "is_not", "\"spring-puppies\"", false)]
    [InlineData("campaign", "is_not", "\"autumn\"", true)]
    public void A_visit_is_judged_by_what_its_request_told(string trait, string op, string value, bool expected)
    {
        Assert.Equal(expected, Holds(trait, op, value, "2026-06-15T10:00Z", Visit));
        // Of a visit that told nothing no comparison holds.
        Assert.False(Holds(trait, op, value, "2026-06-15T10:00Z", new()));
    }

    [Theory]
    // Midnight in Amsterdam is 22:00 of the day before in summer, 23:00 in winter.
    [InlineData("2026-06-14T21:59:59Z", 23, "sunday")]
    [InlineData("2026-06-14T22:00:00Z", 0, "monday")]
    [InlineData("2026-12-05T22:59:59Z", 23, "saturday")]
    [InlineData("2026-12-05T23:00:00Z", 0, "sunday")]
    // The clocks jump from two to three in spring, and show two o'clock twice in autumn.
    [InlineData("2026-03-29T00:59:59Z", 1, "sunday")]
    [InlineData("2026-03-29T01:00:00Z", 3, "sunday")]
    [InlineData("2026-10-25T00:30:00Z", 2, "sunday")]
    [InlineData("2026-10-25T01:30:00Z", 2, "sunday")]
    [InlineData("2026-06-16T10:00:00Z", 12, "tuesday")]
    [InlineData("2026-06-17T10:00:00Z", 12, "wednesday")]
    [InlineData("2026-06-18T10:00:00Z", 12, "thursday")]
    [InlineData("2026-06-19T10:00:00Z", 12, "friday")]
    public void Hour_and_weekday_are_those_of_the_clock_on_the_shops_wall(string asOf, int hour, string weekday)
    {
        Assert.True(Holds("hour", "is", $"{hour}", asOf, new()));
        Assert.False(Holds("hour", ">", $"{hour}", asOf, new()));
        Assert.True(Holds("hour", ">=", $"{hour}", asOf, new()));
        foreach (var day in new[] { "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday" })
            Assert.Equal(day == weekday, Holds("weekday", "is", $"\"{day}\"", asOf, new()));
    }

    [Fact]
    public void No_trait_of_a_visit_is_without_its_rows_here() =>
        Assert.Equal(["visit.campaign", "visit.country", "visit.device", "visit.hour", "visit.referrer", "visit.weekday"],
            TraitCatalogue.All.Where(t => t.Scope == TraitScope.Visit).Select(t => t.Key).Order());

    private static bool Holds(string trait, string op, string value, string asOf, VisitContext visit)
    {
        var set = new SegmentSet(new Dictionary<string, Rule> { ["x"] = RuleJson.Parse($$"""{"v":1,"attr":"visit.{{trait}}","op":"{{op}}","value":{{value}}}""") });
        return set.MembershipsOf(new VisitorFacts { Visit = visit }, new Moment(DateTimeOffset.Parse(asOf), FactsGen.Zone)).Contains("x");
    }
}
