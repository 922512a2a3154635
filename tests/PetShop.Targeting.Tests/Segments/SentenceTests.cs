using FsCheck;
using FsCheck.Fluent;
using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Tests.Segments;

public sealed partial class SentenceTests
{
    private const string LapsingLargeDog = """
        {"v":1,
         "all":[
          {"attr":"pet.any","where":{"all":[{"attr":"species","op":"is","value":"dog"},{"attr":"adult_weight_g","op":">=","value":25000}]}},
          {"event":"purchased","where":{"attr":"category","op":"in_tree","value":"dog-food"},"count":{"op":">=","value":2},"within":{"last":180,"unit":"calendar_day"}},
          {"not":{"event":"purchased","where":{"attr":"category","op":"in_tree","value":"dog-food"},"count":{"op":">=","value":1},"within":{"last":45,"unit":"calendar_day"}}},
          {"any":[{"attr":"orders.revenue_minor","op":">","value":25000},{"attr":"rfm.recency","op":"<=","value":2}]}]}
        """;

    [Theory]
    [InlineData(LapsingLargeDog, "Visitors who have a pet (whose species is dog and whose adult weight is at least 25 kg), and who bought something whose category is in dog-food at least 2 times in the last 180 calendar days, and who bought nothing whose category is in dog-food in the last 45 calendar days, and (whose money spent is more than €250.00 or whose recency score is at most 2 of 5).")]
    [InlineData("""{"v":1,"all":[]}""", "Everyone.")]
    [InlineData("""{"v":1,"any":[]}""", "Nobody.")]
    [InlineData("""{"v":1,"not":{"attr":"place.country","op":"is","value":"NL"}}""", "Visitors whose country is not known to be NL.")]
    [InlineData("""{"v":1,"attr":"place.country","op":"is_not","value":"NL"}""", "Visitors whose country is known and not NL.")]
    [InlineData("""{"v":1,"not":{"attr":"place.country","op":"not_in","value":["NL","BE"]}}""", "Visitors whose country is one of NL, BE or is not known.")]
    [InlineData("""{"v":1,"not":{"attr":"orders.count","op":">=","value":3}}""", "Visitors whose number of orders is not known to be at least 3.")]
    [InlineData("""{"v":1,"attr":"quiz.values","op":"has","value":"price"}""", "Visitors whose quiz answer includes price.")]
    [InlineData("""{"v":1,"event":"purchased","sum":{"of":"value_minor","op":">=","value":5000},"within":{"last":1,"unit":"month"}}""", "Visitors who bought something for at least €50.00 in all in the last month.")]
    [InlineData("""{"v":1,"event":"purchased","sum":{"of":"value_minor","op":"<","value":5000}}""", "Visitors who bought something for less than €50.00 in all (or never).")]
    [InlineData("""{"v":1,"event":"purchased","sum":{"of":"quantity","op":">","value":5},"within":{"last":30,"unit":"day"}}""", "Visitors who bought something with a quantity of more than 5 in all in the last 30 days.")]
    [InlineData("""{"v":1,"event":"purchased","count":{"op":"<","value":3},"within":{"last":30,"unit":"day"}}""", "Visitors who bought something fewer than 3 times (or never) in the last 30 days.")]
    [InlineData("""{"v":1,"event":"purchased","count":{"op":"<=","value":2}}""", "Visitors who bought something at most 2 times (or never).")]
    [InlineData("""{"v":1,"event":"purchased","count":{"op":"is_not","value":2}}""", "Visitors who bought something other than 2 times (or never).")]
    [InlineData("""{"v":1,"event":"purchased","count":{"op":">","value":2}}""", "Visitors who bought something more than 2 times.")]
    [InlineData("""{"v":1,"event":"product_viewed","distinct":{"of":"brand","op":"<=","value":3}}""", "Visitors who viewed a product of at most 3 different values of brand (or never).")]
    [InlineData("""{"v":1,"event":"product_viewed","last":{"op":"<=","value":7}}""", "Visitors who last viewed a product at most 7 days ago.")]
    [InlineData("""{"v":1,"sequence":{"event":"cart_added"},"then_not":{"event":"purchased"},"gap":{"last":24,"unit":"hour"},"within":{"last":7,"unit":"day"}}""", "Visitors who put something in the cart in the last 7 days and in the 24 hours after that bought nothing.")]
    [InlineData("""{"v":1,"not":{"segment":"vip"}}""", "Visitors who are not in the segment vip.")]
    [InlineData("""{"v":1,"rollout":{"percent":12.5,"salt":"seg:a"}}""", "Visitors who are in a steady 12.5% of all (drawn by seg:a).")]
    [InlineData("""{"v":1,"attr":"predicted.churn_permille","op":">=","value":705}""", "Visitors whose churn risk is at least 70.5 %.")]
    [InlineData("""{"v":1,"attr":"pet.any","where":{"attr":"weight_g","op":"in","value":[800,4500]}}""", "Visitors who have a pet whose weight is one of 800 g, 4.5 kg.")]
    public void A_rule_reads_as_a_sentence(string json, string sentence) => Assert.Equal(sentence, RuleSentence.Of(RuleJson.Parse(json), Props.Euros));

    [Fact]
    public void Never_is_said_of_a_figure_exactly_when_who_did_nothing_is_meant() => Props.Hold(
        from kind in Gen.Elements(MeasureKind.Count, MeasureKind.Sum, MeasureKind.Distinct) from op in Gen.Elements<RuleOperator>(RuleOperators.ForMeasures) from rule in RuleGen.Figure(kind, op) select rule,
        rule =>
        {
            var sentence = RuleSentence.Of(rule, Props.Euros);
            var nobody = Props.Set.Draft(rule).Matches(new VisitorFacts { Consents = (ConsentPurposes)15 }, new Moment(FactsGen.Instants[0], FactsGen.Zone));
            return nobody == (sentence.Contains("(or never)", StringComparison.Ordinal) || Negative().IsMatch(sentence));
        });

    [System.Text.RegularExpressions.GeneratedRegex("^Visitors who (viewed no|made no|put nothing|took nothing|wish-listed nothing|bought nothing)")]
    private static partial System.Text.RegularExpressions.Regex Negative();

    [Fact]
    public void Segments_lists_and_the_catalogue_are_said_by_their_names_where_those_are_known()
    {
        var names = new SpokenNames
        {
            Segments = new Dictionary<string, string> { ["vip"] = "Big baskets" }, Lists = new Dictionary<string, string> { ["fair-2026"] = "Met at the fair" },
            Categories = new Dictionary<string, string> { ["dog-food"] = "Dog food", ["dog"] = "Dogs" }, Brands = new Dictionary<string, string> { ["northpaw"] = "North Paw" },
        };
        var rule = RuleJson.Parse("""
            {"v":1,"all":[{"segment":"vip"},{"not":{"segment":"pups"}},{"not":{"list":"fair-2026"}},{"list":"old"},
              {"event":"purchased","where":{"all":[{"attr":"category","op":"in_tree","value":"dog-food"},{"attr":"department","op":"in","value":["dog","cat"]},{"attr":"brand","op":"is","value":"northpaw"}]},"count":{"op":">=","value":1}}]}
            """);
        Assert.Equal("Visitors who are in the segment “Big baskets”, and who are not in the segment pups, and who are not on the list “Met at the fair”, and who are on the list old, "
            + "and who bought something (whose category is in Dog food and whose department is one of Dogs, cat and whose brand is North Paw).", RuleSentence.Of(rule, Props.Euros with { Names = names }));
    }

    [Fact]
    public void Money_is_said_in_the_currency_of_the_shop()
    {
        var rule = RuleJson.Parse("""{"v":1,"attr":"orders.revenue_minor","op":">=","value":25000}""");
        Assert.Equal(["€250.00", "¥25,000", "KWD 25.000"], new[] { Props.Euros, Props.Yen, Props.Dinars }.Select(w => RuleSentence.Of(rule, w).Split("at least ")[1].TrimEnd('.')));
        var none = RuleJson.Parse("""{"v":1,"all":[{"attr":"orders.revenue_minor","op":">=","value":25000},{"attr":"orders.revenue_minor","op":"<","value":-5}]}""");
        Assert.StartsWith("Nobody can match: money spent >= ¥25,000 and < −¥5.", RuleHints.Impossible(none, Props.Yen), StringComparison.Ordinal);
    }

    [Fact]
    public void Why_not_names_each_leaf_with_what_was_needed_and_what_was_found()
    {
        var visitor = new VisitorFacts
        {
            Consents = (ConsentPurposes)15, RevenueMinor = 30_000, OrdersCount = 4,
            Pets = [new() { Name = "Luna", Species = "dog", AdultWeightG = 9_000 }, new() { Name = "Tom", Species = "cat" }],
            Events = [new(BehaviourType.Purchased, FactsGen.Instants[0].AddDays(-60), CategoryPath: ["dog", "dog-food"])],
        };
        var segment = Props.Set.Draft(RuleJson.Parse(LapsingLargeDog));
        var explained = RuleExplanation.Of(segment, Props.Set, visitor, new Moment(FactsGen.Instants[0], FactsGen.Zone), Props.Euros);

        Assert.False(explained.Passes);
        Assert.Equal(
            [
                ("who have a pet (whose species is dog and whose adult weight is at least 25 kg)", "0 of 2 pets"),
                ("who bought something whose category is in dog-food at least 2 times in the last 180 calendar days", "1"),
            ],
            explained.Obstacles().Select(o => (o.Needed, o.Actual)));
        var luna = explained.Parts[^1].Parts[0].Parts[0];
        Assert.Equal("Luna: all of these", luna.Needed);
        Assert.Equal([("dog", true), ("9 kg", false)], luna.Parts.Select(p => (p.Actual, p.Passes)));
    }

    [Fact]
    public void A_refusal_is_told_before_the_rule()
    {
        var segment = Props.Set.Draft(RuleJson.Parse("""{"v":1,"attr":"place.country","op":"is","value":"NL"}"""));
        var explained = RuleExplanation.Of(segment, Props.Set, new VisitorFacts { Country = "NL" }, new Moment(FactsGen.Instants[0], FactsGen.Zone), Props.Euros);
        var obstacle = Assert.Single(explained.Obstacles());
        Assert.Equal(("who agreed to personalisation", "has not agreed"), (obstacle.Needed, obstacle.Actual));
    }
}
