using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Evaluation;

/// <summary>Answers as a rail does: the model's list, what is popular where the model has nothing to say or too little, then variety.</summary>
/// <param name="model">Its columns may differ from the holdout's: products it does not know are left to the popular ones.</param>
/// <param name="items">Columns of the holdout.</param>
/// <param name="popular">Stands in for the model; null for none.</param>
/// <param name="arrange">Orders the best candidates into the list, as a <see cref="Diversifier"/> does; null leaves them as they are.</param>
public sealed class ServedContender(IModel model, ItemIndex items, IModel? popular = null, ServedContender.Arrange? arrange = null)
{
    private const int Candidates = 60;
    private readonly int[]? _toModel = model.Items.Products.SequenceEqual(items.Products) ? null : [.. items.Products.ToArray().Select(model.Items.ColumnOf)];

    /// <summary>Chooses and orders a list from candidates that come best first.</summary>
    public delegate int Arrange(ReadOnlySpan<Ranked> candidates, Span<Ranked> list);

    /// <inheritdoc cref="Contender"/>
    public int Top(ReadOnlySpan<Interaction> history, Eligibility eligible, Span<Ranked> top)
    {
        Span<Ranked> candidates = stackalloc Ranked[Candidates];
        candidates = arrange is null && top.Length < Candidates ? candidates[..top.Length] : candidates;
        var count = Modelled(history, eligible, candidates);
        if (count < candidates.Length && popular is not null)
            count = Fill(history, eligible, candidates, count);
        if (arrange is not null)
            return arrange(candidates[..count], top);
        count = Math.Min(count, top.Length);
        candidates[..count].CopyTo(top);
        return count;
    }

    private int Modelled(ReadOnlySpan<Interaction> history, Eligibility eligible, Span<Ranked> candidates)
    {
        if (_toModel is null)
            return model.Knows(history) || popular is null ? model.Top(history, eligible, candidates) : 0;
        var known = new List<Interaction>(history.Length);
        foreach (var seen in history)
            if (_toModel[seen.Index] >= 0)
                known.Add(seen with { Index = _toModel[seen.Index] });
        var own = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(known);
        own.Sort(static (a, b) => a.Index.CompareTo(b.Index));
        if (!model.Knows(own) && popular is not null)
            return 0;
        var allowed = new Eligibility(model.Items.Count);
        for (var column = 0; column < _toModel.Length; column++)
            if (_toModel[column] >= 0 && eligible[column])
                allowed[_toModel[column]] = true;
        var count = model.Top(own, allowed, candidates);
        for (var i = 0; i < count; i++)
            candidates[i] = candidates[i] with { Item = items.ColumnOf(model.Items[candidates[i].Item]) };
        return count;
    }

    // Below everything modelled, so that the order stays.
    private int Fill(ReadOnlySpan<Interaction> history, Eligibility eligible, Span<Ranked> candidates, int count)
    {
        var rest = eligible.Copy();
        foreach (var chosen in candidates[..count])
            rest[chosen.Item] = false;
        var floor = count > 0 ? candidates[count - 1].Score : 0;
        var added = popular!.Top(history, rest, candidates[count..]);
        for (var i = 0; i < added; i++)
            candidates[count + i] = candidates[count + i] with { Score = floor - 0.01f * (i + 1) };
        return count + added;
    }
}
