using System.Buffers;
using PetShop.Recommender.Interactions;

namespace PetShop.Recommender.Ranking;

/// <summary>For each item a short list of items that go with it, best first; a negative score says that they rather do not.</summary>
public sealed class NeighbourModel : IExplained
{
    private readonly int[] _starts;
    private readonly Ranked[] _neighbours;

    /// <param name="items">Products of the columns.</param>
    /// <param name="starts">Where the list of each item starts; one entry more than items.</param>
    /// <param name="neighbours">All lists, one after the other, each best first.</param>
    /// <exception cref="ArgumentException">A list is out of place, or a neighbour is unknown or not finite.</exception>
    public NeighbourModel(ItemIndex items, int[] starts, Ranked[] neighbours)
    {
        if (starts.Length != items.Count + 1 || starts[0] != 0 || starts[^1] != neighbours.Length)
            throw new ArgumentException($"{items.Count} items need {items.Count + 1} starts from 0 to {neighbours.Length}.", nameof(starts));
        for (var i = 0; i < items.Count; i++)
        {
            if (starts[i + 1] < starts[i])
                throw new ArgumentException($"The list of item {i} ends before it starts.", nameof(starts));
        }
        if (Array.Exists(neighbours, n => (uint)n.Item >= (uint)items.Count || !float.IsFinite(n.Score)))
            throw new ArgumentException("A neighbour is no item of the model or its score is not finite.", nameof(neighbours));
        (Items, _starts, _neighbours) = (items, starts, neighbours);
    }

    /// <inheritdoc/>
    public ItemIndex Items { get; }

    /// <summary>The neighbours of an item, best first.</summary>
    public ReadOnlySpan<Ranked> Of(int item) => _neighbours.AsSpan(_starts[item], _starts[item + 1] - _starts[item]);

    internal ReadOnlySpan<int> Starts => _starts;

    internal ReadOnlySpan<Ranked> All => _neighbours;

    /// <inheritdoc/>
    public bool Knows(ReadOnlySpan<Interaction> history)
    {
        foreach (var seen in history)
        {
            if (seen.Target > 0 && !Of(seen.Index).IsEmpty)
                return true;
        }
        return false;
    }

    /// <summary>Sums the likeness to everything liked, weighed by the log of the confidence; what was refused pulls down.</summary>
    public void Score(ReadOnlySpan<Interaction> history, Span<float> scores)
    {
        scores.Clear();
        foreach (var seen in history)
        {
            var weight = WeightOf(seen);
            foreach (var (item, score) in Of(seen.Index))
                scores[item] += weight * score;
        }
    }

    /// <inheritdoc/>
    public void Explain(ReadOnlySpan<Interaction> history, int item, Span<float> contributions)
    {
        for (var j = 0; j < history.Length; j++)
        {
            contributions[j] = 0;
            foreach (var (other, score) in Of(history[j].Index))
            {
                if (other == item)
                    contributions[j] = WeightOf(history[j]) * score;
            }
        }
    }

    internal static float WeightOf(Interaction seen) => (float)Math.Log2(1 + seen.Confidence) * (2 * seen.Target - 1);

    /// <inheritdoc/>
    /// <remarks>Items that nothing in the history points to are left out, so the list may be shorter than the span.</remarks>
    public int Top(ReadOnlySpan<Interaction> history, Eligibility eligible, Span<Ranked> top)
    {
        var scores = ArrayPool<float>.Shared.Rent(Items.Count);
        var used = scores.AsSpan(0, Items.Count);
        Score(history, used);
        var count = TopList.Select(used, eligible, top);
        while (count > 0 && top[count - 1].Score <= 0)
            count--;
        ArrayPool<float>.Shared.Return(scores);
        return count;
    }
}
