namespace PetShop.Targeting.Groups;

/// <summary>Where a buyer stands among all buyers: how lately, how often and for how much, each 1 (least) to 5.</summary>
public readonly record struct RfmScores(int Recency, int Frequency, int Monetary)
{
    /// <summary>Scores every buyer.</summary>
    /// <param name="buyers">Instant of the last order in any unit that grows with time, orders (the first one counts) and money spent.</param>
    public static RfmScores[] Of(IReadOnlyList<(long LastOrder, long Orders, long Spent)> buyers)
    {
        var (recency, frequency, monetary) = (Fifths([.. buyers.Select(b => b.LastOrder)]), Fifths([.. buyers.Select(b => b.Orders)]), Fifths([.. buyers.Select(b => b.Spent)]));
        return [.. buyers.Select((_, i) => new RfmScores(recency[i], frequency[i], monetary[i]))];
    }

    /// <summary>1 to 5 by percent rank: least(5, 1 + floor(5 percent_rank())), as PostgreSQL counts it. Equal values score equally, however many there are.</summary>
    public static int[] Fifths(IReadOnlyList<long> values)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var scores = new int[values.Count];
        var before = 0;
        for (var place = 0; place < order.Length; place++)
        {
            if (place > 0 && values[order[place]] != values[order[place - 1]])
                before = place;
            scores[order[place]] = order.Length == 1 ? 1 : (int)Math.Min(5, 1 + 5L * before / (order.Length - 1));
        }
        return scores;
    }
}
