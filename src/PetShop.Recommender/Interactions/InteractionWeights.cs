namespace PetShop.Recommender.Interactions;

/// <summary>How much each kind of event counts and how fast it fades.</summary>
public static class InteractionWeights
{
    /// <summary>Confidence no amount of events exceeds.</summary>
    public const float MaxConfidence = 20;

    /// <summary>Confidence of a refusal on the day it is given.</summary>
    public const float RefusalConfidence = 8;

    /// <summary>A look shorter than this says nothing.</summary>
    public static TimeSpan MinimumDwell { get; } = TimeSpan.FromSeconds(8);

    /// <summary>Weight of an event on the day it happens; refusals weigh nothing here, they have a confidence of their own.</summary>
    public static double WeightOf(InteractionKind kind) => kind switch
    {
        InteractionKind.View => 1,
        InteractionKind.SearchClick => 1.5,
        InteractionKind.Wishlist => 3,
        InteractionKind.CartAdd => 4,
        InteractionKind.Purchase => 8,
        InteractionKind.Subscription => 12,
        InteractionKind.Dislike or InteractionKind.PetRefused => 0,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of interaction."),
    };

    /// <summary>Days in which an event loses half its weight; infinite for one that does not fade.</summary>
    public static double HalfLifeDays(InteractionKind kind) => kind switch
    {
        InteractionKind.View or InteractionKind.SearchClick => 14,
        InteractionKind.Wishlist => 60,
        InteractionKind.CartAdd => 30,
        InteractionKind.Purchase => 180,
        InteractionKind.Subscription => double.PositiveInfinity,
        InteractionKind.Dislike or InteractionKind.PetRefused => 365,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of interaction."),
    };

    /// <summary>What is left of an event of this kind after some time: 1 now, 0.5 after one half-life.</summary>
    public static double Decay(InteractionKind kind, TimeSpan age) => Math.Pow(2, -Math.Max(0, age.TotalDays) / HalfLifeDays(kind));

    /// <summary>Turns the sum of faded weights into a confidence: <c>min(20, 1 + 2 log2(1 + r))</c>.</summary>
    public static float Confidence(double strength) => (float)Math.Min(MaxConfidence, 1 + 2 * Math.Log2(1 + Math.Max(0, strength)));

    internal static bool IsRefusal(InteractionKind kind) => kind is InteractionKind.Dislike or InteractionKind.PetRefused;

    /// <summary>A look does not take a refusal back; choosing the product does.</summary>
    internal static bool IsIntent(InteractionKind kind) =>
        kind is InteractionKind.Wishlist or InteractionKind.CartAdd or InteractionKind.Purchase or InteractionKind.Subscription;
}
