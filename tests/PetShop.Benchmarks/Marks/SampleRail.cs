using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;

namespace PetShop.Benchmarks.Marks;

/// <summary>One rail from click to list, as the shop makes it: fold in, what is eligible, 500 candidates, fatigue, order, variety.</summary>
public sealed class SampleRail
{
    private const int Candidates = 500, Places = 12;
    private readonly FactorModel _model;
    private readonly Eligibility _sellable, _species, _allergens;
    private readonly Diversifier _diversifier;
    private readonly byte[] _unclickedViews;

    public SampleRail(FactorModel model)
    {
        var random = new Random(3);
        var count = model.Items.Count;
        _model = model;
        (_sellable, _species, _allergens) = (Share(count, .95, random), Share(count, .5, random), Share(count, .1, random));
        _unclickedViews = new byte[count];
        for (var i = 0; i < count / 50; i++)
            _unclickedViews[random.Next(count)] = (byte)random.Next(1, 6);
        int[] Groups(int groups) => [.. Enumerable.Range(0, count).Select(_ => random.Next(groups))];
        _diversifier = new Diversifier(Groups(400), Groups(150), model.Similarity, new DiversifierOptions());
    }

    public int Plan(ReadOnlySpan<Interaction> history)
    {
        Span<float> vector = stackalloc float[_model.Rank];
        _model.FoldIn(history, vector);
        var eligible = _sellable.Copy().And(_species).Except(_allergens);
        foreach (var seen in history)
            eligible[seen.Index] = false;
        Span<Ranked> candidates = stackalloc Ranked[Candidates];
        candidates = candidates[.._model.TopFor(vector, eligible, candidates)];
        foreach (ref var candidate in candidates)
            candidate = candidate with { Score = candidate.Score * Fatigue.Multiplier(_unclickedViews[candidate.Item]) };
        candidates.Sort(static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Item.CompareTo(b.Item));
        Span<Ranked> list = stackalloc Ranked[Places];
        return _diversifier.Arrange(candidates, list);
    }

    private static Eligibility Share(int count, double share, Random random)
    {
        var eligible = new Eligibility(count);
        for (var item = 0; item < count; item++)
            eligible[item] = random.NextDouble() < share;
        return eligible;
    }
}
