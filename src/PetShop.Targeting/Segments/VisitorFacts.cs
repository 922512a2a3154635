namespace PetShop.Targeting.Segments;

/// <summary>The purposes a visitor may agree to, one by one.</summary>
[Flags]
public enum ConsentPurposes { None = 0, Analytics = 1, Personalisation = 2, Email = 4, Prices = 8 }

/// <summary>All that is known of one visitor at one instant; what is not known is null or empty.</summary>
public sealed record VisitorFacts
{
    public static VisitorFacts Unknown { get; } = new();

    /// <summary>Null until the visitor has signed in.</summary>
    public Guid? ShopperId { get; init; }

    /// <summary>The first visitor id ever seen; survives sign-in and merges.</summary>
    public string? RolloutKey { get; init; }

    /// <summary>What they agreed to; what counts of it is <see cref="PurposesAt"/>.</summary>
    public ConsentPurposes Consents { get; init; }

    public int? BirthYear { get; init; }
    public string? Country { get; init; }
    public string? City { get; init; }
    public string? Postcode { get; init; }
    public string? Language { get; init; }
    public string? OrganisationKind { get; init; }
    public IReadOnlyList<string> QuizValues { get; init; } = [];
    public DateTimeOffset? RegisteredAt { get; init; }

    public DateTimeOffset? LastOrderAt { get; init; }
    public int OrdersCount { get; init; }
    public long RevenueMinor { get; init; }
    public DateTimeOffset? LastSeenAt { get; init; }
    public int Sessions30d { get; init; }
    public string? TopDepartment { get; init; }
    public string? TopBrand { get; init; }
    public int? RfmRecency { get; init; }
    public int? RfmFrequency { get; init; }
    public int? RfmMonetary { get; init; }

    /// <summary>Chance, in thousandths, of no order in the coming year.</summary>
    public int? ChurnPermille { get; init; }
    public long? ValueYearMinor { get; init; }
    public DateOnly? NextOrderOn { get; init; }
    public string? TopCategory { get; init; }

    /// <summary>Living pets only.</summary>
    public IReadOnlyList<PetFacts> Pets { get; init; } = [];

    /// <summary>In any order; how far back they must reach is <see cref="RuleNeeds.HistoryDays"/>.</summary>
    public IReadOnlyList<BehaviourFacts> Events { get; init; } = [];

    /// <summary>Keys of the lists that name the shopper.</summary>
    public IReadOnlyList<string> Lists { get; init; } = [];

    public VisitContext Visit { get; init; } = VisitContext.None;

    /// <summary>What they agreed to and their age does not close.</summary>
    public ConsentPurposes PurposesAt(Moment at) => BirthYear > at.AdultsBornBy ? Consents & ~ConsentBars.ForMinors : Consents;
}

/// <summary>One living pet of the household.</summary>
public sealed record PetFacts
{
    public string? Name { get; init; }
    public required string Species { get; init; }
    public string? Breed { get; init; }
    public DateOnly? BornOn { get; init; }
    public int? WeightG { get; init; }
    public int? AdultWeightG { get; init; }
    public bool? Neutered { get; init; }
    public string? Activity { get; init; }
    public string? Diet { get; init; }
    public IReadOnlyList<string> Allergies { get; init; } = [];
}

/// <summary>One event of a visitor, with what the rules may ask of its product.</summary>
/// <param name="CategoryPath">Slugs from the department down to the category itself; empty when none is known.</param>
public sealed record BehaviourFacts(
    BehaviourType Type, DateTimeOffset OccurredAt, int? ProductId = null, string? Brand = null, ValueList<string>? CategoryPath = null,
    int? Quantity = null, long? ValueMinor = null, string? Query = null);

/// <summary>The visit under way; nothing of it is stored, so no set of shoppers can be asked about it.</summary>
public sealed record VisitContext
{
    public static VisitContext None { get; } = new();

    /// <summary>desktop, phone or tablet.</summary>
    public string? Device { get; init; }

    /// <summary>ISO 3166-1 alpha-2, upper case, from the edge or the delivery address.</summary>
    public string? Country { get; init; }

    public string? ReferrerHost { get; init; }
    public string? Campaign { get; init; }
}

/// <summary>What a trait is read from: a visitor at a moment and, inside a filter, one pet or one event.</summary>
public readonly record struct Subject(VisitorFacts Visitor, Moment At, PetFacts? Pet = null, BehaviourFacts? Event = null);
