using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Tests.Segments;

public sealed class SegmentSetTests
{
    private static readonly Moment Now = new(FactsGen.Instants[0], FactsGen.Zone);
    private static readonly ConsentPurposes Everything = (ConsentPurposes)15;

    [Fact]
    public void A_segment_that_refers_to_itself_is_refused_with_its_path()
    {
        var fault = SegmentSet.Fault(Rules(("start", "loyal"), ("vip", "loyal"), ("loyal", "vip")));
        Assert.Equal("Refers to itself through 'loyal' → 'vip' → 'loyal'. Take one of these references out.", fault);
        var names = new Dictionary<string, string> { ["loyal"] = "Loyal people", ["vip"] = "The best" };
        Assert.Equal("Refers to itself through “The best” → “Loyal people” → “The best”. Take one of these references out.", SegmentSet.Fault(Rules(("vip", "loyal"), ("loyal", "vip")), names: names));
    }

    [Fact]
    public void A_missing_segment_is_named_with_the_one_that_was_meant() =>
        Assert.Equal("'a' refers to a segment 'looyal' that is not there. Did you mean 'loyal'?", SegmentSet.Fault(Rules(("a", "looyal"), ("loyal", ""))));

    [Fact]
    public void A_list_that_is_not_there_is_named_with_the_one_that_was_meant()
    {
        var rules = new Dictionary<string, Rule> { ["best"] = RuleJson.Parse("""{"v":1,"not":{"list":"vip-2062"}}""") };
        Assert.Equal("'best' names a list 'vip-2062' that is not there. Did you mean 'vip-2026'?", SegmentSet.Fault(rules, new HashSet<string> { "vip-2026" }));
        Assert.Equal("'best' names a list 'vip-2062' that is not there. Upload it under this key first, or take it out of the rule.", SegmentSet.Fault(rules, new HashSet<string>()));
        Assert.Null(SegmentSet.Fault(rules, new HashSet<string> { "vip-2062" }));
    }

    [Fact]
    public void Segments_stand_after_those_they_refer_to() =>
        Assert.Equal(["vip", "loyal", "all"], new SegmentSet(Rules(("all", "loyal"), ("loyal", "vip"), ("vip", ""))).Segments.Select(s => s.Key));

    [Fact]
    public void Without_consent_nobody_is_a_member_not_even_of_those_who_did_nothing()
    {
        var idle = new SegmentSet(new Dictionary<string, Rule> { ["idle"] = RuleJson.Parse("""{"v":1,"not":{"event":"purchased","count":{"op":">=","value":1},"within":{"last":45,"unit":"calendar_day"}}}""") });
        Assert.Equal(["idle"], idle.MembershipsOf(new VisitorFacts { Consents = Everything }, Now));
        Assert.Empty(idle.MembershipsOf(new VisitorFacts { Consents = ConsentPurposes.Email }, Now));
        Assert.Empty(idle.MembershipsOf(new VisitorFacts { Consents = ConsentPurposes.Personalisation }, Now));
    }

    [Theory]
    [InlineData("""{"v":1,"attr":"orders.count","op":">=","value":0}""")]
    [InlineData("""{"v":1,"list":["00000001-0000-0000-0000-000000000000"]}""")]
    [InlineData("""{"v":1,"attr":"consent.prices","op":"is","value":true}""")]
    public void Who_may_be_under_18_is_in_no_segment_that_uses_personal_data_or_sets_prices_before_the_year_they_turn_19(string json)
    {
        var (set, zone) = (new SegmentSet(new Dictionary<string, Rule> { ["personal"] = RuleJson.Parse(json) }), TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam"));
        var person = new VisitorFacts { ShopperId = new Guid(1, 0, 0, new byte[8]), Consents = Everything, BirthYear = 2008 };
        Moment At(int year, int month, int day, int hour) => new(new DateTimeOffset(year, month, day, hour, 59, 59, TimeSpan.Zero), zone);
        Assert.Empty(set.MembershipsOf(person, At(2026, 12, 31, 23)));
        Assert.Equal(["personal"], set.MembershipsOf(person, At(2027, 1, 1, 0)));
        Assert.Equal(["personal"], set.MembershipsOf(person with { BirthYear = null }, At(2026, 12, 31, 23)));
        Assert.Empty(set.MembershipsOf(person with { Consents = ConsentPurposes.Analytics }, At(2027, 1, 1, 0)));
    }

    [Fact]
    public void A_rule_needs_what_the_segments_it_refers_to_need()
    {
        var set = new SegmentSet(new Dictionary<string, Rule>
        {
            ["night"] = RuleJson.Parse("""{"v":1,"attr":"visit.hour","op":">=","value":22}"""),
            ["buyer"] = RuleJson.Parse("""{"v":1,"event":"purchased","count":{"op":">=","value":1},"within":{"last":3,"unit":"month"}}"""),
            ["both"] = RuleJson.Parse("""{"v":1,"all":[{"segment":"night"},{"segment":"buyer"}]}"""),
        });
        Assert.Equal(ConsentPurposes.None, set["night"].Needs.Purposes);
        Assert.Equal(RuleNeeds.OfBehaviour, set["both"].Needs.Purposes);
        Assert.Equal(94, set["both"].Needs.HistoryDays);
        Assert.Equal(0, set["night"].Needs.HistoryDays);
        Assert.True(set["both"].Needs.IsLiveOnly);
        Assert.Equal(["buyer", "night"], set["both"].Needs.Segments);
    }

    [Fact]
    public void A_rule_on_the_visit_has_no_members_to_select()
    {
        var set = new SegmentSet(new Dictionary<string, Rule> { ["night"] = RuleJson.Parse("""{"v":1,"attr":"visit.hour","op":">=","value":22}""") });
        var refusal = Assert.Throws<InvalidOperationException>(() => SegmentSql.Count(set["night"], set, Now));
        Assert.Equal("'night' depends on the visit (hour of the visit), so it has no members to select; it is decided page by page.", refusal.Message);
    }

    [Fact]
    public void The_statement_carries_every_value_as_a_parameter_and_asks_each_figure_once()
    {
        const string Hostile = "x'; DROP TABLE shoppers; --";
        var rule = new AllRule([
            new TraitRule(TraitCatalogue.Get("place.city"), RuleOperator.Is, new TextValue(Hostile)),
            RuleJson.Parse("""{"v":1,"event":"purchased","count":{"op":">=","value":1},"within":{"last":7,"unit":"day"}}"""),
            RuleJson.Parse("""{"v":1,"event":"purchased","count":{"op":"<=","value":5},"within":{"last":7,"unit":"day"}}"""),
        ]);
        var query = SegmentSql.Members(Props.Set.Draft(rule), Props.Set, Now);
        Assert.DoesNotContain("DROP", query.Text, StringComparison.Ordinal);
        Assert.Equal(new HashSet<object> { Now.AsOf.AddDays(-7).UtcDateTime, Now.AsOf.UtcDateTime, (short)7, 1L, 5L, 2007 }, query.Parameters.Where(p => p is not string).ToHashSet());
        Assert.Equal(7, query.Parameters.Count);
        Assert.Contains(Hostile, query.Parameters);
        Assert.Single(query.Text.Split("FROM events").Skip(1));
        Assert.Contains(" WHERE s.consent_analytics AND s.consent_personalisation AND ((s.birth_year <= $1::int) IS NOT FALSE) AND (", query.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void All_pets_need_a_pet_and_no_pet_needs_none()
    {
        bool Holds(PetQuantifier quantifier, params string[] species) =>
            new PetRule(quantifier, new TraitRule(TraitCatalogue.Get("species", TraitScope.Pet), RuleOperator.Is, new TextValue("dog")))
                .Matches(new(new VisitorFacts { Pets = [.. species.Select(s => new PetFacts { Species = s })] }, Now));
        Assert.False(Holds(PetQuantifier.All));
        Assert.True(Holds(PetQuantifier.All, "dog", "dog"));
        Assert.False(Holds(PetQuantifier.All, "dog", "cat"));
        Assert.True(Holds(PetQuantifier.None));
        Assert.True(Holds(PetQuantifier.Any, "cat", "dog"));
    }

    private static Dictionary<string, Rule> Rules(params (string Key, string RefersTo)[] segments) =>
        segments.ToDictionary(s => s.Key, Rule (s) => s.RefersTo.Length == 0 ? new AllRule([]) : new SegmentRule(s.RefersTo));
}
