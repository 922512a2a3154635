namespace PetShop.Demo.Simulation;

/// <summary>What a visitor did.</summary>
public enum EventKind
{
    /// <summary>Opened a category page.</summary>
    CategoryViewed,

    /// <summary>Opened a product page.</summary>
    ProductViewed,

    /// <summary>Searched the shop.</summary>
    Searched,

    /// <summary>Put a SKU into the cart.</summary>
    AddedToCart,

    /// <summary>Took a SKU out of the cart.</summary>
    RemovedFromCart,

    /// <summary>Put a product on the wish list.</summary>
    Wishlisted,

    /// <summary>Bought a SKU; one event for each line of the order.</summary>
    Purchased,
}

/// <summary>What a shopper agreed to.</summary>
public sealed record Consent(bool Analytics, bool Personalisation, bool Email, bool PersonalisedPrices);

/// <summary>A pet as its owner would enter it.</summary>
/// <param name="Activity">low, normal or high.</param>
/// <param name="Diet">A diet tag the owner looks for, null for none.</param>
public sealed record SimulatedPet(
    Guid Id, string Name, string Species, string? Breed, DateOnly BirthDate, int WeightGrams, bool Neutered,
    string Activity, string? Diet, IReadOnlyList<string> Allergies);

/// <summary>A person with an account.</summary>
/// <param name="Household">single, couple, family, shared or senior.</param>
/// <param name="Organisation">breeder, shelter, vet or groomer; null for a private person.</param>
/// <param name="DemoKey">Set for the named persons of <see cref="DemoPersons"/>.</param>
public sealed record SimulatedShopper(
    Guid Id, string Email, string FirstName, string LastName, string Language, string Country, string City, string Postcode, string Street,
    int? BirthYear, string Household, string? Organisation, DateTimeOffset JoinedAt, Consent Consent,
    IReadOnlyList<SimulatedPet> Pets, string? DemoKey);

/// <summary>One thing a visitor did; fields that the kind does not need are null.</summary>
/// <param name="Id">A UUIDv7 of the event's own time.</param>
/// <param name="Results">How many products the search found.</param>
/// <param name="DwellMs">Time on the product page in milliseconds.</param>
public sealed record SimulatedEvent(
    Guid Id, EventKind Kind, DateTimeOffset At, string? ProductSlug = null, string? CategorySlug = null, string? SkuCode = null,
    string? Query = null, int? Results = null, int? DwellMs = null, int? Quantity = null, Guid? OrderId = null);

/// <summary>One visit.</summary>
/// <param name="Device">phone, tablet or desktop.</param>
public sealed record SimulatedSession(
    Guid Id, Guid VisitorId, Guid? ShopperId, DateTimeOffset StartedAt, string Device, IReadOnlyList<SimulatedEvent> Events);

/// <summary>A line of an order.</summary>
public sealed record SimulatedOrderLine(string SkuCode, int Quantity, int UnitPriceMinor);

/// <summary>A paid and delivered order.</summary>
/// <param name="SessionId">Null when the shopper did not agree to being measured.</param>
/// <param name="DeliveredAt">May lie after the end of the period for the last orders.</param>
public sealed record SimulatedOrder(
    Guid Id, Guid ShopperId, Guid? SessionId, DateTimeOffset PlacedAt, DateTimeOffset DeliveredAt, int ShippingMinor, IReadOnlyList<SimulatedOrderLine> Lines);

/// <summary>A buyer's opinion.</summary>
public sealed record SimulatedReview(Guid Id, Guid ShopperId, string ProductSlug, int Rating, string Title, string Text, DateTimeOffset WrittenAt);

/// <summary>All that the shop would have seen of one visitor: with an account, or without (then there are only sessions).</summary>
public sealed record VisitorHistory(
    Guid VisitorId, SimulatedShopper? Shopper, IReadOnlyList<SimulatedSession> Sessions,
    IReadOnlyList<SimulatedOrder> Orders, IReadOnlyList<SimulatedReview> Reviews);

/// <summary>How far a simulation has come.</summary>
public sealed record SimulationProgress(int Done, int Total, int Orders, int Events);

/// <summary>What to simulate.</summary>
/// <param name="Until">The end of the period, and "now" for every age.</param>
/// <param name="VisitorsPerShopper">Visitors without an account for each one with an account.</param>
/// <param name="Named">Whether the named persons are among the shoppers; false for people who join a shop that has them, whose addresses then carry the seed.</param>
public sealed record SimulationOptions(DateTimeOffset Until, ulong Seed = 1, int Shoppers = 2_000, int Days = 365, double VisitorsPerShopper = 1.9, bool Named = true);
