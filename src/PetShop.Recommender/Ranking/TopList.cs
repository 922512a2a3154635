using System.Numerics;
using PetShop.Recommender.Interactions;

namespace PetShop.Recommender.Ranking;

/// <summary>Keeps the best k of the items offered to it, in the caller's span: a heap whose root is the worst kept.</summary>
public ref struct TopList(Span<Ranked> kept)
{
    private readonly Span<Ranked> _kept = kept;

    /// <summary>How many are kept so far.</summary>
    public int Count { get; private set; }

    /// <summary>Best items of a full score vector, best first.</summary>
    /// <returns>How many were found.</returns>
    public static int Select(ReadOnlySpan<float> scores, Eligibility eligible, Span<Ranked> top)
    {
        if (eligible.Count != scores.Length)
            throw new ArgumentException($"{scores.Length} scores but {eligible.Count} columns of eligibility.", nameof(eligible));
        var list = new TopList(top);
        var words = eligible.Words;
        for (var w = 0; w < words.Length; w++)
        {
            for (var word = words[w]; word != 0; word &= word - 1)
            {
                var item = w * 64 + BitOperations.TrailingZeroCount(word);
                list.Offer(item, scores[item]);
            }
        }
        return list.Sort();
    }

    /// <summary>Takes an item when it is better than the worst kept or there is room; NaN is never taken.</summary>
    public void Offer(int item, float score)
    {
        var candidate = new Ranked(item, score);
        if (Count < _kept.Length)
        {
            if (!float.IsNaN(score))
                SiftUp(candidate);
        }
        else if (Count > 0 && score >= _kept[0].Score && Better(candidate, _kept[0]))
        {
            SiftDown(candidate, Count);
        }
    }

    /// <summary>Puts the kept items in order, best first; call once, at the end.</summary>
    /// <returns>How many there are.</returns>
    public readonly int Sort()
    {
        _kept[..Count].Sort(static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Item.CompareTo(b.Item));
        return Count;
    }

    private static bool Better(Ranked a, Ranked b) => a.Score > b.Score || (a.Score == b.Score && a.Item < b.Item);

    private void SiftUp(Ranked candidate)
    {
        var at = Count++;
        while (at > 0 && Better(_kept[(at - 1) / 2], candidate))
        {
            _kept[at] = _kept[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        _kept[at] = candidate;
    }

    private readonly void SiftDown(Ranked candidate, int count)
    {
        var at = 0;
        for (var child = 1; child < count; child = 2 * at + 1)
        {
            if (child + 1 < count && Better(_kept[child], _kept[child + 1]))
                child++;
            if (!Better(candidate, _kept[child]))
                break;
            _kept[at] = _kept[child];
            at = child;
        }
        _kept[at] = candidate;
    }
}
