using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Data.Segments;
using PetShop.Data.Shoppers;
using PetShop.Targeting.Segments;
using PetShop.TestHost;
using PetShop.Web.Accounts;
using PetShop.Web.Targeting.Members;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;
using PetShop.Web.Tracking;

namespace PetShop.Web.Tests.Accounts;

/// <summary>What a rule may ask of an account comes from pages that its owner fills in.</summary>
public sealed class AboutYouTests(BuyingShop shop) : IClassFixture<BuyingShop>
{
    private const string Details = "/account/details";

    [Fact]
    public async Task What_somebody_tells_of_themselves_counts_for_stored_and_live_membership_and_is_gone_once_cleared()
    {
        var (server, shopper, visitor) = await AgreedAsync();
        using var _ = visitor;
        var segment = await TargetAsync("""{"v":1,"all":[{"attr":"organisation.kind","op":"is","value":"shelter"},{"attr":"person.language","op":"is","value":"nl"},{"attr":"person.birth_year","op":"is","value":1984}]}""");

        var told = await visitor.SubmitAsync(About(await visitor.GetAsync(Details)), ("BirthYear", " 1984 "), ("Language", "nl"), ("Organisation", "shelter"));

        Assert.Contains("Thank you", told.Body!.TextContent, StringComparison.Ordinal);
        await visitor.BannerBecomesAsync(segment.Name);
        Assert.Equal(1, await StoredAsync(server, shopper, segment));
        var form = About(await visitor.GetAsync(Details));
        Assert.Equal(("1984", "nl", "shelter"), (form.QuerySelector("[name=BirthYear]")!.GetAttribute("value"), Chosen("Language"), Chosen("Organisation")));

        await visitor.SubmitAsync(form, ("BirthYear", ""), ("Language", ""), ("Organisation", ""));

        await visitor.BannerBecomesAsync(null);
        Assert.Equal(0, await StoredAsync(server, shopper, segment));
        Assert.True(await shop.WithDbAsync(db => db.Shoppers.AnyAsync(s => s.Id == shopper.Id && s.BirthYear == null && s.Language == null && s.OrganisationKind == null)));

        string? Chosen(string name) => form.QuerySelector($"[name={name}] [selected]")?.GetAttribute("value");
    }

    [Fact]
    public async Task A_year_of_birth_that_tells_of_a_minor_closes_the_gate_with_the_next_page()
    {
        var (server, shopper, visitor) = await AgreedAsync();
        using var _ = visitor;
        var segment = await TargetAsync("""{"v":1,"attr":"orders.count","op":"is","value":0}""");
        await visitor.BannerBecomesAsync(segment.Name);
        Assert.Equal(1, await StoredAsync(server, shopper, segment));
        var consents = server.Services.GetRequiredService<ShopperConsents>();
        Assert.True(await consents.GetAsync(shopper.Id, default) is { Personalisation: true, Prices: true });

        using var answer = await visitor.PostAsync(About(await visitor.GetAsync(Details)), ("BirthYear", $"{TimeProvider.System.GetUtcNow().Year - 15}"));

        Assert.Equal(Details, answer.Headers.Location!.ToString());
        Assert.Null(await visitor.BannerAsync());
        Assert.True(await consents.GetAsync(shopper.Id, default) is { Personalisation: false, Prices: false });
        Assert.Equal(0, await StoredAsync(server, shopper, segment));
    }

    [Theory]
    [InlineData("BirthYear", "84", "in four digits")]
    [InlineData("BirthYear", "nine", "in four digits")]
    [InlineData("BirthYear", "1820", "in four digits")]
    [InlineData("BirthYear", "2999", "in four digits")]
    [InlineData("Language", "xx", "choose one of these languages")]
    [InlineData("Organisation", "bank", "choose whom you buy for")]
    public async Task What_makes_no_sense_is_answered_beside_its_field_and_nothing_is_kept(string field, string value, string error)
    {
        var shopper = await shop.AccountAsync();
        using var visitor = await shop.SignedInAsync(shopper);
        (string Name, string? Value)[] sensible = [("BirthYear", "1984"), ("Language", "nl"), ("Organisation", "vet")];
        var page = await visitor.SubmitAsync(About(await visitor.GetAsync(Details)), [.. sensible.Where(f => f.Name != field), (field, value)]);
        Assert.Contains(error, About(page).QuerySelector($"[name={field}]")!.ParentElement!.QuerySelector(".error")!.TextContent, StringComparison.Ordinal);
        if (field == "BirthYear")
            Assert.Equal(value, About(page).QuerySelector("[name=BirthYear]")!.GetAttribute("value"));
        Assert.True(await shop.WithDbAsync(db => db.Shoppers.AnyAsync(s => s.Id == shopper.Id && s.BirthYear == null && s.Language == null && s.OrganisationKind == null)));
    }

    [Fact]
    public void Every_kind_of_organisation_that_a_rule_offers_can_be_told() =>
        Assert.Equal(TraitCatalogue.Get("organisation.kind").Choices.Order(), AboutForm.Organisations.Select(o => o.Key).Order());

    [Fact]
    public async Task Somebody_lives_where_the_first_address_of_their_book_is_and_nowhere_without_one()
    {
        var (server, shopper, visitor) = await AgreedAsync();
        using var _ = visitor;
        var segment = await TargetAsync("""{"v":1,"all":[{"attr":"place.city","op":"is","value":"Berlin"},{"attr":"place.postcode","op":"is","value":"10115"},{"attr":"place.country","op":"is","value":"DE"}]}""");
        await BuyingShop.AddAsync(visitor, (await shop.ProductAsync()).Id);
        await visitor.SubmitAsync((await visitor.GetAsync("/checkout")).Form("/checkout"), ("Input.Email", shopper.Email), ("Input.Address.FullName", "Ada"), ("Input.Address.Line1", "Way 1"),
            ("Input.Address.Postcode", "10115"), ("Input.Address.City", "Berlin"), ("Input.Address.Country", "DE"), ("Input.Payment", "invoice"));

        await visitor.BannerBecomesAsync(segment.Name);
        Assert.Equal(1, await StoredAsync(server, shopper, segment));

        // Typed with the dots as characters of their own, which a rule writes as one.
        await visitor.SubmitAsync((await visitor.GetAsync("/account/addresses?edit=0")).Form("/account/addresses"), ("Input.FullName", "Ada"), ("Input.Line1", "Way 2"), ("Input.Postcode", "50667"), ("Input.City", "Ko\u0308ln"));
        Assert.Equal("Berlin", await CityAsync(shopper));
        await visitor.SubmitAsync((await visitor.GetAsync("/account/addresses")).QuerySelector("main form[action*='Default']")!);
        Assert.Equal("K\u00F6ln", await CityAsync(shopper));
        await visitor.BannerBecomesAsync(null);
        Assert.Equal(0, await StoredAsync(server, shopper, segment));
        foreach (var left in (string?[])["Berlin", null])
        {
            await visitor.SubmitAsync((await visitor.GetAsync("/account/addresses")).QuerySelector("main form[action*='Delete']")!);
            Assert.Equal(left, await CityAsync(shopper));
        }
        Assert.True(await shop.WithDbAsync(db => db.Shoppers.AnyAsync(s => s.Id == shopper.Id && s.Country == null && s.Postcode == null)));
    }

    [Fact]
    public async Task Saving_an_account_that_was_read_before_a_move_does_not_undo_the_move()
    {
        var shopper = await shop.AccountAsync();
        await using var scope = (await shop.ServerAsync()).Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Shopper>>();
        var read = await users.FindByIdAsync($"{shopper.Id}");
        await shop.WithDbAsync(db =>
        {
            db.Addresses.Add(new() { ShopperId = shopper.Id, FullName = "Ada", Line1 = "Way 1", Postcode = "10115", City = "Berlin", Country = "DE", IsDefault = true });
            return db.SaveChangesAsync();
        });
        Assert.True((await users.UpdateAsync(read!)).Succeeded);
        Assert.Equal("Berlin", await CityAsync(shopper));
    }

    private static AngleSharp.Dom.IElement About(AngleSharp.Html.Dom.IHtmlDocument page) => page.QuerySelector("main form#about")!;

    private Task<string?> CityAsync(Shopper shopper) => shop.WithDbAsync(db => db.Shoppers.Where(s => s.Id == shopper.Id).Select(s => s.City).SingleAsync());

    private async Task<(ShopServer Server, Shopper Shopper, TestVisitor Visitor)> AgreedAsync()
    {
        var shopper = await shop.AccountAsync();
        var visitor = await shop.SignedInAsync(shopper);
        await visitor.AnswerAsync("accept");
        return (await shop.ServerAsync(), shopper, visitor);
    }

    /// <summary>A segment and a banner of its name for its members; those of other tests are taken away.</summary>
    private async Task<Segment> TargetAsync(string rule)
    {
        var server = await shop.ServerAsync();
        await server.WithDbAsync(db => db.Banners.ExecuteDeleteAsync());
        var segment = await server.AddSegmentAsync($"s-{Guid.NewGuid():N}", rule);
        await server.AddBannerAsync(segment.Name, 900, [segment.Id]);
        await server.RefreshRulesAsync();
        return segment;
    }

    private static async Task<long> StoredAsync(ShopServer server, Shopper shopper, Segment segment)
    {
        await server.Services.GetRequiredService<SegmentMembership>().RefreshAsync(default);
        return await server.ScalarAsync<long>(
            "SELECT count(*) FROM segment_members m JOIN segment_slots k ON k.segment_id = $2 WHERE m.shopper_id = $1 AND m.words[1 + k.slot / 62] & (1::bigint << k.slot % 62) <> 0", shopper.Id, segment.Id);
    }
}
