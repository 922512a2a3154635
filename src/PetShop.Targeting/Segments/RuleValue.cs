namespace PetShop.Targeting.Segments;

/// <summary>The constant a rule compares a trait with.</summary>
public abstract record RuleValue;

/// <summary>One text, compared character by character.</summary>
public sealed record TextValue(string Text) : RuleValue;

/// <summary>One whole number: minor units, grams, per-mille, days.</summary>
public sealed record NumberValue(long Number) : RuleValue;

/// <summary>Yes or no.</summary>
public sealed record TruthValue(bool Truth) : RuleValue;

/// <summary>One of several texts.</summary>
public sealed record TextsValue(ValueList<string> Texts) : RuleValue;

/// <summary>One of several whole numbers.</summary>
public sealed record NumbersValue(ValueList<long> Numbers) : RuleValue;

/// <summary>No constant: the operator "known" takes none.</summary>
public sealed record NoValue : RuleValue
{
    public static NoValue Instance { get; } = new();
}

/// <summary>What a trait says of one subject, without allocating; <see cref="IsKnown"/> is false when there is nothing to say.</summary>
public readonly record struct TraitValue
{
    private TraitValue(string? text, long? number, IReadOnlyList<string>? texts) => (Text, Number, Texts) = (text, number, texts);

    public string? Text { get; }

    /// <summary>The number, or 1 and 0 for yes and no.</summary>
    public long? Number { get; }

    public IReadOnlyList<string>? Texts { get; }
    public bool IsKnown => Text is not null || Number is not null || Texts is not null;

    public static TraitValue Of(string? text) => new(text, null, null);
    public static TraitValue Of(long? number) => new(null, number, null);
    public static TraitValue Of(bool? truth) => new(null, truth is null ? null : truth.Value ? 1 : 0, null);

    /// <summary>An empty list says nothing, like an absent one.</summary>
    public static TraitValue Of(IReadOnlyList<string>? texts) => new(null, null, texts is { Count: > 0 } ? texts : null);
}
