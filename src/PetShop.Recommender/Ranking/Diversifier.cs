using System.Buffers;

namespace PetShop.Recommender.Ranking;

/// <summary>Settings of <see cref="Diversifier"/>.</summary>
public sealed record DiversifierOptions
{
    /// <summary>Weight of relevance against likeness to what is in the list already, from 0 to 1.</summary>
    public float Relevance { get; init; } = 0.75f;

    /// <summary>Length of the run of places that the caps hold in.</summary>
    public int Window { get; init; } = 6;

    /// <summary>Most of one brand in any run.</summary>
    public int MaxPerBrand { get; init; } = 2;

    /// <summary>Most of one leaf category in any run.</summary>
    public int MaxPerCategory { get; init; } = 3;

    /// <summary>When every candidate left would break a cap: true breaks it for the best one, false ends the list.</summary>
    public bool FillAnyway { get; init; } = true;
}

/// <summary>Orders candidates so that neighbours differ: maximal marginal relevance with caps by brand and leaf category.</summary>
/// <param name="brands">Brand of each column; negative is no brand and never capped.</param>
/// <param name="categories">Leaf category of each column; negative is none and never capped.</param>
/// <param name="similarity">Likeness of two columns, from 0 to 1.</param>
/// <param name="options">Weights and caps.</param>
public sealed class Diversifier(int[] brands, int[] categories, Func<int, int, float> similarity, DiversifierOptions options)
{
    /// <summary>Chooses and orders the list.</summary>
    /// <param name="candidates">Best first; scores may be on any scale. O(candidates x list).</param>
    /// <param name="list">Filled from the start with items and their own scores.</param>
    /// <param name="calibration">Shares the list should keep; null for none. The caps come before them.</param>
    /// <returns>How many were placed.</returns>
    public int Arrange(ReadOnlySpan<Ranked> candidates, Span<Ranked> list, Calibration? calibration = null)
    {
        Span<int> counts = stackalloc int[Calibration.MaxGroups];
        counts.Clear();
        var grouped = 0;
        var left = ArrayPool<Candidate>.Shared.Rent(candidates.Length);
        var count = Prepare(candidates, left, calibration);
        var placed = 0;
        while (placed < list.Length && count > 0)
        {
            var next = Best(left.AsSpan(0, count), list[..placed], calibration?.Next(counts, grouped) ?? (0, uint.MaxValue));
            if (next < 0)
                break;
            var chosen = left[next].Item;
            if (calibration?.Count(chosen.Item, counts, grouped) == true)
                grouped++;
            list[placed++] = chosen;
            left[next] = left[--count];
            for (var i = 0; i < count && placed < list.Length; i++)
                left[i].Likeness = Math.Max(left[i].Likeness, similarity(left[i].Item.Item, chosen.Item));
        }
        ArrayPool<Candidate>.Shared.Return(left);
        return placed;
    }

    // Relevance is scaled to 0..1 within the candidates, so that it can be weighed against likeness.
    private static int Prepare(ReadOnlySpan<Ranked> candidates, Candidate[] left, Calibration? calibration)
    {
        float low = float.MaxValue, high = float.MinValue;
        foreach (var candidate in candidates)
            (low, high) = (Math.Min(low, candidate.Score), Math.Max(high, candidate.Score));
        for (var i = 0; i < candidates.Length; i++)
            left[i] = new Candidate
            {
                Item = candidates[i], Relevance = high > low ? (candidates[i].Score - low) / (high - low) : 1, Groups = calibration?.GroupsOf(candidates[i].Item) ?? 0,
            };
        return candidates.Length;
    }

    // Of those that keep the caps the best whose group is due, else the best whose group may grow, else the best of all.
    private int Best(ReadOnlySpan<Candidate> left, ReadOnlySpan<Ranked> placed, (uint Due, uint Open) groups)
    {
        var recent = placed.Length < options.Window ? placed : placed[^(options.Window - 1)..];
        int best = -1, bestRank = -1;
        for (var i = 0; i < left.Length; i++)
        {
            var rank = left[i].Groups == 0 || (left[i].Groups & (groups.Due == 0 ? groups.Open : groups.Due)) != 0 ? 3 : (left[i].Groups & groups.Open) != 0 ? 2 : 1;
            if (best >= 0 && (rank < bestRank || (rank == bestRank && !Before(left[i], left[best]))))
                continue;
            if (Allowed(left[i].Item.Item, recent))
                (best, bestRank) = (i, rank);
        }
        return best >= 0 || !options.FillAnyway ? best : BestOfAll(left);
    }

    private int BestOfAll(ReadOnlySpan<Candidate> left)
    {
        var best = 0;
        for (var i = 1; i < left.Length; i++)
            if (Before(left[i], left[best]))
                best = i;
        return best;
    }

    private bool Before(in Candidate a, in Candidate b)
    {
        float x = Value(a), y = Value(b);
        return x > y || (x == y && a.Item.Item < b.Item.Item);
    }

    private float Value(in Candidate c) => options.Relevance * c.Relevance - (1 - options.Relevance) * c.Likeness;

    private bool Allowed(int item, ReadOnlySpan<Ranked> recent)
    {
        int sameBrand = 0, sameCategory = 0;
        foreach (var other in recent)
        {
            sameBrand += brands[item] >= 0 && brands[other.Item] == brands[item] ? 1 : 0;
            sameCategory += categories[item] >= 0 && categories[other.Item] == categories[item] ? 1 : 0;
        }
        return sameBrand < options.MaxPerBrand && sameCategory < options.MaxPerCategory;
    }

    private struct Candidate
    {
        public Ranked Item;
        public float Relevance;
        public float Likeness;
        public uint Groups;
    }
}
