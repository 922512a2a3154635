namespace PetShop.Benchmarks;

/// <summary>How long and how often everything is measured.</summary>
/// <param name="Round">Length of one round of load.</param>
/// <param name="Rounds">Rounds of each of the two sides, turn by turn.</param>
/// <param name="WarmUp">Requests before the first round, so that the compiler has finished with what they run.</param>
/// <param name="Connections">Numbers of requests in flight.</param>
public sealed record Pace(TimeSpan Round, int Rounds, int WarmUp, IReadOnlyList<int> Connections)
{
    public static Pace Full { get; } = new(TimeSpan.FromSeconds(4), 3, 3_000, [1, 16, 64]);
    public static Pace Quick { get; } = new(TimeSpan.FromSeconds(1.5), 2, 1_500, [1, 16, 64]);
}
