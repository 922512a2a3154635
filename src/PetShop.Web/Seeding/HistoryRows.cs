using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Catalog;
using PetShop.Data.Events;
using PetShop.Data.Orders;
using PetShop.Data.Shoppers;
using PetShop.Demo.Simulation;

namespace PetShop.Web.Seeding;

/// <summary>Turns the simulator's records into rows, with the ids the catalogue got from the database.</summary>
public sealed class HistoryRows(string currency)
{
    private static readonly string SeedTextHash = Convert.ToHexStringLower(SHA256.HashData("Answers of simulated shoppers."u8));
    private Dictionary<string, (int Id, string Name)> _products = [];
    private Dictionary<string, (int Id, int ProductId, string Label)> _skus = [];
    private Dictionary<string, int> _categories = [];

    public async Task LoadCatalogueAsync(PetShopDb db, CancellationToken cancel)
    {
        _products = await db.Products.ToDictionaryAsync(p => p.Slug, p => (p.Id, p.Name), cancel);
        _skus = await db.Skus.ToDictionaryAsync(s => s.Code, s => (s.Id, s.ProductId, s.Label), cancel);
        _categories = await db.Categories.ToDictionaryAsync(c => c.Slug, c => c.Id, cancel);
    }

    public ShopEvent Event(SimulatedSession session, SimulatedEvent happened)
    {
        var sku = happened.SkuCode is null ? default((int Id, int ProductId, string Label)?) : _skus[happened.SkuCode];
        return new ShopEvent
        {
            Id = happened.Id, OccurredAt = happened.At, Type = TypeOf(happened.Kind), VisitorId = session.VisitorId, ShopperId = session.ShopperId,
            SessionId = session.Id, ProductId = sku?.ProductId ?? (happened.ProductSlug is null ? null : _products[happened.ProductSlug].Id), SkuId = sku?.Id,
            CategoryId = happened.CategorySlug is null ? null : _categories[happened.CategorySlug], Quantity = happened.Quantity, DwellMs = happened.DwellMs,
            Query = happened.Query, ResultCount = happened.Results, Device = session.Device,
        };
    }

    private static EventType TypeOf(EventKind kind) => kind switch
    {
        EventKind.ProductViewed => EventType.ProductViewed,
        EventKind.CategoryViewed => EventType.CategoryViewed,
        EventKind.Searched => EventType.Searched,
        EventKind.AddedToCart => EventType.CartAdded,
        EventKind.RemovedFromCart => EventType.CartRemoved,
        EventKind.Wishlisted => EventType.WishListed,
        EventKind.Purchased => EventType.Purchased,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The simulator makes an event that the shop does not know."),
    };

    public static Shopper Shopper(SimulatedShopper simulated, Guid visitorId, string? password)
    {
        var shopper = new Shopper
        {
            Id = simulated.Id, FirstName = simulated.FirstName, LastName = simulated.LastName, BirthYear = simulated.BirthYear, Country = simulated.Country,
            City = simulated.City, Postcode = simulated.Postcode, Language = simulated.Language, Household = simulated.Household,
            OrganisationKind = simulated.Organisation, RegisteredAt = simulated.JoinedAt, ConsentAnalytics = simulated.Consent.Analytics,
            ConsentPersonalisation = simulated.Consent.Personalisation, ConsentEmail = simulated.Consent.Email,
            ConsentPrices = simulated.Consent.PersonalisedPrices, RolloutKey = visitorId.ToString(),
        };
        DemoStaff.SetSignIn(shopper, simulated.Email, password);
        return shopper;
    }

    public static ConsentReceipt Receipt(SimulatedShopper shopper, Guid visitorId) => new()
    {
        Id = Guid.CreateVersion7(shopper.JoinedAt), VisitorId = shopper.Consent.Analytics || shopper.Consent.Personalisation ? visitorId : null,
        ShopperId = shopper.Id, Analytics = shopper.Consent.Analytics, Personalisation = shopper.Consent.Personalisation, Email = shopper.Consent.Email,
        Prices = shopper.Consent.PersonalisedPrices, TextVersion = "simulated", TextHash = SeedTextHash, Language = "en", DialogVariant = "simulated",
        Method = "choose", GivenAt = shopper.JoinedAt,
    };

    /// <summary>Of a visitor without an account: what was recorded of them was recorded with consent.</summary>
    public static ConsentReceipt Receipt(Guid visitorId, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at), VisitorId = visitorId, Analytics = true, Personalisation = true, TextVersion = "simulated", TextHash = SeedTextHash,
        Language = "en", DialogVariant = "simulated", Method = "choose", GivenAt = at,
    };

    public static Address Address(SimulatedShopper shopper) => new()
    {
        ShopperId = shopper.Id, FullName = $"{shopper.FirstName} {shopper.LastName}", Line1 = shopper.Street, Postcode = shopper.Postcode,
        City = shopper.City, Country = shopper.Country, IsDefault = true,
    };

    public static Pet Pet(SimulatedPet pet, SimulatedShopper owner) => new()
    {
        Id = pet.Id, ShopperId = owner.Id, Name = pet.Name, Species = pet.Species, Breed = pet.Breed, BornOn = pet.BirthDate, WeightG = pet.WeightGrams,
        AdultWeightG = pet.WeightGrams, Neutered = pet.Neutered, Activity = pet.Activity, Diet = pet.Diet, Allergies = [.. pet.Allergies], CreatedAt = owner.JoinedAt,
    };

    /// <summary>Adds an order and its lines; until orders have ids, a line's <c>OrderId</c> is the order's place in <paramref name="orders"/>.</summary>
    public void AddOrder(SimulatedOrder simulated, SimulatedShopper shopper, Guid visitorId, List<Order> orders, List<OrderLine> lines)
    {
        var goods = 0L;
        foreach (var line in simulated.Lines)
        {
            var sku = _skus[line.SkuCode];
            goods += (long)line.Quantity * line.UnitPriceMinor;
            lines.Add(new OrderLine
            {
                OrderId = orders.Count, SkuId = sku.Id, ProductId = sku.ProductId, ProductName = ProductNames[sku.ProductId], SkuLabel = sku.Label,
                Quantity = line.Quantity, UnitPriceMinor = line.UnitPriceMinor, BasePriceMinor = line.UnitPriceMinor,
            });
        }
        orders.Add(new Order
        {
            Number = "", CheckoutKey = simulated.Id, ShopperId = shopper.Id, VisitorId = simulated.SessionId is null ? null : visitorId, Email = shopper.Email,
            Status = OrderStatus.Delivered, PlacedAt = simulated.PlacedAt, Currency = currency, GoodsMinor = goods, DeliveryMinor = simulated.ShippingMinor,
            TotalMinor = goods + simulated.ShippingMinor, DeliveryMethod = "standard", PaymentMethod = "invoice", FullName = $"{shopper.FirstName} {shopper.LastName}",
            Line1 = shopper.Street, Postcode = shopper.Postcode, City = shopper.City, Country = shopper.Country,
        });
    }

    private Dictionary<int, string> ProductNames => field ??= _products.Values.ToDictionary(p => p.Id, p => p.Name);

    public Review Review(SimulatedReview review, SimulatedShopper shopper) => new()
    {
        ProductId = _products[review.ProductSlug].Id, ShopperId = shopper.Id, DisplayName = $"{shopper.FirstName} {shopper.LastName[0]}.",
        Rating = (short)review.Rating, Title = review.Title, Text = review.Text, CreatedAt = review.WrittenAt,
    };

    public WishListItem Wish(SimulatedEvent wish, SimulatedShopper shopper) =>
        new() { ShopperId = shopper.Id, ProductId = _products[wish.ProductSlug!].Id, AddedAt = wish.At };
}
