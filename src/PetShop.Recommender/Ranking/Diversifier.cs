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
    /// <returns>How many were placed.</returns>
    public int Arrange(ReadOnlySpan<Ranked> candidates, Span<Ranked> list)
    {
        var left = ArrayPool<Candidate>.Shared.Rent(candidates.Length);
        var count = Prepare(candidates, left);
        var placed = 0;
        while (placed < list.Length && count > 0)
        {
            var next = Best(left.AsSpan(0, count), list[..placed]);
            if (next < 0)
                break;
            var chosen = left[next].Item;
            list[placed++] = chosen;
            left[next] = left[--count];
            for (var i = 0; i < count && placed < list.Length; i++)
                left[i].Likeness = Math.Max(left[i].Likeness, similarity(left[i].Item.Item, chosen.Item));
        }
        ArrayPool<Candidate>.Shared.Return(left);
        return placed;
    }

    // Relevance is scaled to 0..1 within the candidates, so that it can be weighed against likeness.
    private static int Prepare(ReadOnlySpan<Ranked> candidates, Candidate[] left)
    {
        float low = float.MaxValue, high = float.MinValue;
        foreach (var candidate in candidates)
            (low, high) = (Math.Min(low, candidate.Score), Math.Max(high, candidate.Score));
        for (var i = 0; i < candidates.Length; i++)
            left[i] = new Candidate { Item = candidates[i], Relevance = high > low ? (candidates[i].Score - low) / (high - low) : 1 };
        return candidates.Length;
    }

    private int Best(ReadOnlySpan<Candidate> left, ReadOnlySpan<Ranked> placed)
    {
        var recent = placed.Length < options.Window ? placed : placed[^(options.Window - 1)..];
        int best = -1, bestAllowed = -1;
        for (var i = 0; i < left.Length; i++)
        {
            if (best < 0 || Before(left[i], left[best]))
                best = i;
            if ((bestAllowed < 0 || Before(left[i], left[bestAllowed])) && Allowed(left[i].Item.Item, recent))
                bestAllowed = i;
        }
        return bestAllowed >= 0 || !options.FillAnyway ? bestAllowed : best;
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
    }
}
