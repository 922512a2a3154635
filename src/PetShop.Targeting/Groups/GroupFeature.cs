using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Groups;

/// <summary>A trait by which shoppers are grouped, with the words that tell high from low.</summary>
/// <param name="Trait">A number that is stored, so that a group can become a rule.</param>
/// <param name="Skewed">True for a long tail, as money and counts have: differences count by ratio.</param>
/// <param name="Lower">What those do whose figure is lower, with {0} where "much" may stand: "spent {0}less".</param>
/// <param name="Higher">The same for a higher figure.</param>
public sealed record GroupFeature(Trait Trait, bool Skewed, string Lower, string Higher)
{
    /// <summary>How buyers differ in any shop.</summary>
    public static IReadOnlyList<GroupFeature> OfBuyers { get; } =
    [
        new(TraitCatalogue.Get("orders.recency_days"), true, "ordered {0}more lately", "ordered {0}longer ago"),
        new(TraitCatalogue.Get("orders.count"), true, "ordered {0}less often", "ordered {0}more often"),
        new(TraitCatalogue.Get("orders.revenue_minor"), true, "spent {0}less", "spent {0}more"),
    ];
}

/// <summary>Shoppers with one whole number a feature: what is clustered, described and turned into rules.</summary>
public sealed class GroupInput
{
    /// <param name="features">At least one, each with a trait of its own.</param>
    /// <param name="columns">By feature, then by shopper; every figure is known.</param>
    /// <exception cref="ArgumentException">Columns are missing or of different lengths, or a trait is no number.</exception>
    public GroupInput(IReadOnlyList<GroupFeature> features, IReadOnlyList<long[]> columns)
    {
        if (features.FirstOrDefault(f => f.Trait.Type != TraitType.Number || f.Trait.IsLiveOnly) is { } wrong)
            throw new ArgumentException($"'{wrong.Trait}' is no stored number, so shoppers cannot be grouped by it.", nameof(features));
        if (features.Count == 0 || features.Count != columns.Count || columns.Any(c => c.Length != columns[0].Length))
            throw new ArgumentException($"{features.Count} features need as many columns of one length; these are {string.Join(", ", columns.Select(c => c.Length))} long.", nameof(columns));
        (Features, Columns) = (features, columns);
        Points = FeatureTable.Of([.. columns.Select(c => Array.ConvertAll(c, v => (double)v))], [.. features.Select(f => f.Skewed)]);
    }

    public IReadOnlyList<GroupFeature> Features { get; }
    public IReadOnlyList<long[]> Columns { get; }
    public FeatureTable Points { get; }
    public int Count => Points.Count;
}
