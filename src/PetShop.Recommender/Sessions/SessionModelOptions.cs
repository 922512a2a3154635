namespace PetShop.Recommender.Sessions;

/// <summary>Numbers of <see cref="SessionModel"/>; the defaults were tuned on the last 7 % of the training sessions of a public clickstream.</summary>
public sealed record SessionModelOptions
{
    /// <summary>Sessions kept, the latest: the bound of the model's memory.</summary>
    public int MaxSessions { get; init; } = 200_000;

    /// <summary>Clicks kept of one session, the latest.</summary>
    public int MaxClicks { get; init; } = 40;

    /// <summary>Latest sessions looked at for each clicked product: the bound of a list's cost.</summary>
    public int SessionsPerItem { get; init; } = 500;

    /// <summary>Different products of the evolving session that count, the latest.</summary>
    public int RecentItems { get; init; } = 12;

    /// <summary>Sessions most like the evolving one whose clicks are counted.</summary>
    public int Neighbours { get; init; } = 500;

    /// <summary>How fast a click loses weight with every different product clicked after it: <c>e^(-fade r)</c>.</summary>
    public double ClickFade { get; init; } = 0.37;

    /// <summary>Power of a shared product's rarity in the likeness of two sessions.</summary>
    public double SharedRarity { get; init; } = 4.7;

    /// <summary>Power of a candidate's rarity.</summary>
    public double CandidateRarity { get; init; } = 0.47;

    /// <summary>Power of a session's length that its likeness is divided by.</summary>
    public double LengthPenalty { get; init; } = 0.03;

    /// <summary>Time in which a past session loses half its weight.</summary>
    public TimeSpan HalfLife { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How fast a neighbour's click loses weight with its distance from the shared product: <c>1 / d^power</c>.</summary>
    public double DistancePower { get; init; } = 0.55;

    /// <summary>Weight of what neighbours clicked before the shared product, against after it.</summary>
    public double BackwardWeight { get; init; } = 1;

    /// <summary>Weight of the sequential rules beside the neighbours' 1.</summary>
    public double RuleWeight { get; init; } = 0.15;

    /// <summary>How fast a rule fades with the steps between its two clicks: <c>1 / d^power</c>.</summary>
    public double RulePower { get; init; } = 1;

    /// <summary>How fast the rules of earlier clicks lose weight, as <see cref="ClickFade"/>.</summary>
    public double RuleFade { get; init; } = 1.5;

    /// <summary>Weight of going back to a product of this session, against the neighbours' 1.</summary>
    public double ReturnWeight { get; init; } = 2.9;

    internal void Validate()
    {
        if (MaxSessions < 1 || MaxClicks < 2 || SessionsPerItem < 1 || RecentItems < 1 || Neighbours < 1)
            throw new ArgumentException($"Sessions ({MaxSessions}), sessions a product ({SessionsPerItem}), recent products ({RecentItems}) and neighbours ({Neighbours}) must be at least 1, clicks ({MaxClicks}) at least 2.");
        if (HalfLife <= TimeSpan.Zero)
            throw new ArgumentException($"The half-life ({HalfLife}) must be above 0.");
        double[] powers = [ClickFade, SharedRarity, CandidateRarity, LengthPenalty, DistancePower, BackwardWeight, RuleWeight, RulePower, RuleFade, ReturnWeight];
        if (Array.Exists(powers, p => !(p >= 0) || double.IsInfinity(p)))
            throw new ArgumentException($"Weights and powers must be finite and not negative: {string.Join(", ", powers)}.");
    }
}
