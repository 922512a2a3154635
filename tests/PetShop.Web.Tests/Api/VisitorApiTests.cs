using System.Text.Json;
using PetShop.Web.Api.Keys;
using PetShop.Web.Tests.Pricing;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Api;

public sealed class VisitorApiTests(ApiShop shop) : IClassFixture<ApiShop>
{
    private const string Path = "/api/v1/visitors/evaluate";

    [Fact]
    public async Task A_stranger_is_judged_by_the_visit_alone_and_by_what_they_agreed_to()
    {
        var server = await shop.ServerAsync();
        using var program = await server.ProgramAsync(ApiScope.EvaluateVisitors);
        var dogs = await server.AddSegmentAsync(ApiSteps.NewKey(), ApiSteps.DogHomes);
        var phones = await server.AddSegmentAsync(ApiSteps.NewKey(), """{"v":1,"all":[{"attr":"visit.device","op":"is","value":"phone"},{"attr":"visit.country","op":"is","value":"NL"},{"attr":"visit.hour","op":">=","value":18}]}""");
        await server.AddBannerAsync("For dogs", 10, [dogs.Id]);
        await server.AddBannerAsync("For all", 1, []);
        await server.RefreshRulesAsync();
        var refused = (await program.AskAsync(HttpMethod.Post, Path, """{"device":"phone","country":"NL","hour":18,"pets":[{"species":"dog"}],"placements":["home-strip"]}""")).Ok();
        Assert.Equal([phones.Slug], Keys(refused));
        Assert.Equal(0, refused["consents"].GetArrayLength());
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 17, 0, 0, TimeSpan.Zero).TimeOfDay, refused["at"].GetDateTimeOffset().TimeOfDay);
        Assert.Equal("For all", Shown(refused));
        var agreed = (await program.AskAsync(HttpMethod.Post, Path, """{"consents":["personalisation"],"device":"desktop","pets":[{"species":"dog"}],"placements":["home-strip"],"explain":true}""")).Ok();
        Assert.Equal([dogs.Slug], Keys(agreed));
        Assert.Equal("For dogs", Shown(agreed));
        Assert.Equal(["Shown."], agreed["banners"][0].GetProperty("considered").EnumerateArray().Select(f => f.GetProperty("why").GetString()!).Take(1));
        Assert.Equal(2, agreed["banners"][0].GetProperty("considered").GetArrayLength());
        Assert.True(agreed["reasons"].EnumerateArray().Single(r => r.GetProperty("segment").GetString() == dogs.Slug).GetProperty("why").GetProperty("passes").GetBoolean());
        var early = (await program.AskAsync(HttpMethod.Post, Path, """{"device":"phone","country":"NL","at":"2026-11-20T16:59:59Z"}""")).Ok();
        Assert.DoesNotContain(phones.Slug, Keys(early));
        Assert.Equal(7, early["banners"].GetArrayLength());
        Assert.Equal(JsonValueKind.Null, early["reasons"].ValueKind);
    }

    [Fact]
    public async Task The_offers_in_force_for_a_person_are_told_to_programs_within_what_they_agreed_to()
    {
        var server = await shop.ServerAsync();
        using var program = await server.ProgramAsync(ApiScope.EvaluateVisitors);
        var offer = await server.OfferAsync(productId: 1, o => o.Everything = true);
        var member = await server.AddShopperAsync();
        await server.AddPetAsync(member, offer.Breed);
        var prices = (await program.AskAsync(HttpMethod.Post, Path, $$"""{"shopperId":"{{member}}"}""")).Ok()["prices"];
        Assert.Equal((offer.Offer.Id, "you ride", "percent", 100), (prices[0].GetProperty("id").GetInt32(), prices[0].GetProperty("reason").GetString(), prices[0].GetProperty("kind").GetString(), prices[0].GetProperty("size").GetInt32()));
        Assert.Equal(0, (await program.AskAsync(HttpMethod.Post, Path, $$"""{"shopperId":"{{member}}","consents":["personalisation"]}""")).Ok()["prices"].GetArrayLength());
    }

    [Fact]
    public async Task A_stored_person_is_judged_by_what_they_agreed_to_and_a_caller_can_only_take_away()
    {
        var server = await shop.ServerAsync();
        using var program = await server.ProgramAsync(ApiScope.EvaluateVisitors);
        using var reader = await server.ProgramAsync(ApiScope.EvaluateVisitors, ApiScope.ReadMembers);
        var dogs = await server.AddSegmentAsync(ApiSteps.NewKey(), ApiSteps.DogHomes);
        await server.RefreshRulesAsync();
        var (agreed, refused) = (await server.DogPersonAsync(), await server.DogPersonAsync(consents: false));
        Assert.Contains(dogs.Slug, Keys((await program.AskAsync(HttpMethod.Post, Path, $$"""{"shopperId":"{{agreed}}"}""")).Ok()));
        Assert.DoesNotContain(dogs.Slug, Keys((await program.AskAsync(HttpMethod.Post, Path, $$"""{"shopperId":"{{agreed}}","consents":["analytics"]}""")).Ok()));
        Assert.DoesNotContain(dogs.Slug, Keys((await program.AskAsync(HttpMethod.Post, Path, $$"""{"shopperId":"{{agreed}}","pets":[]}""")).Ok()));
        Assert.DoesNotContain(dogs.Slug, Keys((await program.AskAsync(HttpMethod.Post, Path, $$"""{"shopperId":"{{refused}}","consents":["personalisation"],"pets":[{"species":"dog"}]}""")).Ok()));
        (await program.AskAsync(HttpMethod.Post, Path, $$"""{"shopperId":"{{agreed}}","explain":true}""")).Problem(403, "scope_missing");
        Assert.NotEmpty((await reader.AskAsync(HttpMethod.Post, Path, $$"""{"shopperId":"{{agreed}}","explain":true}""")).Ok()["reasons"].EnumerateArray());
        (await program.AskAsync(HttpMethod.Post, Path, $$"""{"shopperId":"{{Guid.NewGuid()}}"}""")).Problem(404, "no_such_shopper");
    }

    [Fact]
    public async Task A_browser_counts_by_its_own_last_answer()
    {
        var server = await shop.ServerAsync();
        using var program = await server.ProgramAsync(ApiScope.EvaluateVisitors);
        var cats = await server.AddSegmentAsync(ApiSteps.NewKey(), """{"v":1,"attr":"pet.any","where":{"attr":"species","op":"is","value":"cat"}}""");
        await server.RefreshRulesAsync();
        using var visitor = server.NewVisitor();
        await visitor.AnswerAsync("accept");
        await visitor.GetAsync("/privacy");
        var id = visitor.IdOf()!.Value;
        var question = $$"""{"visitorId":"{{id}}","pets":[{"species":"cat"}]}""";
        Assert.Contains(cats.Slug, Keys((await program.AskAsync(HttpMethod.Post, Path, question)).Ok()));
        shop.Clock.Now += TimeSpan.FromSeconds(1);
        await visitor.AnswerAsync("refuse");
        Assert.DoesNotContain(cats.Slug, Keys((await program.AskAsync(HttpMethod.Post, Path, question)).Ok()));
        Assert.DoesNotContain(cats.Slug, Keys((await program.AskAsync(HttpMethod.Post, Path, question.Replace(id.ToString(), Guid.NewGuid().ToString(), StringComparison.Ordinal))).Ok()));
    }

    [Fact]
    public async Task Everything_wrong_with_a_question_is_told_at_once()
    {
        using var program = await (await shop.ServerAsync()).ProgramAsync(ApiScope.EvaluateVisitors);
        var answer = await program.AskAsync(HttpMethod.Post, Path,
            $$"""{"shopperId":"{{Guid.NewGuid()}}","visitorId":"{{Guid.NewGuid()}}","device":"watch","country":"nl","hour":24,"at":"2026-11-20T16:59:59Z","consents":["all"],"placements":["roof"]}""");
        Assert.Equal(["$.visitorId", "$.device", "$.country", "$.hour", "$.hour", "$.consents", "$.placements"], answer.Problem(422, "unsound").FaultPlaces);
        Assert.Contains("$.shopperId", (await program.AskAsync(HttpMethod.Post, Path, """{"shopperId":"somebody"}""")).Problem(400, "unreadable")["detail"].GetString(), StringComparison.Ordinal);
    }

    private static string[] Keys(Reply answer) => [.. answer["memberships"].EnumerateArray().Select(m => m.GetProperty("key").GetString()!)];

    private static string? Shown(Reply answer) => answer["banners"][0].GetProperty("shown").GetProperty("title").GetString();
}
