using PetShop.Recommender.Interactions;

namespace PetShop.Recommender.Evaluation;

/// <summary>One shopper to test with.</summary>
/// <param name="Shopper">Who.</param>
/// <param name="Bought">Columns of what they bought in the held-out time, in order.</param>
public sealed record HeldOut(Guid Shopper, int[] Bought)
{
    /// <summary>Columns of what they had bought or refused before, in order: discovery does not show it again. Null stands for everything they had touched.</summary>
    public int[]? Settled { get; init; }
}

/// <summary>What happened before a moment, to learn from, and what was bought after it, to test with.</summary>
/// <param name="Training">Everything up to the cut; its columns include products first bought later, so that the whole catalogue competes.</param>
/// <param name="Cases">Shoppers with both a past and held-out purchases, in order of id.</param>
/// <param name="ColdShoppers">Shoppers with held-out purchases and no past; no history, no test.</param>
public sealed record Holdout(InteractionMatrix Training, IReadOnlyList<HeldOut> Cases, int ColdShoppers)
{
    /// <summary>Pasts of shoppers that training must not see (strong generalisation); null when the cases are among those trained on.</summary>
    public InteractionMatrix? Histories { get; init; }

    /// <summary>A shopper's past, to be folded in.</summary>
    public ReadOnlySpan<Interaction> HistoryOf(Guid shopper) => (Histories ?? Training).HistoryOf(shopper);

    internal static Holdout Of(InteractionMatrix training, InteractionMatrix? histories, Dictionary<Guid, HashSet<int>> bought, Func<Guid, int[]> settledOf)
    {
        var pasts = histories ?? training;
        var cases = bought.Where(b => !pasts.HistoryOf(b.Key).IsEmpty).OrderBy(b => b.Key)
            .Select(b => new HeldOut(b.Key, [.. b.Value.Select(training.Items.ColumnOf).Order()]) { Settled = settledOf(b.Key) }).ToArray();
        return new Holdout(training, cases, bought.Count - cases.Length) { Histories = histories };
    }
}
