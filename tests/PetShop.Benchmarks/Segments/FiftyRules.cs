using PetShop.Targeting.Segments;

namespace PetShop.Benchmarks.Segments;

/// <summary>Fifty rules of two to five leaves as merchandisers write them: of orders, places, pets, behaviour, silences and rollouts; always the same ones.</summary>
internal static class FiftyRules
{
    private static readonly string[] Leaves =
    [
        Trait("orders.count", ">=", 2), Trait("orders.count", ">=", 5), Trait("orders.revenue_minor", ">=", 20_000), Trait("orders.recency_days", ">=", 45), Trait("orders.recency_days", "<", 90),
        Trait("orders.average_minor", ">", 4_000), Trait("rfm.recency", "<=", 2), Trait("rfm.frequency", ">=", 4), Trait("rfm.monetary", "is", 5), Trait("behaviour.sessions_30d", ">=", 3),
        Trait("behaviour.days_since_visit", "<=", 14), Trait("lifecycle.registered_days", ">=", 365), Text("lifecycle.stage", "lapsing"), Text("lifecycle.stage", "newcomer"),
        Text("interest.department", "dog"), Text("interest.department", "cat"), Text("interest.brand", "brand-3"), Text("place.country", "NL"), Text("place.country", "DE"),
        """{"attr":"place.country","op":"in","value":["NL","BE","FR"]}""", """{"attr":"quiz.values","op":"has","value":"sustainability"}""", Text("organisation.kind", "shelter"),
        Trait("pets.count", ">=", 2), Pet("any", """{"attr":"species","op":"is","value":"dog"}"""), Pet("none", """{"attr":"species","op":"is","value":"cat"}"""),
        Pet("any", """{"all":[{"attr":"species","op":"is","value":"dog"},{"attr":"adult_weight_g","op":">=","value":25000}]}"""), Pet("any", """{"attr":"life_stage","op":"is","value":"senior"}"""),
        Pet("any", """{"attr":"age_months","op":"<","value":12}"""), """{"attr":"consent.email","op":"is","value":true}""",
    ];

    private static readonly string[] Behaviour =
    [
        Event("product_viewed", 3, 7, "day"), Event("product_viewed", 2, 30, "day", Category("c2")), Event("purchased", 1, 45, "calendar_day"), Event("cart_added", 1, 2, "day"),
        """{"not":""" + Event("purchased", 1, 30, "day", Category("c1")) + "}", """{"event":"purchased","sum":{"of":"value_minor","op":">=","value":5000},"within":{"last":60,"unit":"day"}}""",
        """{"event":"product_viewed","last":{"op":"<=","value":10}}""",
    ];

    /// <summary>Thirty-four of traits and pets, twelve that ask events too, two abandoned carts, two rollouts.</summary>
    public static IReadOnlyDictionary<string, Rule> All { get; } = Make();

    /// <summary>A rule to preview: four clauses, one of them over events.</summary>
    public static Rule Preview { get; } = Parse([Leaves[0], Leaves[4], Leaves[23], Event("product_viewed", 1, 60, "day")], "all");

    private static Dictionary<string, Rule> Make()
    {
        var chance = new Random(4);
        var rules = new Dictionary<string, Rule>(StringComparer.Ordinal);
        for (var i = 0; i < 50; i++)
        {
            var leaves = chance.GetItems(Leaves, chance.Next(2, 5)).Distinct().ToList();
            if (i % 4 == 1 && i < 48)
                leaves.Add(Behaviour[i / 4 % Behaviour.Length]);
            var rule = Parse(leaves, i % 3 == 2 ? "any" : "all");
            rules.Add($"rule-{i:00}", i switch
            {
                10 or 20 => new AllRule([rule, SequenceOf(i)]),
                30 or 40 => new AllRule([rule, new RolloutRule(5_000, $"seg:{i}")]),
                _ => rule,
            });
        }
        return rules;
    }

    private static SequenceRule SequenceOf(int i) =>
        new(new(BehaviourType.CartAdded), new(BehaviourType.Purchased), Follows: false, new(24, WindowUnit.Hour), new(i == 10 ? 14 : 30, WindowUnit.Day));

    private static Rule Parse(IEnumerable<string> leaves, string node) => RuleJson.Parse($$"""{"v":1,"{{node}}":[{{string.Join(',', leaves)}}]}""");

    private static string Trait(string key, string op, long value) => $$"""{"attr":"{{key}}","op":"{{op}}","value":{{value}}}""";

    private static string Text(string key, string value) => $$"""{"attr":"{{key}}","op":"is","value":"{{value}}"}""";

    private static string Pet(string quantifier, string where) => $$"""{"attr":"pet.{{quantifier}}","where":{{where}}}""";

    private static string Category(string slug) => $$"""{"attr":"category","op":"in_tree","value":"{{slug}}"}""";

    private static string Event(string type, int count, int last, string unit, string? where = null)
    {
        var filter = where is null ? "" : $"\"where\":{where},";
        return $$$"""{"event":"{{{type}}}",{{{filter}}}"count":{"op":">=","value":{{{count}}}},"within":{"last":{{{last}}},"unit":"{{{unit}}}"}}""";
    }
}
