using PetShop.Recommender.Interactions;

namespace PetShop.Recommender.Evaluation;

/// <summary>A stretch of time whose purchases are held out; everything up to its start may be learned.</summary>
/// <param name="From">Purchases after this moment count.</param>
/// <param name="Until">Up to this one.</param>
public sealed record EvaluationWindow(DateTimeOffset From, DateTimeOffset Until);

/// <summary>Cuts the latest purchases into windows that follow each other, the same for all shoppers.</summary>
public static class RollingWindows
{
    /// <summary>The last windows of a history, oldest first; fewer when the purchases fall on too few moments.</summary>
    /// <param name="events">Everything known.</param>
    /// <param name="end">End of the last window.</param>
    /// <param name="count">Windows wanted.</param>
    /// <param name="share">Share of all purchases in each.</param>
    /// <exception cref="ArgumentException">The windows would take in all purchases or none.</exception>
    public static IReadOnlyList<EvaluationWindow> Last(InteractionMatrixBuilder events, DateTimeOffset end, int count = 3, double share = 0.06)
    {
        if (count < 1 || !(share > 0) || !(count * share < 1))
            throw new ArgumentException($"{count} windows of a share of {share} are not possible: at least one is needed, and some purchases must stay to learn from.");
        DateTimeOffset[] times = [.. events.PurchaseTimes.Order()];
        if (times.Length == 0)
            return [];
        DateTimeOffset[] cuts = [.. Enumerable.Range(0, count).Select(w => times[(int)((times.Length - 1) * (1 - share * (count - w)))]).Where(cut => cut < end).Distinct()];
        return [.. cuts.Select((cut, w) => new EvaluationWindow(cut, w + 1 < cuts.Length ? cuts[w + 1] : end))];
    }

    /// <summary>The past and the purchases of one window.</summary>
    /// <param name="events">Everything known.</param>
    /// <param name="window">What is held out.</param>
    /// <param name="unseen">Shoppers to leave out of training altogether and to test alone, folded in from their past (strong generalisation); by default none is.</param>
    /// <param name="cancel">Ends the work.</param>
    public static Holdout HoldOut(this InteractionMatrixBuilder events, EvaluationWindow window, Func<Guid, bool>? unseen = null, CancellationToken cancel = default)
    {
        var training = events.Build(window.From, unseen is null ? null : shopper => !unseen(shopper), cancel);
        var histories = unseen is null ? null : events.Build(window.From, unseen, cancel);
        return Holdout.Of(training, histories, events.BoughtBetween(window.From, window.Until, unseen), shopper => events.SettledBy(shopper, window.From, training.Items));
    }

    /// <summary>A stable choice of shoppers: the same ids are in it in every run.</summary>
    /// <param name="shopper">Whose id.</param>
    /// <param name="share">From 0 to 1.</param>
    public static bool IsUnseen(Guid shopper, double share)
    {
        Span<byte> bytes = stackalloc byte[16];
        shopper.TryWriteBytes(bytes);
        var hash = 2166136261u;
        foreach (var b in bytes)
            hash = (hash ^ b) * 16777619;
        // The low bits of this hash follow the last byte too closely; a final mix spreads them.
        hash = (hash ^ (hash >> 15)) * 2246822519u;
        return (hash ^ (hash >> 13)) < share * uint.MaxValue;
    }
}
