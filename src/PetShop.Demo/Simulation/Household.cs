namespace PetShop.Demo.Simulation;

/// <summary>What drives a household's choices. Nothing of this is ever published.</summary>
internal sealed class Taste
{
    public const int Dimensions = 8;

    public required double[] Vector { get; init; }
    public required HashSet<string> Brands { get; init; }

    /// <summary>How strongly a price above the shelf's average repels; 0 not at all.</summary>
    public required double PriceSensitivity { get; init; }

    /// <summary>Probability of taking the same product again.</summary>
    public required double Habit { get; init; }

    /// <summary>Share of needs that are met in this shop and not elsewhere.</summary>
    public required double Loyalty { get; init; }

    /// <summary>For how many days a pack should last.</summary>
    public required double StockUpDays { get; init; }

    /// <summary>Mean days between visits without a purpose.</summary>
    public required double BrowseEveryDays { get; init; }
}

/// <summary>A household with its pets, taste and needs.</summary>
internal sealed class Household
{
    public required Guid VisitorId { get; init; }
    public required Chance Chance { get; init; }
    public required Taste Taste { get; init; }
    public required IReadOnlyList<HiddenPet> Pets { get; init; }
    public required DateTimeOffset Joined { get; init; }
    public required DateTimeOffset Leaves { get; init; }
    public SimulatedShopper? Shopper { get; init; }

    /// <summary>Bought for many animals: a breeder or shelter eats through packs this much faster.</summary>
    public double Scale { get; init; } = 1;

    public bool IsObserved => Shopper is null || Shopper.Consent.Analytics;
}

/// <summary>Something a pet uses up or wears out.</summary>
/// <param name="GramsADay">Weight used a day, null where the need simply comes back every <paramref name="EveryDays"/>.</param>
/// <param name="EnergyShare">Part of the daily energy, null where it is not a dog's or cat's food.</param>
/// <param name="Months">Months in which the need exists, all when null.</param>
internal sealed record Need(string Leaf, HiddenPet Pet, double? GramsADay, double? EnergyShare, double EveryDays, int[]? Months)
{
    public DateTimeOffset Due { get; set; }

    public ShelfItem? Last { get; set; }

    public bool IsStaple => GramsADay is not null || EnergyShare is not null;

    public bool IsInSeason(DateTimeOffset at) => Months is null || Months.Contains(at.Month);
}
