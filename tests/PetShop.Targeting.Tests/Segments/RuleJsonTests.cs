using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Tests.Segments;

public sealed class RuleJsonTests
{
    [Theory]
    [InlineData("visit.weekday", "Monday", "monday")]
    [InlineData("visit.country", "nl ", "NL")]
    [InlineData("place.country", " Nl", "NL")]
    [InlineData("person.language", "EN", "en")]
    [InlineData("lifecycle.stage", "First order", "first order")]
    [InlineData("rfm.segment", "CHAMPIONS", "champions")]
    [InlineData("interest.department", "Dog", "dog")]
    [InlineData("place.city", "utrecht", "utrecht")]
    public void A_value_is_meant_in_the_spelling_of_facts_whatever_case_it_is_typed_in(string trait, string typed, string meant)
    {
        var rule = RuleJson.Parse($$"""{"v":1,"attr":"{{trait}}","op":"is","value":"{{typed}}"}""");
        Assert.Equal(new TextValue(meant), Assert.IsType<TraitRule>(rule).Value);
    }

    [Theory]
    [InlineData("species", "Guinea Pig", "guinea-pig")]
    [InlineData("life_stage", "Senior", "senior")]
    [InlineData("breed", "Labrador-Retriever", "labrador-retriever")]
    public void What_pets_are_is_meant_likewise(string trait, string typed, string meant)
    {
        var rule = RuleJson.Parse($$$"""{"v":1,"attr":"pet.any","where":{"attr":"{{{trait}}}","op":"in","value":["{{{typed}}}"]}}""");
        Assert.Equal([meant], Assert.IsType<TextsValue>(Assert.IsType<TraitRule>(Assert.IsType<PetRule>(rule).Where).Value).Texts);
    }

    [Fact]
    public void A_rule_that_is_written_and_read_back_is_the_same_rule() =>
        Props.Hold(RuleGen.Any, rule => RuleJson.Parse(RuleJson.Write(rule)).Equals(rule));

    [Fact]
    public void Shares_and_exclusions_at_the_top_are_a_shorter_way_to_write_all_of()
    {
        var rule = RuleJson.Parse("""{"v":1,"all":[],"exclude":[{"segment":"open-complaint"}],"rollout":{"percent":12.5,"salt":"s"}}""");
        Assert.Equal(new AllRule([new AllRule([]), new NotRule(new SegmentRule("open-complaint")), new RolloutRule(1250, "s")]), rule);
    }

    [Fact]
    public void A_rollout_alone_is_a_rule() => Assert.Equal(new RolloutRule(9000, "s"), RuleJson.Parse("""{"v":1,"rollout":{"percent":90,"salt":"s"}}"""));

    [Fact]
    public void A_rule_in_the_words_of_its_design_is_read_and_written_in_those_of_the_shop()
    {
        var rule = RuleJson.Parse("""
            {"v":1,
             "all":[
              {"attr":"pet.any","where":{"all":[{"attr":"species","op":"is","value":"dog"},{"attr":"adult_weight_g","op":">=","value":25000}]}},
              {"event":"purchase","where":{"attr":"category","op":"in_tree","value":"dog-food"},"count":{"op":">=","value":2},"within":{"last":180,"unit":"calendar_day"}},
              {"not":{"event":"purchase","where":{"attr":"category","op":"in_tree","value":"dog-food"},"count":{"op":">=","value":1},"within":{"last":45,"unit":"calendar_day"}}},
              {"any":[{"attr":"predicted.churn_permille","op":">=","value":700},{"attr":"rfm.recency","op":"<=","value":2}]}
             ],
             "exclude":[{"segment":"open-complaint"}],
             "rollout":{"percent":90,"salt":"seg:lapsing-large-dog"}}
            """);
        var written = RuleJson.Write(rule);
        Assert.DoesNotContain("\"purchase\"", written, StringComparison.Ordinal);
        Assert.Contains("\"event\":\"purchased\"", written, StringComparison.Ordinal);
        Assert.Equal(rule, RuleJson.Parse(written));
    }

    [Fact]
    public void Words_searched_for_are_asked_for_in_lower_case_as_they_are_recorded()
    {
        var rule = Assert.IsType<EventRule>(RuleJson.Parse("""{"v":1,"event":"searched","where":{"attr":"query","op":"in","value":["Puppy FOOD","H\u00DCHNER"]},"count":{"op":">=","value":1}}"""));
        Assert.Equal(new TextsValue(new[] { "puppy food", "h\u00FChner" }.ToValueList()), Assert.IsType<TraitRule>(rule.Events.Where).Value);
    }

    [Fact]
    public void Texts_are_trimmed_and_composed_as_facts_are()
    {
        var rule = Assert.IsType<TraitRule>(RuleJson.Parse("{\"v\":1,\"attr\":\"place.city\",\"op\":\"is\",\"value\":\" Ko\\u0308ln \"}"));
        Assert.Equal(new TextValue("K\u00f6ln"), rule.Value);
    }

    [Theory]
    [InlineData("{", "$", "This is not JSON")]
    [InlineData("[]", "$", "A rule is an object.")]
    [InlineData("""{"all":[]}""", "$.v", "The version is missing or not known.")]
    [InlineData("""{"v":2,"all":[]}""", "$.v", "The version is missing or not known.")]
    [InlineData("""{"v":1}""", "$", "The node says nothing.")]
    [InlineData("""{"v":1,"exclude":[]}""", "$", "There is an \"exclude\" but nothing to take it from.")]
    [InlineData("""{"v":1,"all":[],"any":[]}""", "$", "The node is both \"all\" and \"any\".")]
    [InlineData("""{"v":1,"all":{}}""", "$.all", "A list of nodes is expected.")]
    [InlineData("""{"v":1,"all":[3]}""", "$.all[0]", "A node is an object.")]
    [InlineData("""{"v":1,"attr":"place.county","op":"is","value":"NL"}""", "$.attr", "Did you mean \"place.country\"?")]
    [InlineData("""{"v":1,"attr":"species","op":"is","value":"dog"}""", "$.attr", "is a trait of a pet")]
    [InlineData("""{"v":1,"attr":"brand","op":"is","value":"x"}""", "$.attr", "is a trait of an event")]
    [InlineData("""{"v":1,"attr":"place.country","value":"NL"}""", "$", "The \"op\" is missing.")]
    [InlineData("""{"v":1,"attr":"place.country","op":">","value":"NL"}""", "$.op", "\">\" does not compare place.country.")]
    [InlineData("""{"v":1,"attr":"place.country","op":"is"}""", "$", "The \"value\" is missing.")]
    [InlineData("""{"v":1,"attr":"place.country","op":"is","value":7}""", "$.value", "A text is expected.")]
    [InlineData("""{"v":1,"attr":"place.country","op":"in","value":[]}""", "$.value", "an empty list would match nobody")]
    [InlineData("""{"v":1,"attr":"place.country","op":"in","value":["NL",3]}""", "$.value[1]", "A text is expected.")]
    [InlineData("""{"v":1,"attr":"place.country","op":"known","value":"NL"}""", "$.value", "\"known\" takes no value.")]
    [InlineData("""{"v":1,"attr":"place.country","op":"is","value":"NL","vlaue":1}""", "$.vlaue", "Did you mean \"value\"?")]
    [InlineData("""{"v":1,"attr":"orders.revenue_minor","op":">=","value":25.5}""", "$.value", "in the smallest unit of the currency, such as cents")]
    [InlineData("""{"v":1,"attr":"lifecycle.stage","op":"is","value":"lapsed"}""", "$.value", "Choose one of newcomer, first order, active")]
    [InlineData("""{"v":1,"attr":"consent.email","op":"is","value":"true"}""", "$.value", "Write true or false")]
    [InlineData("""{"v":1,"attr":"place.city","op":"is","value":"\u0000"}""", "$.value", "zero character")]
    [InlineData("""{"v":1,"attr":"place.city","op":"is","value":"\ud800"}""", "$.value", "half a character")]
    [InlineData("""{"v":1,"attr":"pet.any"}""", "$", "\"pet.any\" needs a \"where\".")]
    [InlineData("""{"v":1,"attr":"pet.any","where":{"segment":"x"}}""", "$.where.segment", "cannot stand inside a \"where\"")]
    [InlineData("""{"v":1,"event":"purchas","count":{"op":">=","value":1}}""", "$.event", "Did you mean \"purchased\"?")]
    [InlineData("""{"v":1,"event":"purchased"}""", "$", "Nothing is measured.")]
    [InlineData("""{"v":1,"event":"purchased","sum":{"op":">=","value":1}}""", "$.sum", "Name one of value_minor, quantity.")]
    [InlineData("""{"v":1,"event":"purchased","sum":{"of":"brand","op":">=","value":1}}""", "$.sum.of", "There is no sum of \"brand\".")]
    [InlineData("""{"v":1,"event":"purchased","count":{"op":">=","value":1},"within":{"last":0,"unit":"day"}}""", "$.within.last", "between 1 and ten years")]
    [InlineData("""{"v":1,"event":"purchased","count":{"op":">=","value":1},"within":{"last":3,"unit":"weeks"}}""", "$.within.unit", "Choose one of hour, day")]
    [InlineData("""{"v":1,"sequence":{"event":"cart_added"},"gap":{"last":1,"unit":"day"}}""", "$", "exactly one of \"then\" and \"then_not\"")]
    [InlineData("""{"v":1,"sequence":{"event":"cart_added"},"then":{"event":"purchased"},"gap":{"last":1,"unit":"month"}}""", "$.gap", "gap of fixed length")]
    [InlineData("""{"v":1,"rollout":{"percent":101,"salt":"s"}}""", "$.rollout.percent", "from 0 to 100")]
    [InlineData("""{"v":1,"rollout":{"percent":1.234,"salt":"s"}}""", "$.rollout.percent", "at most two decimals")]
    [InlineData("""{"v":1,"list":["x"]}""", "$.list[0]", "This is no shopper id.")]
    [InlineData("""{"v":1,"list":"VIP 2026"}""", "$.list", "is no key of a list")]
    [InlineData("""{"v":1,"list":7}""", "$.list", "or the key of a list")]
    [InlineData("""{"v":1,"all":[],"all":[]}""", "$", "This is not JSON")]
    public void A_fault_names_its_place_its_cause_and_its_mend(string json, string path, string says)
    {
        Assert.False(RuleJson.TryParse(json, out var rule, out var errors));
        Assert.Null(rule);
        var error = Assert.Single(errors);
        Assert.Equal(path, error.Path);
        Assert.Contains(says, error.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(error.Mend);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        Assert.False(RuleJson.TryParse("""{"v":1,"all":[{"segment":""},{"attr":"nope","op":"is","value":1},{"segment":"fine"}]}""", out _, out var errors));
        Assert.Equal(["$.all[0].segment", "$.all[1].attr"], errors.Select(e => e.Path));
    }

    [Fact]
    public void Rules_too_deep_too_many_or_too_long_are_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"not\":", 12)) + "{\"segment\":\"x\"}" + new string('}', 12);
        Assert.Contains("Nodes nest deeper than 12.", Fault("{\"v\":1," + deep[1..]), StringComparison.Ordinal);
        var many = string.Join(',', Enumerable.Repeat("{\"segment\":\"x\"}", 200));
        Assert.Contains("more than 200 nodes", Fault($"{{\"v\":1,\"all\":[{many}]}}"), StringComparison.Ordinal);
        Assert.Contains("characters long", Fault(new string(' ', RuleJson.MaxLength + 1)), StringComparison.Ordinal);
    }

    private static string Fault(string json) => Assert.Single(Assert.Throws<RuleFormatException>(() => RuleJson.Parse(json)).Errors).ToString();
}
