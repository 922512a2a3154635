using NJsonSchema;
using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Tests.Segments;

/// <summary>The published schema against a validator that is not ours.</summary>
public sealed class RuleSchemaTests
{
    // The validator is older than "$defs", which is its "definitions" by another name.
    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromJsonAsync(RuleSchema.Text.Replace("$defs", "definitions", StringComparison.Ordinal)).GetAwaiter().GetResult());

    [Fact]
    public void Every_rule_that_is_written_fits_the_schema() => Props.Hold(RuleGen.Any, rule => Faults(RuleJson.Write(rule)).Length == 0, tests: 200);

    [Fact]
    public void Every_trait_fits_by_each_of_its_operators() =>
        Assert.All(TraitCatalogue.All.SelectMany(t => t.Operators.Select(op => (Trait: t, Operator: op))), x => Assert.Equal("", Faults(InPlace(x.Trait, Leaf(x.Trait, x.Operator)))));

    [Theory]
    [InlineData("""{"v":1,"rollout":{"percent":90,"salt":"s"}}""")]
    [InlineData("""{"v":1,"all":[],"exclude":[{"segment":"open-complaint"}],"rollout":{"percent":12.5,"salt":"s"}}""")]
    [InlineData("""{"v":1,"attr":"place.country","op":"is","value":"NL","exclude":[]}""")]
    [InlineData("""{"v":1,"attr":"pet.any","where":{"attr":"species","op":"is","value":"dog"},"rollout":{"percent":1,"salt":"s"}}""")]
    [InlineData("""{"v":1,"list":"vip-2026","exclude":[{"list":["00000001-0000-0000-0000-000000000000"]}]}""")]
    [InlineData("""{"v":1,"event":"purchase","count":{"op":">=","value":1}}""")]
    public void Shorter_ways_to_write_at_the_top_fit_it(string json)
    {
        Assert.True(RuleJson.TryParse(json, out _, out _));
        Assert.Equal("", Faults(json));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"all":[]}""")]
    [InlineData("""{"v":2,"all":[]}""")]
    [InlineData("""{"v":1}""")]
    [InlineData("""{"v":1,"exclude":[]}""")]
    [InlineData("""{"v":1,"all":[],"any":[]}""")]
    [InlineData("""{"v":1,"all":{}}""")]
    [InlineData("""{"v":1,"all":[3]}""")]
    [InlineData("""{"v":1,"all":[{"v":1,"segment":"x"}]}""")]
    [InlineData("""{"v":1,"attr":"place.county","op":"is","value":"NL"}""")]
    [InlineData("""{"v":1,"attr":"species","op":"is","value":"dog"}""")]
    [InlineData("""{"v":1,"attr":"place.country","value":"NL"}""")]
    [InlineData("""{"v":1,"attr":"place.country","op":">","value":"NL"}""")]
    [InlineData("""{"v":1,"attr":"place.country","op":"is"}""")]
    [InlineData("""{"v":1,"attr":"place.country","op":"is","value":7}""")]
    [InlineData("""{"v":1,"attr":"place.country","op":"in","value":[]}""")]
    [InlineData("""{"v":1,"attr":"place.country","op":"in","value":["NL",3]}""")]
    [InlineData("""{"v":1,"attr":"place.country","op":"known","value":"NL"}""")]
    [InlineData("""{"v":1,"attr":"place.country","op":"is","value":"NL","vlaue":1}""")]
    [InlineData("""{"v":1,"attr":"place.city","op":"is","value":"   "}""")]
    [InlineData("""{"v":1,"attr":"orders.revenue_minor","op":">=","value":25.5}""")]
    [InlineData("""{"v":1,"attr":"lifecycle.stage","op":"is","value":"lapsed"}""")]
    [InlineData("""{"v":1,"attr":"consent.email","op":"is","value":"true"}""")]
    [InlineData("""{"v":1,"attr":"pet.any"}""")]
    [InlineData("""{"v":1,"attr":"pet.any","where":{"segment":"x"}}""")]
    [InlineData("""{"v":1,"attr":"pet.any","where":{"attr":"brand","op":"is","value":"x"}}""")]
    [InlineData("""{"v":1,"event":"bought","count":{"op":">=","value":1}}""")]
    [InlineData("""{"v":1,"event":"purchased"}""")]
    [InlineData("""{"v":1,"event":"purchased","count":{"op":">=","value":1},"sum":{"of":"quantity","op":">=","value":1}}""")]
    [InlineData("""{"v":1,"event":"purchased","sum":{"op":">=","value":1}}""")]
    [InlineData("""{"v":1,"event":"purchased","sum":{"of":"brand","op":">=","value":1}}""")]
    [InlineData("""{"v":1,"event":"purchased","count":{"op":"in","value":1}}""")]
    [InlineData("""{"v":1,"event":"purchased","count":{"op":">=","value":1},"within":{"last":0,"unit":"day"}}""")]
    [InlineData("""{"v":1,"event":"purchased","count":{"op":">=","value":1},"within":{"last":119,"unit":"month"}}""")]
    [InlineData("""{"v":1,"event":"purchased","count":{"op":">=","value":1},"within":{"last":3,"unit":"weeks"}}""")]
    [InlineData("""{"v":1,"sequence":{"event":"cart_added"},"gap":{"last":1,"unit":"day"}}""")]
    [InlineData("""{"v":1,"sequence":{"event":"cart_added"},"then":{"event":"purchased"},"gap":{"last":1,"unit":"month"}}""")]
    [InlineData("""{"v":1,"rollout":{"percent":101,"salt":"s"}}""")]
    [InlineData("""{"v":1,"list":["x"]}""")]
    [InlineData("""{"v":1,"list":"VIP 2026"}""")]
    [InlineData("""{"v":1,"list":[]}""")]
    public void What_the_parser_refuses_the_schema_refuses(string json)
    {
        Assert.False(RuleJson.TryParse(json, out _, out _));
        Assert.NotEqual("", Faults(json));
    }

    private static string Leaf(Trait trait, RuleOperator op)
    {
        var value = trait.Type is TraitType.Number or TraitType.Truth ? trait.Example : $"\"{trait.Example}\"";
        var given = op switch { RuleOperator.Known => "", RuleOperator.In or RuleOperator.NotIn => $",\"value\":[{value},{value}]", _ => $",\"value\":{value}" };
        return $"{{\"attr\":\"{trait.Key}\",\"op\":\"{op.Name()}\"{given}}}";
    }

    private static string InPlace(Trait trait, string leaf) => trait.Scope switch
    {
        TraitScope.Pet => $"{{\"v\":1,\"attr\":\"pet.any\",\"where\":{leaf}}}",
        TraitScope.Event => $"{{\"v\":1,\"event\":\"purchased\",\"where\":{leaf},\"count\":{{\"op\":\">=\",\"value\":1}}}}",
        _ => $"{{\"v\":1,{leaf[1..]}",
    };

    private static string Faults(string json) => string.Join("; ", Schema.Value.Validate(json).Select(e => e.ToString()));
}
