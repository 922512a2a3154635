namespace PetShop.Web.Tests.Targeting.Equality;

/// <summary>A shop as rows, nothing in it worked out, and what then happened to some of the people.</summary>
internal sealed class RawWorld(DateTimeOffset asOf, int seed)
{
    public DateTimeOffset AsOf => asOf;
    public int Seed => seed;
    public List<RawShopper> Shoppers { get; } = [];
    public List<RawEvent> Events { get; } = [];
    public List<RawOrder> Orders { get; } = [];
    public List<RawPet> Pets { get; } = [];
    public List<RawForecast> Forecasts { get; } = [];
    public List<RawListing> Listings { get; } = [];
    public List<RawReceipt> Receipts { get; } = [];

    /// <summary>Browsers that sign in after all of it was recorded.</summary>
    public List<(Guid Visitor, Guid Shopper)> SignIns { get; } = [];

    /// <summary>Accounts that ask to be erased after that.</summary>
    public List<Guid> Erasures { get; } = [];

    /// <summary>What a sign-in does to the rows: the browser's history and animals come along; its id is the rollout key of an account without one; an account that has agreed to nothing yet takes over the browser's answer.</summary>
    public void Join(Guid visitor, Guid shopper)
    {
        var at = Shoppers.FindIndex(s => s.Id == shopper);
        Shoppers[at] = Shoppers[at] with { RolloutKey = Shoppers[at].RolloutKey ?? visitor.ToString("N") };
        if (Shoppers[at] is { ConsentAnalytics: false, ConsentPersonalisation: false })
            Shoppers[at] = Shoppers[at] with { ConsentAnalytics = true, ConsentPersonalisation = true, ConsentPrices = false };
        for (var i = 0; i < Events.Count; i++)
            if (Events[i].VisitorId == visitor && Events[i].ShopperId is null)
                Events[i] = Events[i] with { ShopperId = shopper };
        for (var i = 0; i < Pets.Count; i++)
            if (Pets[i].VisitorId == visitor)
                Pets[i] = Pets[i] with { ShopperId = shopper, VisitorId = null };
    }

    /// <summary>What an erasure does.</summary>
    public void Erase(Guid shopper)
    {
        Shoppers.RemoveAll(s => s.Id == shopper);
        Events.RemoveAll(e => e.ShopperId == shopper);
        Orders.RemoveAll(o => o.ShopperId == shopper);
        Pets.RemoveAll(p => p.ShopperId == shopper);
    }
}

internal sealed record RawShopper(
    Guid Id, int? BirthYear, string? Country, string? City, string? Postcode, string? Language, string? OrganisationKind, string[] QuizValues, DateTimeOffset RegisteredAt, string? RolloutKey,
    bool ConsentAnalytics, bool ConsentPersonalisation, bool ConsentEmail, bool ConsentPrices, bool IsSuppressed);

internal sealed record RawEvent(
    Guid Id, DateTimeOffset OccurredAt, short Type, Guid VisitorId, Guid? ShopperId, Guid? SessionId, int? ProductId, int? CategoryId, int? Quantity, long? ValueMinor, string? Query);

internal sealed record RawOrder(string Number, Guid CheckoutKey, Guid? ShopperId, short Status, DateTimeOffset PlacedAt, long GoodsMinor);

internal sealed record RawPet(
    Guid Id, Guid? ShopperId, Guid? VisitorId, string Name, string Species, string? Breed, DateOnly? BornOn, int? WeightG, int? AdultWeightG, bool? Neutered, string? Activity, string? Diet, string[] Allergies,
    DateOnly? DiedOn, DateTimeOffset CreatedAt);

/// <summary>What the jobs that learn have stored of a shopper: a model's word, so there is nothing behind it to work out again.</summary>
internal sealed record RawForecast(Guid ShopperId, short? ChurnPermille, long? ValueYearMinor, DateOnly? NextOrderOn, string? TopCategory, string? TopBrand, string[] Categories, string[] Brands);

internal sealed record RawListing(string List, Guid ShopperId);

internal sealed record RawReceipt(Guid Id, Guid VisitorId, DateTimeOffset GivenAt);
