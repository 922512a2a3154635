using PetShop.Recommender.Interactions;

namespace PetShop.Recommender.Sessions;

/// <summary>Past sessions as nothing but products in order: no visitor, no time finer than a day. Oldest session first.</summary>
public sealed class SessionLog
{
    private readonly int[] _starts;
    private readonly int[] _clicks;
    private readonly int[] _days;

    /// <param name="items">Products of the columns.</param>
    /// <param name="starts">Where each session starts in the clicks; one entry more than sessions.</param>
    /// <param name="clicks">Columns clicked, session after session, in order.</param>
    /// <param name="days">Day of each session, never falling; only differences matter.</param>
    /// <exception cref="ArgumentException">Shapes disagree, a click is no item, or days fall.</exception>
    public SessionLog(ItemIndex items, int[] starts, int[] clicks, int[] days)
    {
        if (starts.Length != days.Length + 1 || starts[0] != 0 || starts[^1] != clicks.Length)
            throw new ArgumentException($"{days.Length} sessions need {days.Length + 1} starts from 0 to {clicks.Length}.", nameof(starts));
        for (var s = 0; s < days.Length; s++)
        {
            if (starts[s + 1] < starts[s] || (s > 0 && days[s] < days[s - 1]))
                throw new ArgumentException($"Session {s} ends before it starts or lies before the one ahead of it.", nameof(starts));
        }
        if (Array.Exists(clicks, c => (uint)c >= (uint)items.Count))
            throw new ArgumentException("A click is on no item of the log.", nameof(clicks));
        (Items, _starts, _clicks, _days) = (items, starts, clicks, days);
    }

    /// <summary>Products and their columns.</summary>
    public ItemIndex Items { get; }

    /// <summary>Number of sessions.</summary>
    public int Count => _days.Length;

    /// <summary>Number of clicks in all sessions.</summary>
    public int ClickCount => _clicks.Length;

    /// <summary>The columns clicked in one session, in order.</summary>
    public ReadOnlySpan<int> this[int session] => _clicks.AsSpan(_starts[session], _starts[session + 1] - _starts[session]);

    /// <summary>Day of each session.</summary>
    public ReadOnlySpan<int> Days => _days;

    internal ReadOnlySpan<int> Starts => _starts;

    internal ReadOnlySpan<int> Clicks => _clicks;
}
