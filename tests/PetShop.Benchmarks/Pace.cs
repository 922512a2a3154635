namespace PetShop.Benchmarks;

/// <summary>How long and how often everything is measured.</summary>
/// <param name="Round">Length of one round of load.</param>
/// <param name="Rounds">Rounds of each of the two sides, turn by turn.</param>
/// <param name="WarmUp">Requests before the first round, so that the compiler has finished with what they run.</param>
/// <param name="Connections">Numbers of requests in flight.</param>
public sealed record Pace(TimeSpan Round, int Rounds, int WarmUp, IReadOnlyList<int> Connections)
{
    /// <summary>Fewer tries of everything, for a look.</summary>
    public bool IsQuick { get; init; }

    private static readonly string[] Visitors = ["new visitor", "signed in"];

    /// <summary>Pages, kinds of visitor, numbers of connections and data sets to measure; those of a kind that is not named are all measured.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Whether a page is to be measured as that visitor.</summary>
    public bool Takes(string page, string visitor) =>
        (!Only.Intersect(Visitors).Any() || Only.Contains(visitor)) && (!Only.Except(Visitors).Any(o => !int.TryParse(o, out _)) || Only.Contains(page));

    /// <summary>Whether that many requests in flight are to be measured.</summary>
    public bool Takes(int connections) => !Only.Any(o => int.TryParse(o, out _)) || Only.Contains($"{connections}");

    public static Pace Full { get; } = new(TimeSpan.FromSeconds(4), 3, 3_000, [1, 16, 64]);
    public static Pace Quick { get; } = new(TimeSpan.FromSeconds(1.5), 2, 1_500, [1, 16, 64]) { IsQuick = true };
}
