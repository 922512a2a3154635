namespace PetShop.Targeting.Groups;

/// <summary>A named field of the board of recency against worth; the fields cover it without overlap.</summary>
/// <param name="Name">As written in rules and read by merchandisers.</param>
/// <param name="Idea">What to do for them.</param>
public sealed record RfmSegment(string Name, int RecencyFrom, int RecencyTo, int WorthFrom, int WorthTo, string Idea)
{
    // The usual ten fields; worth is the mean of the frequency and the money score.
    public static IReadOnlyList<RfmSegment> All { get; } =
    [
        new("champions", 5, 5, 4, 5, "They buy often, much and lately: thank them, show new things first."),
        new("loyal", 3, 4, 4, 5, "They come back by themselves: offer subscriptions and larger packs."),
        new("potential loyal", 4, 5, 2, 3, "They came lately and more than once or for much: suggest what goes with it."),
        new("new", 5, 5, 1, 1, "They have just bought for the first time: help them start well."),
        new("promising", 4, 4, 1, 1, "They bought little not long ago: a reminder when the pack runs out."),
        new("needs attention", 3, 3, 3, 3, "They were good buyers and are growing quiet: ask what is missing."),
        new("about to sleep", 3, 3, 1, 2, "They bought little and some time ago: show what is popular now."),
        new("cannot lose", 1, 2, 5, 5, "The best buyers of an earlier time: write to them in person."),
        new("at risk", 1, 2, 3, 4, "They bought well and have stayed away: a reason to come back."),
        new("hibernating", 1, 2, 1, 2, "They bought little, long ago: mail them seldom."),
    ];

    /// <summary>The field of these scores; null when one is unknown, as for those who never bought.</summary>
    public static RfmSegment? Of(int? recency, int? frequency, int? monetary)
    {
        if (recency is not { } r || frequency is not { } f || monetary is not { } m)
            return null;
        var worth = (f + m + 1) / 2;
        foreach (var segment in All)
            if (r >= segment.RecencyFrom && r <= segment.RecencyTo && worth >= segment.WorthFrom && worth <= segment.WorthTo)
                return segment;
        throw new ArgumentException($"Scores are 1 to 5; these are {r}, {f}, {m}.");
    }

    /// <summary>The same, over columns of smallint.</summary>
    public static string Sql(string recency, string frequency, string monetary) =>
        $"(CASE {string.Join(' ', All.Select(s => $"WHEN {recency} BETWEEN {s.RecencyFrom} AND {s.RecencyTo} AND ({frequency} + {monetary} + 1) / 2 BETWEEN {s.WorthFrom} AND {s.WorthTo} THEN '{s.Name}'"))} END)";
}
