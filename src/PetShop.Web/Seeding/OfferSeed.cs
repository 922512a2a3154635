using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Pricing;
using PetShop.Data.Segments;

namespace PetShop.Web.Seeding;

/// <summary>The personal prices that the demo opens with, and the segments they need.</summary>
public sealed class OfferSeed(PetShopDb db, TimeProvider clock)
{
    private const string By = "demo";

    private static readonly (string Slug, string Name, string Description, string Rule)[] Segments =
    [
        ("several-pets", "Several pets at home", "Two living pets or more: two bowls, two beds, twice the litter.", """{"v":1,"attr":"pets.count","op":">=","value":2}"""),
        ("long-away", "Buyers long away", "Bought at least twice, and nothing for 60 days.", """{"v":1,"all":[{"attr":"orders.count","op":">=","value":2},{"attr":"orders.recency_days","op":">=","value":60}]}"""),
    ];

    /// <summary>Adds the demo's offers where there are none.</summary>
    public async Task WriteAsync(CancellationToken cancel)
    {
        if (await db.PriceOffers.AnyAsync(cancel))
            return;
        var now = clock.GetUtcNow();
        var known = await db.Segments.ToDictionaryAsync(s => s.Slug, s => s.Id, cancel);
        var added = Segments.Where(s => !known.ContainsKey(s.Slug)).Select(s => new Segment
        {
            Slug = s.Slug, Name = s.Name, Description = s.Description, Rule = s.Rule, IsActive = true, Purpose = "Prices", Owner = DemoStaff.Merchandiser, UpdatedAt = now, UpdatedBy = By,
        }).ToList();
        db.Segments.AddRange(added);
        await db.SaveChangesAsync(cancel);
        db.SegmentVersions.AddRange(added.Select(s => new SegmentVersion { SegmentId = s.Id, Version = 1, Rule = s.Rule, SavedAt = now, SavedBy = By, IsActive = true }));
        foreach (var segment in added)
            known.Add(segment.Slug, segment.Id);
        db.PriceOffers.AddRange(Offers(now).Where(o => known.ContainsKey(o.Segment)).Select(o => With(o.Offer, known[o.Segment])));
        await db.SaveChangesAsync(cancel);
    }

    private static PriceOffer With(PriceOffer offer, int segment)
    {
        offer.SegmentIds = [segment];
        return offer;
    }

    private static IEnumerable<(PriceOffer Offer, string Segment)> Offers(DateTimeOffset now) =>
    [
        (new() { Name = "Several pets: food and litter", Reason = "several pets live with you", Size = 80, LeastMarginPercent = 10, Categories = ["dog-food", "cat-food", "cat-toilet", "small-pet-food"], IsActive = true, HoldoutPercent = 10, UpdatedAt = now, UpdatedBy = By }, "several-pets"),
        (new() { Name = "Come back", Reason = "we have not seen you for a while", Size = 100, LeastMarginPercent = 10, Everything = true, IsActive = true, HoldoutPercent = 20, EndsAt = now.AddDays(60), UpdatedAt = now, UpdatedBy = By }, "long-away"),
        // Too few of them have agreed to be chosen for: it waits, and its page says so.
        (new() { Name = "Trade price", Reason = "you care for many animals", Size = 120, LeastMarginPercent = 15, Everything = true, UpdatedAt = now, UpdatedBy = By }, "vets-and-shelters"),
    ];
}
