using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Groups;

/// <summary>How one feature of a cluster's shoppers differs from everyone else's.</summary>
/// <param name="Deviations">Mean inside minus mean outside, in standard deviations of all shoppers.</param>
/// <param name="Inside">Median figure of the cluster.</param>
/// <param name="Outside">Median figure of all others.</param>
public sealed record FeatureDifference(GroupFeature Feature, double Deviations, long Inside, long Outside);

/// <summary>A cluster in figures and in words: what sets it apart, the largest difference first.</summary>
public sealed record ClusterPortrait(int Size, double Share, IReadOnlyList<FeatureDifference> Differences)
{
    // Cohen's usual bounds of a medium and of a very large effect.
    private const double Worth = 0.5;
    private const double Much = 1.2;

    public static ClusterPortrait Of(GroupInput input, int[] labels, int cluster)
    {
        var inside = Enumerable.Range(0, input.Count).Where(i => labels[i] == cluster).ToArray();
        var outside = Enumerable.Range(0, input.Count).Where(i => labels[i] != cluster).ToArray();
        if (inside.Length == 0)
            throw new ArgumentException($"Cluster {cluster} has no shoppers.", nameof(cluster));
        var differences = input.Features.Select((feature, j) => new FeatureDifference(
            feature, outside.Length == 0 ? 0 : inside.Average(i => input.Points[i][j]) - outside.Average(i => input.Points[i][j]),
            Median(input.Columns[j], inside), Median(input.Columns[j], outside)));
        return new(inside.Length, (double)inside.Length / input.Count, [.. differences.OrderByDescending(d => Math.Abs(d.Deviations))]);
    }

    /// <summary>"Ordered much more often (9 against 2), spent more (120 against 40)."</summary>
    /// <param name="show">Writes a figure for people, with its unit.</param>
    public string Sentence(Func<Trait, long, string>? show = null)
    {
        show ??= (trait, value) => trait.Unit.Length == 0 ? $"{value}" : $"{value} {trait.Unit}";
        var words = Differences.Where(d => Math.Abs(d.Deviations) >= Worth)
            .Select(d => $"{Phrase(d)} ({show(d.Feature.Trait, d.Inside)} against {show(d.Feature.Trait, d.Outside)})").ToList();
        if (words.Count == 0)
            return "Much like everyone else.";
        var text = string.Join(", ", words);
        return $"{char.ToUpperInvariant(text[0])}{text[1..]}.";
    }

    /// <summary>A short name without figures: "ordered much more often, spent more".</summary>
    public string Name()
    {
        var words = Differences.Where(d => Math.Abs(d.Deviations) >= Worth).Take(2).Select(Phrase).ToList();
        return words.Count == 0 ? "much like everyone else" : string.Join(", ", words);
    }

    private static string Phrase(FeatureDifference d) =>
        (d.Deviations < 0 ? d.Feature.Lower : d.Feature.Higher).Replace("{0}", Math.Abs(d.Deviations) >= Much ? "much " : "", StringComparison.Ordinal);

    private static long Median(long[] column, int[] rows)
    {
        if (rows.Length == 0)
            return 0;
        var values = Array.ConvertAll(rows, i => column[i]);
        Array.Sort(values);
        return values[(values.Length - 1) / 2];
    }
}
