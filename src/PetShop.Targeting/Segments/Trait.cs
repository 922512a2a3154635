namespace PetShop.Targeting.Segments;

/// <summary>Groups traits in the editor and on the privacy page.</summary>
public enum TraitFamily { Demographic, Geographic, Behavioural, Rfm, Predicted, Lifecycle, Interest, Firmographic, Psychographic, Pet, Context, Consent, Event }

/// <summary>Where a trait may be named: of the shopper, inside a pet quantifier, inside an event filter, or of the visit under way.</summary>
public enum TraitScope { Shopper, Pet, Event, Visit }

/// <summary>What a trait's value looks like; a category is a text that also knows its place in the tree.</summary>
public enum TraitType { Text, Texts, Number, Truth, Category }

/// <summary>What the texts of a trait are keys of; none for words of their own.</summary>
public enum TraitNames { None, Category, Department, Brand, Breed, Country, City }

/// <summary>Protected traits, and proxies of them, never set a price; personal ones are shown on the privacy page.</summary>
public enum Sensitivity { Ordinary, Personal, Protected }

/// <summary>How soon a trait follows what happened.</summary>
public enum TraitFreshness { AtOnce, WithinAMinute, TenMinutes, Daily, Visit }

/// <summary>A fact a rule may name: one row that drives the editor, the parser, the SQL, the live evaluation and the privacy page.</summary>
public sealed class Trait
{
    /// <summary>As written in rules.</summary>
    public required string Key { get; init; }

    /// <summary>As read by people, in the middle of a sentence.</summary>
    public required string Label { get; init; }

    public required TraitFamily Family { get; init; }
    public required TraitScope Scope { get; init; }
    public required TraitType Type { get; init; }

    /// <summary>Plain unit of a number: "g", "days", "minor units"; empty when it has none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Over the aliases of <see cref="SegmentSql"/>, with {as_of}, {today}, {months_ago:n} and {pets}; null when nothing is stored.</summary>
    public string? Sql { get; init; }

    /// <summary>How time alone changes it; null when only people do.</summary>
    public TraitClock? Clock { get; init; }

    public required Func<Subject, TraitValue> Read { get; init; }
    public ConsentPurposes Purpose { get; init; } = ConsentPurposes.Personalisation;
    public Sensitivity Sensitivity { get; init; }
    public TraitFreshness Freshness { get; init; }

    /// <summary>What the texts are keys of: an editor offers what the shop has of it.</summary>
    public TraitNames Names { get; init; }

    /// <summary>The values an editor offers.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>True when no value outside <see cref="Choices"/> can ever match; the parser then refuses it.</summary>
    public bool ChoicesAreAll { get; init; }

    /// <summary>True when its texts are stored in lower case; rules are read in the same.</summary>
    public bool IsLowerCase { get; init; }

    /// <summary>The least that a number can be.</summary>
    public long Least { get; init; } = long.MinValue;

    /// <summary>The most that a number can be.</summary>
    public long Most { get; init; } = long.MaxValue;

    public required string Example { get; init; }

    /// <summary>True when only the visit under way can tell.</summary>
    public bool IsLiveOnly => Sql is null;

    public IReadOnlyList<RuleOperator> Operators => Type switch
    {
        TraitType.Number => RuleOperators.ForNumbers,
        TraitType.Text => RuleOperators.ForTexts,
        TraitType.Texts => RuleOperators.ForLists,
        TraitType.Category => RuleOperators.ForCategories,
        _ => RuleOperators.ForTruths,
    };

    /// <summary>A text as facts spell it: choices, keys and codes are meant whatever case they are typed in.</summary>
    public string Spelled(string text) => Names switch
    {
        TraitNames.Country => text is [>= 'a' and <= 'z' or >= 'A' and <= 'Z', >= 'a' and <= 'z' or >= 'A' and <= 'Z'] ? text.ToUpperInvariant() : text,
        TraitNames.Category or TraitNames.Department or TraitNames.Brand or TraitNames.Breed => text.ToLowerInvariant(),
        _ when IsLowerCase => text.ToLowerInvariant(),
        _ => Choices.FirstOrDefault(c => string.Equals(Joined(c), Joined(text), StringComparison.OrdinalIgnoreCase), text),
    };

    public override string ToString() => Key;

    // "guinea pig" is the choice guinea-pig.
    private static string Joined(string text) => text.Replace('-', ' ');
}
