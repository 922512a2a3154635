using System.Buffers;
using PetShop.Recommender.Interactions;

namespace PetShop.Recommender.Ranking;

/// <summary>What most shoppers like, with the shopper's own groups (species, department) first.</summary>
public sealed class PopularityModel : IModel
{
    private readonly float[] _scores;
    private readonly int[] _groups;

    /// <param name="items">Products of the columns.</param>
    /// <param name="scores">Popularity by column, not negative.</param>
    /// <param name="groups">Group by column, numbered from 0, or empty for no groups.</param>
    public PopularityModel(ItemIndex items, float[] scores, int[] groups)
    {
        if (scores.Length != items.Count || (groups.Length != 0 && groups.Length != items.Count))
            throw new ArgumentException($"{items.Count} items need as many scores and, if any, groups; there are {scores.Length} and {groups.Length}.");
        if (Array.Exists(scores, s => !(s >= 0) || float.IsInfinity(s)) || Array.Exists(groups, g => g < 0))
            throw new ArgumentException("Popularity must be finite and groups not negative.");
        (Items, _scores, _groups) = (items, scores, groups);
        GroupCount = groups.Length == 0 ? 0 : groups.Max() + 1;
    }

    /// <inheritdoc/>
    public ItemIndex Items { get; }

    /// <summary>Number of groups.</summary>
    public int GroupCount { get; }

    /// <summary>Popularity by column.</summary>
    public ReadOnlySpan<float> Scores => _scores;

    /// <summary>Group by column; empty without groups.</summary>
    public ReadOnlySpan<int> Groups => _groups;

    /// <inheritdoc/>
    public bool Knows(ReadOnlySpan<Interaction> history) => GroupCount > 0 && !history.IsEmpty;

    /// <summary>Popularity times the smoothed share of the item's group in the shopper's history; plain popularity without groups.</summary>
    public void Score(ReadOnlySpan<Interaction> history, Span<float> scores)
    {
        _scores.CopyTo(scores);
        if (!Knows(history))
            return;
        var shares = ArrayPool<float>.Shared.Rent(GroupCount);
        shares.AsSpan(0, GroupCount).Clear();
        float sum = 0;
        foreach (var seen in history)
        {
            shares[_groups[seen.Index]] += seen.Confidence * seen.Target;
            sum += seen.Confidence * seen.Target;
        }
        // One unit of confidence is spread over all groups, so that a group never touched still comes, last.
        for (var i = 0; i < _scores.Length; i++)
            scores[i] *= (shares[_groups[i]] + 1f / GroupCount) / (sum + 1);
        ArrayPool<float>.Shared.Return(shares);
    }

    /// <inheritdoc/>
    public int Top(ReadOnlySpan<Interaction> history, Eligibility eligible, Span<Ranked> top)
    {
        if (!Knows(history))
            return TopList.Select(_scores, eligible, top);
        var scores = ArrayPool<float>.Shared.Rent(Items.Count);
        Score(history, scores.AsSpan(0, Items.Count));
        var count = TopList.Select(scores.AsSpan(0, Items.Count), eligible, top);
        ArrayPool<float>.Shared.Return(scores);
        return count;
    }

    /// <summary>Best eligible items of one group.</summary>
    /// <returns>How many were found.</returns>
    public int TopOfGroup(int group, Eligibility eligible, Span<Ranked> top)
    {
        var list = new TopList(top);
        for (var item = 0; item < _groups.Length; item++)
        {
            if (_groups[item] == group && eligible[item])
                list.Offer(item, _scores[item]);
        }
        return list.Sort();
    }
}
