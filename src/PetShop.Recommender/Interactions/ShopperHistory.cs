using System.Buffers;

namespace PetShop.Recommender.Interactions;

/// <summary>Weighs one shopper's events into interactions, one for each product; the same code feeds training and serving.</summary>
public static class ShopperHistory
{
    // A refusal faded below this says nothing any more (eight years); its inverse would only strain the solver.
    private const double LeastConfidence = 0.03;

    /// <summary>Weighs events of known products; those later than <paramref name="asOf"/> or of unknown products are left out.</summary>
    /// <returns>At most one interaction a product, in column order.</returns>
    public static Interaction[] Weigh(ReadOnlySpan<InteractionEvent> events, ItemIndex items, DateTimeOffset asOf)
    {
        var history = new Interaction[events.Length];
        return history[..Weigh(events, items, asOf, history)];
    }

    /// <summary>As above, into the caller's span.</summary>
    /// <param name="history">Room for as many interactions as there are events.</param>
    /// <returns>How many interactions were written.</returns>
    public static int Weigh(ReadOnlySpan<InteractionEvent> events, ItemIndex items, DateTimeOffset asOf, Span<Interaction> history)
    {
        var known = ArrayPool<InteractionEvent>.Shared.Rent(events.Length);
        var count = 0;
        foreach (var e in events)
        {
            var column = items.ColumnOf(e.Product);
            if (column >= 0 && e.At <= asOf)
                known[count++] = e with { Product = column };
        }
        var written = WeighColumns(known.AsSpan(0, count), asOf, history);
        ArrayPool<InteractionEvent>.Shared.Return(known);
        return written;
    }

    /// <summary>Sorts the events, whose products are columns, and weighs each column's run.</summary>
    internal static int WeighColumns(Span<InteractionEvent> events, DateTimeOffset asOf, Span<Interaction> history)
    {
        // The full order makes the sums, and so the model, independent of the order in which events arrive.
        events.Sort(static (a, b) => a.Product != b.Product ? a.Product.CompareTo(b.Product)
            : a.At != b.At ? a.At.CompareTo(b.At)
            : a.Kind != b.Kind ? a.Kind.CompareTo(b.Kind) : a.Quantity.CompareTo(b.Quantity));
        var written = 0;
        for (var start = 0; start < events.Length;)
        {
            var end = start + 1;
            while (end < events.Length && events[end].Product == events[start].Product)
                end++;
            var interaction = WeighRun(events[start..end], asOf);
            if (interaction.Confidence >= LeastConfidence)
                history[written++] = interaction;
            start = end;
        }
        return written;
    }

    private static Interaction WeighRun(ReadOnlySpan<InteractionEvent> run, DateTimeOffset asOf)
    {
        double strength = 0, refusal = 0;
        foreach (var e in run)
        {
            var left = InteractionWeights.Decay(e.Kind, asOf - e.At);
            if (InteractionWeights.IsRefusal(e.Kind))
                refusal = InteractionWeights.RefusalConfidence * left;
            else if (InteractionWeights.IsIntent(e.Kind))
                refusal = 0;
            // Ten tins at once say more than one, but not ten times as much.
            strength += InteractionWeights.WeightOf(e.Kind) * left * (1 + Math.Log2(Math.Max(1, e.Quantity)));
        }
        return refusal > 0
            ? new Interaction(run[0].Product, (float)refusal, 0)
            : new Interaction(run[0].Product, InteractionWeights.Confidence(strength));
    }
}
