using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Experiments;

/// <summary>One way of doing what an experiment compares; weights are relative to each other.</summary>
public sealed record Variant(string Name, int Weight);

/// <summary>Shares visitors out over variants; the same key always gets the same variant while the weights stay.</summary>
public sealed class Experiment
{
    private readonly string _salt;
    private readonly long _total;

    /// <exception cref="ArgumentException">No variant has a weight, a weight is negative, or two variants share a name.</exception>
    public Experiment(string key, ValueList<Variant> variants)
    {
        _total = variants.Sum(v => (long)v.Weight);
        if (_total <= 0 || variants.Any(v => v.Weight < 0))
            throw new ArgumentException($"The experiment '{key}' needs weights of zero or more, one of them above zero; it has {string.Join(", ", variants.Select(v => v.Weight))}.", nameof(variants));
        if (variants.DistinctBy(v => v.Name).Count() != variants.Count)
            throw new ArgumentException($"The experiment '{key}' has two variants of one name.", nameof(variants));
        (Key, Variants, _salt) = (key, variants, $"exp:{key}");
    }

    public string Key { get; }
    public ValueList<Variant> Variants { get; }

    /// <param name="visitorKey">The first visitor id ever seen.</param>
    public Variant Assign(string visitorKey)
    {
        var mark = Bucketing.Bucket(_salt, visitorKey) * _total;
        long passed = 0;
        foreach (var variant in Variants)
        {
            passed += variant.Weight;
            if (mark < passed * Bucketing.Buckets)
                return variant;
        }
        throw new InvalidOperationException($"Bucket {mark} lies outside the weights of '{Key}'.");
    }
}
