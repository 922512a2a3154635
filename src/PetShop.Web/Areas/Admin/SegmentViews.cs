using PetShop.Data.Segments;
using PetShop.Targeting.Segments;
using PetShop.Web.Areas.Admin.Reports;
using PetShop.Web.Catalog;
using PetShop.Web.Targeting.Insight;

namespace PetShop.Web.Areas.Admin;

/// <summary>Which of a segment's pages is open.</summary>
public sealed record SegmentTabs(int Id, string Name, string Here)
{
    public static IReadOnlyList<(string Key, string Label)> All { get; } = [("", "Rule"), ("why", "Why in, why not"), ("playbook", "Playbook"), ("versions", "Versions")];

    public string Link(string key) => key.Length == 0 ? $"/admin/segments/{Id}" : $"/admin/segments/{Id}/{key}";
}

/// <summary>What saving would change, shown before it is done.</summary>
/// <param name="Difference">Null when nobody is moved at once.</param>
/// <param name="Fingerprint">Of what was shown, so that only this is confirmed.</param>
public sealed record SaveQuestion(RuleDifference? Difference, IReadOnlyList<SegmentUse> Uses, bool SwitchesOff, string Fingerprint)
{
    public bool SwitchesOn { get; init; }

    /// <summary>What the schedule does later on, and to how many, as a sentence; empty where on and off stay as they are.</summary>
    public string Later { get; init; } = "";
}

/// <summary>What a comparison of rules says, wherever it is shown.</summary>
public sealed record DifferenceView(RuleDifference Difference, string BeforeLabel, string AfterLabel);

/// <summary>Words and drawings of the segment pages.</summary>
public static class SegmentWords
{
    /// <summary>Causes, to be read after "because of".</summary>
    public static string Say(this TransitionCause cause) => cause switch
    {
        TransitionCause.Consent => "an answer about consent",
        TransitionCause.Profile => "an edit of the account or its pets",
        TransitionCause.Event => "something they did",
        TransitionCause.Clock => "time going by",
        TransitionCause.Rule => "an edit of the rule",
        TransitionCause.Catalogue => "a change of the catalogue",
        TransitionCause.Check => "the nightly check",
        TransitionCause.List => "a change of a list",
        TransitionCause.Schedule => "the schedule of the segment",
        _ => cause.ToString().ToLowerInvariant(),
    };

    /// <summary>That nobody is in a segment because its time is still to come or over; null while it is neither.</summary>
    public static string? OutOfTime(Segment segment, ShopOptions shop, DateTimeOffset now) =>
        now < segment.StartsAt ? $"Its time begins on {shop.Say(segment.StartsAt)}, so nobody is in it yet."
        : now >= segment.EndsAt ? $"Its time ended on {shop.Say(segment.EndsAt)}, so nobody is in it any more." : null;

    /// <summary>Numbers inside a rule against outside, as shares of each side.</summary>
    public static Chart ChartOf(TraitSpread spread)
    {
        var figures = Catalog.Money.Figures;
        var at = spread.Bins.Select(b => (double)figures.Scaled(b.From, spread.Trait.Unit)).ToList();
        double? Share(long count, long of) => of == 0 ? null : Math.Round(100.0 * count / of, 2);
        return new(Phrases.Capital(spread.Trait.Label), new ChartAxis(spread.Step > 1 ? "From" : "Value", at, figures.Beside(spread.Trait.Unit)),
            new("Members", [.. spread.Bins.Select(b => Share(b.Inside, spread.Inside))], "%", "bar"), new("Everyone else", [.. spread.Bins.Select(b => Share(b.Outside, spread.Outside))], "%"));
    }

    /// <summary>A figure a head, beside that of the rest: "2.1 times the rest".</summary>
    public static string Times(double? inside, double? outside) => inside is not { } a || outside is not { } b || b == 0 ? ""
        : (a / b) switch { > 0.95 and < 1.05 => "as the rest", var ratio => FormattableString.Invariant($"{ratio:0.0} times the rest") };

    public static string Money(double? minor) => minor is { } amount ? Catalog.Money.Format((long)Math.Round(amount)) : "–";
}
