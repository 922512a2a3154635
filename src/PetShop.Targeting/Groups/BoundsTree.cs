using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Groups;

/// <summary>Bounds on features that hold together: from (included) and to (not included), where there are any.</summary>
internal sealed record BoundsBox(ValueList<(long? From, long? To)> Bounds)
{
    public bool Holds(GroupInput input, int row)
    {
        for (var j = 0; j < Bounds.Count; j++)
            if (input.Columns[j][row] < Bounds[j].From || input.Columns[j][row] >= Bounds[j].To)
                return false;
        return true;
    }

    public BoundsBox Below(int feature, long bound) => new(Bounds.Select((b, j) => j == feature ? (b.From, bound) : b).ToValueList());

    public BoundsBox From(int feature, long bound) => new(Bounds.Select((b, j) => j == feature ? (bound, b.To) : b).ToValueList());

    public Rule ToRule(IReadOnlyList<GroupFeature> features)
    {
        var parts = new List<Rule>();
        for (var j = 0; j < Bounds.Count; j++)
        {
            if (Bounds[j].From is { } from)
                parts.Add(new TraitRule(features[j].Trait, RuleOperator.AtLeast, new NumberValue(from)));
            if (Bounds[j].To is { } to)
                parts.Add(new TraitRule(features[j].Trait, RuleOperator.Less, new NumberValue(to)));
        }
        return parts.Count == 1 ? parts[0] : new AllRule(parts.ToValueList());
    }
}

/// <summary>Grows a classification tree and gives the boxes of its leaves in which members are the majority.</summary>
internal static class BoundsTree
{
    // A bound that parts off less than this share of the shoppers (1 in so many) is not worth its words.
    private const int SmallestShare = 40;

    public static IReadOnlyList<BoundsBox> Boxes(GroupInput input, bool[] inside, int depth)
    {
        var everyone = new BoundsBox(input.Features.Select(_ => ((long?)null, (long?)null)).ToValueList());
        return Grow(input, inside, [.. Enumerable.Range(0, input.Count)], everyone, depth) ?? [everyone];
    }

    /// <returns>Null when all of the box is taken, so that two such halves join again.</returns>
    private static List<BoundsBox>? Grow(GroupInput input, bool[] inside, int[] rows, BoundsBox box, int depth)
    {
        var members = rows.Count(i => inside[i]);
        if (depth == 0 || members == 0 || members == rows.Length || BestCut(input, inside, rows, members) is not { } cut)
            return 2 * members > rows.Length ? null : [];
        var column = input.Columns[cut.Feature];
        var (below, from) = (box.Below(cut.Feature, cut.Bound), box.From(cut.Feature, cut.Bound));
        var low = Grow(input, inside, Array.FindAll(rows, i => column[i] < cut.Bound), below, depth - 1);
        var high = Grow(input, inside, Array.FindAll(rows, i => column[i] >= cut.Bound), from, depth - 1);
        return low is null && high is null ? null : [.. low ?? [below], .. high ?? [from]];
    }

    /// <summary>The cut that leaves the least mixture (Gini) behind; null when none helps.</summary>
    private static (int Feature, long Bound)? BestCut(GroupInput input, bool[] inside, int[] rows, int members)
    {
        (int, long)? best = null;
        var least = Mixture(members, rows.Length) - 1e-9;
        var few = Math.Max(1, input.Count / SmallestShare);
        for (var j = 0; j < input.Columns.Count; j++)
        {
            var column = input.Columns[j];
            var (values, order) = (Array.ConvertAll(rows, i => column[i]), rows.ToArray());
            Array.Sort(values, order);
            var before = 0;
            for (var i = 1; i < order.Length; i++)
            {
                before += inside[order[i - 1]] ? 1 : 0;
                var left = Mixture(before, i) + Mixture(members - before, order.Length - i);
                if (i >= few && order.Length - i >= few && values[i] != values[i - 1] && left < least)
                    (least, best) = (left, (j, Round(values[i - 1], values[i])));
            }
        }
        return best;
    }

    private static double Mixture(int members, int all) => 2.0 * members * (all - members) / all;

    /// <summary>The roundest number above the lower and up to the higher figure, near their middle: 50.00 reads better than 49.87.</summary>
    private static long Round(long above, long upTo)
    {
        var middle = above + (upTo - above) / 2.0;
        for (var unit = 1_000_000_000_000L; unit > 1; unit /= 10)
            foreach (var step in (ReadOnlySpan<long>)[unit, unit / 2])
                if ((long)Math.Round(middle / step) * step is var round && round > above && round <= upTo)
                    return round;
        return upTo;
    }
}
