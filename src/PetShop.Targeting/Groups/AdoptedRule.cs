using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Groups;

/// <summary>A rule that holds nearly the shoppers of a cluster, and how nearly.</summary>
/// <param name="Precision">Share of the rule's shoppers who are in the cluster.</param>
/// <param name="Recall">Share of the cluster's shoppers whom the rule holds.</param>
/// <param name="Matching">How many of the grouped shoppers the rule holds.</param>
public sealed record AdoptedRule(Rule Rule, double Precision, double Recall, int Matching)
{
    private const int MaxDepth = 4;

    // A longer rule must earn its length: this much of the harmonic mean of precision and recall.
    private const double WorthADepth = 0.02;

    /// <summary>The shortest tree of bounds on traits that is nearly as good as the best one tried.</summary>
    /// <param name="among">Who was grouped at all, say those who have ordered; joined to the rule so that others stay out.</param>
    /// <remarks>Classification trees of growing depth (Breiman and others, 1984) on the figures themselves; O(depth d n log n). No chance in it.</remarks>
    public static AdoptedRule Learn(GroupInput input, int[] labels, int cluster, Rule? among = null)
    {
        var inside = Array.ConvertAll(labels, label => label == cluster);
        if (!inside.Contains(true))
            throw new ArgumentException($"Cluster {cluster} has no shoppers.", nameof(cluster));
        var tries = Enumerable.Range(1, MaxDepth).Select(depth => Judge(BoundsTree.Boxes(input, inside, depth), input, inside, among)).ToList();
        var best = tries.Max(Worth);
        return tries.First(t => Worth(t) >= best - WorthADepth);
    }

    private static AdoptedRule Judge(IReadOnlyList<BoundsBox> boxes, GroupInput input, bool[] inside, Rule? among)
    {
        var (both, matching) = (0, 0);
        for (var i = 0; i < inside.Length; i++)
        {
            if (!boxes.Any(b => b.Holds(input, i)))
                continue;
            matching++;
            both += inside[i] ? 1 : 0;
        }
        var parts = boxes.Select(b => b.ToRule(input.Features)).ToList();
        var rule = parts.Count == 1 ? parts[0] : new AnyRule(parts.ToValueList());
        return new(among is null ? rule : new AllRule([among, rule]), matching == 0 ? 0 : (double)both / matching, (double)both / inside.Count(i => i), matching);
    }

    private static double Worth(AdoptedRule rule) =>
        rule.Precision + rule.Recall == 0 ? 0 : 2 * rule.Precision * rule.Recall / (rule.Precision + rule.Recall);
}
