using FsCheck;
using FsCheck.Fluent;
using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Tests.Segments;

public sealed class ContradictionTests
{
    [Theory]
    [InlineData("""{"attr":"pet.any","where":{"all":[{"attr":"weight_g","op":">=","value":25000},{"attr":"weight_g","op":"<","value":10000}]}}""", "Nobody can match: weight >= 25 kg and < 10 kg. Take one of them out")]
    [InlineData("""{"all":[{"attr":"orders.count","op":">","value":4},{"all":[{"attr":"orders.count","op":"<=","value":4}]}]}""", "number of orders > 4 and <= 4")]
    [InlineData("""{"all":[{"attr":"orders.count","op":">","value":4},{"attr":"orders.count","op":"<","value":6},{"attr":"orders.count","op":"is_not","value":5}]}""", "number of orders > 4 and < 6 and other than 5")]
    [InlineData("""{"all":[{"attr":"orders.revenue_minor","op":">=","value":10000},{"attr":"orders.revenue_minor","op":"in","value":[1,2]}]}""", "money spent")]
    [InlineData("""{"all":[{"attr":"place.country","op":"is","value":"NL"},{"attr":"place.country","op":"is","value":"DE"}]}""", "use \"is one of\"")]
    [InlineData("""{"all":[{"attr":"place.country","op":"in","value":["NL","DE"]},{"attr":"place.country","op":"not_in","value":["DE","NL","FR"]}]}""", "country")]
    [InlineData("""{"all":[{"attr":"lifecycle.stage","op":"not_in","value":["newcomer","first order","active"]},{"attr":"lifecycle.stage","op":"not_in","value":["lapsing","lost"]}]}""", "stage")]
    [InlineData("""{"all":[{"attr":"place.city","op":"known"},{"not":{"attr":"place.city","op":"known"}}]}""", "Take one of the two out")]
    [InlineData("""{"all":[{"attr":"place.city","op":"is","value":"Bonn"},{"not":{"attr":"place.city","op":"known"}}]}""", "city")]
    [InlineData("""{"all":[{"event":"purchased","count":{"op":">=","value":5}},{"event":"purchased","count":{"op":"<","value":3}}]}""", "bought something")]
    [InlineData("""{"all":[{"attr":"pet.all","where":{"attr":"species","op":"is","value":"dog"}},{"attr":"pet.any","where":{"attr":"species","op":"is","value":"cat"}}]}""", "species")]
    [InlineData("""{"all":[{"segment":"vip"},{"not":{"segment":"vip"}}]}""", "who are not in the segment vip")]
    [InlineData("""{"all":[{"segment":"vip"},{"not":{"any":[{"segment":"loyal"},{"segment":"vip"}]}}]}""", "Take one of the two out")]
    [InlineData("""{"all":[{"attr":"pets.count","op":">","value":0},{"attr":"person.age_band","op":"is","value":"under 18"}]}""", "who may be under 18 is in no segment")]
    // These can be true.
    [InlineData("""{"all":[{"attr":"pet.any","where":{"attr":"weight_g","op":">=","value":25000}},{"attr":"pet.any","where":{"attr":"weight_g","op":"<","value":10000}}]}""", null)]
    [InlineData("""{"all":[{"not":{"attr":"person.birth_year","op":">=","value":1990}},{"not":{"attr":"person.birth_year","op":"<","value":1990}}]}""", null)]
    [InlineData("""{"all":[{"event":"purchased","count":{"op":">=","value":5}},{"event":"purchased","count":{"op":"<","value":3},"within":{"last":30,"unit":"day"}}]}""", null)]
    [InlineData("""{"all":[{"attr":"orders.count","op":">=","value":2},{"attr":"orders.count","op":"<","value":3}]}""", null)]
    [InlineData("""{"all":[{"attr":"quiz.values","op":"has","value":"price"},{"attr":"quiz.values","op":"has","value":"convenience"}]}""", null)]
    public void What_leaves_nobody_is_told_and_nothing_else(string rule, string? told)
    {
        var impossible = RuleHints.Impossible(RuleJson.Parse(rule.Insert(1, "\"v\":1,")), Props.Euros);
        if (told is null)
            Assert.Null(impossible);
        else
            Assert.Contains(told, impossible, StringComparison.Ordinal);
    }

    [Fact]
    public void One_closed_way_of_several_is_told_beside_the_open_ones()
    {
        var rule = RuleJson.Parse("""{"v":1,"any":[{"attr":"orders.count","op":">","value":3},{"all":[{"attr":"orders.count","op":">","value":3},{"attr":"orders.count","op":"<","value":2}]}]}""");
        Assert.Null(RuleHints.Impossible(rule, Props.Euros));
        Assert.Contains("One way in is closed. Nobody can match: number of orders > 3 and < 2", Assert.Single(RuleHints.DeadEnds(rule, Props.Euros)), StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_matches_proves_that_a_rule_is_possible()
    {
        var leaves = from key in Gen.Elements("orders.count", "rfm.recency", "lifecycle.stage", "place.country", "consent.email")
                     let trait = TraitCatalogue.Get(key)
                     from op in Gen.Elements<RuleOperator>(trait.Operators)
                     from leaf in RuleGen.Leaf(trait, op)
                     from denied in Gen.Elements(true, false, false)
                     select denied ? new NotRule(leaf) : leaf;
        var found = 0;
        Props.Hold(from parts in leaves.ListOf(3) from c in FactsGen.Cases select (Rule: (Rule)new AllRule(parts.ToValueList()), Case: c), x =>
        {
            if (RuleHints.Impossible(x.Rule, Props.Euros) is null)
                return true;
            found++;
            return !x.Rule.Matches(x.Case);
        }, tests: 3000);
        Assert.InRange(found, 100, 2900);
        Props.Hold(Props.RuleAndCase, x => RuleHints.Impossible(x.Rule, Props.Euros) is null || !x.Rule.Matches(x.Case), tests: 2000);
    }
}
