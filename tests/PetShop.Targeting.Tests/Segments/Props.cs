using FsCheck;
using FsCheck.Fluent;
using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Tests.Segments;

internal static class Props
{
    public static readonly FigureWords Euros = new("EUR", "€", 2);
    public static readonly FigureWords Yen = new("JPY", "¥", 0);
    public static readonly FigureWords Dinars = new("KWD", "KWD ", 3);

    /// <summary>Some half of the shoppers match this: the others do not.</summary>
    public static readonly Dictionary<string, Rule> Referred = new(StringComparer.Ordinal)
    {
        ["vip"] = RuleJson.Parse("""{"v":1,"attr":"orders.count","op":">=","value":2}"""),
        ["größe"] = RuleJson.Parse("""{"v":1,"not":{"segment":"vip"}}"""),
        ["new pups"] = RuleJson.Parse("""{"v":1,"attr":"pet.any","where":{"attr":"life_stage","op":"is","value":"young"}}"""),
    };

    public static readonly SegmentSet Set = new(Referred);

    public static void Hold<T>(Gen<T> gen, Func<T, bool> property, int tests = 1000) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(tests), Prop.ForAll(gen.ToArbitrary(), property));

    public static Gen<(Rule Rule, Case Case)> RuleAndCase { get; } = from rule in RuleGen.Any from c in FactsGen.Cases select (rule, c);

    /// <summary>The tree alone, for a visitor whom the gate lets through.</summary>
    public static bool Matches(this Rule rule, Case c) =>
        Set.Draft(rule).Matches(c.Visitor with { Consents = (ConsentPurposes)15 }, c.At);
}
