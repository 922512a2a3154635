namespace PetShop.Recommender.Ranking;

/// <summary>Shows a product less after it was shown in vain.</summary>
public static class Fatigue
{
    /// <summary>So many views without a click send a product to rest.</summary>
    public const int ViewsBeforeRest = 6;

    /// <summary>How long it rests after its last view.</summary>
    public static TimeSpan Rest { get; } = TimeSpan.FromDays(14);

    /// <summary>Views count within this time.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromDays(7);

    /// <summary>Factor for the score: <c>e^(-0.25 n)</c> after n views without a click within <see cref="Window"/>.</summary>
    public static float Multiplier(int unclickedViews) => MathF.Exp(-0.25f * Math.Max(0, unclickedViews));

    /// <summary>Whether the product stays away for now.</summary>
    /// <param name="unclickedViews">Views since the last click.</param>
    /// <param name="sinceLastView">Time since the last of them.</param>
    public static bool IsResting(int unclickedViews, TimeSpan sinceLastView) => unclickedViews >= ViewsBeforeRest && sinceLastView < Rest;
}
