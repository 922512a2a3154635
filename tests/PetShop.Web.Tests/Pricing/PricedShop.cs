using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Data.Pricing;
using PetShop.Data.Segments;
using PetShop.Data.Shoppers;
using PetShop.TestHost;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Members;
using PetShop.Web.Tests.Accounts;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Pricing;

/// <summary>A segment of people whose pets are of one made-up breed, and the offer that lowers prices for them.</summary>
public sealed record PricedCase(Segment Segment, PriceOffer Offer, string Breed);

/// <summary>What tests of personal prices ask of a shop again and again.</summary>
public static class PricedShop
{
    /// <summary>A segment with so many members, all of whom agreed to everything.</summary>
    public static async Task<(Segment Segment, string Breed)> BreedSegmentAsync(this ShopServer server, int members = 50)
    {
        var breed = $"breed-{Guid.NewGuid():N}";
        var segment = await server.AddSegmentAsync(breed, """{"v":1,"attr":"pet.any","where":{"attr":"breed","op":"is","value":"?"}}""".Replace("?", breed, StringComparison.Ordinal));
        for (var i = 0; i < members; i++)
            await server.AddPetAsync(await server.AddShopperAsync(), breed);
        await server.CountAsync();
        return (segment, breed);
    }

    public static Task AddPetAsync(this ShopServer server, Guid shopper, string breed) => server.ScalarAsync<long>(
        "INSERT INTO pets (id, shopper_id, name, species, breed, allergies, created_at) VALUES (gen_random_uuid(), $1, 'Juno', 'horse', $2, '{}', now()) RETURNING 1::bigint", shopper, breed);

    /// <summary>Asks everybody whether they belong, and makes pages follow.</summary>
    public static async Task CountAsync(this ShopServer server)
    {
        await server.Services.GetRequiredService<SegmentMembership>().RefreshAsync(CancellationToken.None);
        await server.RefreshRulesAsync();
    }

    /// <summary>Ten per cent off one product, for a new segment of fifty.</summary>
    public static async Task<PricedCase> OfferAsync(this ShopServer server, int productId, Action<PriceOffer>? set = null, int members = 50)
    {
        var (segment, breed) = await server.BreedSegmentAsync(members);
        var offer = await server.WithDbAsync(async db =>
        {
            var made = new PriceOffer { Name = $"Riders {breed}", Reason = "you ride", Size = 100, ProductIds = [productId], SegmentIds = [segment.Id], IsActive = true };
            set?.Invoke(made);
            db.PriceOffers.Add(made);
            await db.SaveChangesAsync();
            return made;
        });
        await server.RefreshRulesAsync();
        return new(segment, offer, breed);
    }

    /// <summary>An account that agreed to everything and has a pet of the breed, signed in.</summary>
    public static async Task<(TestVisitor Visitor, Shopper Account)> MemberAsync(this BuyingShop shop, string breed, bool isMember = true)
    {
        var (server, account) = (await shop.ServerAsync(), await shop.AccountAsync());
        if (isMember)
            await server.AddPetAsync(account.Id, breed);
        var visitor = await shop.SignedInAsync(account);
        await visitor.AnswerAsync("accept");
        return (visitor, account);
    }

    /// <summary>Asks for the page of a product until it shows this price as the visitor's own; null for the public one.</summary>
    public static Task OwnPriceBecomesAsync(this TestVisitor visitor, string slug, string? price) => Eventually.UntilAsync(async () => await visitor.OwnPriceAsync(slug) == price);

    public static async Task<string?> OwnPriceAsync(this TestVisitor visitor, string slug) =>
        (await visitor.GetAsync($"/products/{slug}")).QuerySelector(".product__price .price--yours .price__now")?.TextContent;

    public static Task<string> SlugAsync(this BuyingShop shop, int product) => shop.WithDbAsync(db => db.Products.Where(p => p.Id == product).Select(p => p.Slug).SingleAsync());
}
