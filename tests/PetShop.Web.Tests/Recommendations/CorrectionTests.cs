using System.Net;
using PetShop.TestHost;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Recommendations;

public sealed class CorrectionTests(RecommendedShop fixture) : IClassFixture<RecommendedShop>
{
    private const string Bestsellers = "SELECT p.id FROM products p JOIN product_stats s ON s.product_id = p.id WHERE p.in_stock AND NOT p.is_medicine AND p.species = '{cat}' ORDER BY s.buyers_365d DESC, p.id LIMIT 3";

    [Fact]
    public async Task What_is_not_for_me_is_gone_from_the_next_page_and_comes_back_when_taken_back_without_script()
    {
        var shop = await fixture.ServerAsync();
        using var visitor = await CatPersonAsync(shop);
        var first = (await visitor.GetAsync("/")).Rail("home-for-you")!;
        var (before, strategy) = (first.Products(), first.GetAttribute("data-strategy"));
        await CorrectAsync(visitor, "/", "not-for-me", before[0]);
        Assert.DoesNotContain(before[0], (await visitor.GetAsync("/")).AllRailProducts());
        var listed = await visitor.GetAsync("/taste");
        var undo = listed.QuerySelector($"button[value='undo not-for-me {before[0]}']");
        Assert.NotNull(undo);
        using var answer = await visitor.PostAsync(listed.GetElementById("correct")!, ("correction", undo.GetAttribute("value")));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var after = (await visitor.GetAsync("/")).Rail("home-for-you")!;
        Assert.True(after.Products().Contains(before[0]), $"{string.Join(' ', before)} under {strategy}, then {string.Join(' ', after.Products())} under {after.GetAttribute("data-strategy")}");
        Assert.Null((await visitor.GetAsync("/taste")).QuerySelector("button[value^=undo]"));
    }

    [Fact]
    public async Task Not_my_pet_takes_the_species_out_of_discovery_until_there_is_such_a_pet()
    {
        var shop = await fixture.ServerAsync();
        using var visitor = await CatPersonAsync(shop);
        var cats = "SELECT id FROM products WHERE id = ANY($1) AND species = '{cat}'";
        var page = await visitor.GetAsync("/");
        var cat = (await shop.IdsAsync(cats, page.Rail("home-for-you")!.Products()))[0];
        var why = await visitor.GetAsync($"/why/{cat}?by=als");
        Assert.Contains(why.QuerySelectorAll("button"), b => b.GetAttribute("value") == $"not-my-pet {cat}");
        await CorrectAsync(visitor, $"/why/{cat}?by=als", "not-my-pet", cat);
        page = await visitor.GetAsync("/");
        foreach (var placement in new[] { "home-for-you", "home-trending", "home-because-viewed" })
            Assert.Empty(await shop.IdsAsync(cats, page.Rail(placement)?.Products() ?? []));
        await shop.ExecuteAsync("INSERT INTO pets (id, visitor_id, name, species, allergies, created_at, quiz_values) VALUES ($1, $2, 'Luna', 'cat', '{}', now(), '{}')", Guid.CreateVersion7(), visitor.IdOf()!.Value);
        await Eventually.UntilAsync(async () => (await visitor.GetAsync("/")).Rail("home-pet") is not null);
        Assert.NotEmpty(await shop.IdsAsync(cats, (await visitor.GetAsync("/")).Rail("home-for-you")!.Products()));
    }

    [Fact]
    public async Task Already_have_it_hides_the_product_and_moves_no_other_up_or_down()
    {
        var shop = await fixture.ServerAsync();
        using var visitor = await CatPersonAsync(shop);
        var before = (await visitor.GetAsync("/")).QuerySelectorAll("[data-track=rail][data-placement=home-for-you] [data-product]");
        var had = int.Parse(before[0].GetAttribute("data-product")!);
        var parts = (await visitor.GetAsync($"/why/{Of(before[1])}?by={Model(visitor)}")).QuerySelectorAll(".answer__parts strong").Select(s => s.TextContent).ToArray();
        await CorrectAsync(visitor, "/", "already-have-it", had);
        Assert.DoesNotContain(had, (await visitor.GetAsync("/")).AllRailProducts());
        Assert.Equal(parts, (await visitor.GetAsync($"/why/{Of(before[1])}?by={Model(visitor)}")).QuerySelectorAll(".answer__parts strong").Select(s => s.TextContent));

        static int Of(AngleSharp.Dom.IElement card) => int.Parse(card.GetAttribute("data-product")!);
        string Model(TestVisitor _) => before[0].Closest("[data-track]")!.GetAttribute("data-strategy")!.Replace("+", "%2B", StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_a_gift_forms_no_taste_and_is_not_bought_again()
    {
        var shop = await fixture.ServerAsync();
        using var visitor = await CatPersonAsync(shop, looks: 1);
        var gift = (await shop.IdsAsync(Bestsellers))[1];
        await shop.ExecuteAsync("INSERT INTO events (id, occurred_at, type, visitor_id, product_id, quantity) VALUES ($1, now(), 7, $2, $3, 1)", Guid.CreateVersion7(), visitor.IdOf()!.Value, gift);
        shop.Forget(visitor.IdOf()!.Value);
        Assert.Contains($"was-a-gift {gift}", (await visitor.GetAsync("/taste")).Source.Text, StringComparison.Ordinal);
        await CorrectAsync(visitor, "/taste", "was-a-gift", gift);
        var taste = await visitor.GetAsync("/taste");
        Assert.Null(taste.QuerySelector($"button[value='was-a-gift {gift}']"));
        Assert.NotNull(taste.QuerySelector($"button[value='undo was-a-gift {gift}']"));
    }

    [Fact]
    public async Task Corrections_are_in_the_download_and_gone_with_an_erasure()
    {
        var shop = await fixture.ServerAsync();
        using var visitor = await CatPersonAsync(shop);
        var id = visitor.IdOf()!.Value;
        await CorrectAsync(visitor, "/", "not-for-me", (await visitor.GetAsync("/")).Rail("home-for-you")!.Products()[0]);
        var privacy = await visitor.GetAsync("/privacy");
        using var download = await visitor.PostAsync(privacy.QuerySelector("form[action*=Download]")!, ("format", "json"));
        Assert.Contains("\"not for me\"", await download.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var erased = await visitor.PostAsync(privacy.QuerySelector("form[action*=Erase]")!, ("Form.Understood", "true"));
        Assert.Equal(0, await shop.ScalarAsync<long>($"SELECT count(*) FROM taste_corrections WHERE visitor_id = '{id}'"));
    }

    [Fact]
    public async Task A_correction_goes_with_its_browser_into_the_account_once()
    {
        var shop = await fixture.ServerAsync();
        using var visitor = shop.NewVisitor();
        var first = await visitor.GetAsync("/");
        await visitor.SubmitAsync(first.QuerySelector("form[action$='/privacy/consent']")!, ("answer", "accept"));
        await visitor.ViewAsync((await shop.IdsAsync(Bestsellers))[0]);
        var refused = (await visitor.GetAsync("/")).Rail("home-for-you")!.Products()[0];
        await CorrectAsync(visitor, "/", "not-for-me", refused);
        await Accounts.BuyingShop.SignInAsync(visitor, PetShop.Demo.Simulation.DemoPersons.Maya.Email, TestDatabase.DemoPassword);
        Assert.NotNull((await visitor.GetAsync("/taste")).QuerySelector($"button[value='undo not-for-me {refused}']"));
        Assert.DoesNotContain(refused, (await visitor.GetAsync("/")).AllRailProducts());
        Assert.Equal(1, await shop.ScalarAsync<long>($"SELECT count(*) FROM taste_corrections WHERE product_id = {refused} AND shopper_id IS NOT NULL"));
    }

    [Fact]
    public async Task Without_consent_or_token_or_sense_nothing_is_corrected()
    {
        var shop = await fixture.ServerAsync();
        using var visitor = await CatPersonAsync(shop);
        using var bare = await visitor.Client.PostAsync("/taste", new FormUrlEncodedContent([new("correction", "not-for-me 1")]));
        Assert.Equal(HttpStatusCode.BadRequest, bare.StatusCode);
        var form = (await visitor.GetAsync("/taste")).GetElementById("correct")!;
        foreach (var nonsense in new[] { "", "not-for-me", "burn 1", "not-for-me 999999", "undo not-for-me x" })
            Assert.Equal(HttpStatusCode.BadRequest, (await visitor.PostAsync(form, ("correction", nonsense))).StatusCode);
        using var refuser = shop.NewVisitor();
        await refuser.AnswerAsync("refuse");
        var wish = (await refuser.GetAsync("/")).GetElementById("wish")!;
        wish.SetAttribute("action", "/taste");
        Assert.Equal(HttpStatusCode.BadRequest, (await refuser.PostAsync(wish, ("correction", "not-for-me 1"))).StatusCode);
    }

    [Fact]
    public async Task The_whole_answer_names_what_the_person_did_with_shares_and_script_gets_the_answer_alone()
    {
        var shop = await fixture.ServerAsync();
        using var visitor = await CatPersonAsync(shop);
        var card = (await visitor.GetAsync("/")).Rail("home-for-you")!.QuerySelector(".card-why a")!.GetAttribute("href")!;
        var page = await visitor.GetAsync(card);
        Assert.Equal("Why this?", page.QuerySelector("h1")!.TextContent);
        var shares = page.QuerySelectorAll(".answer__parts strong").Select(s => int.Parse(s.TextContent.Split(' ')[0])).ToArray();
        Assert.NotEmpty(shares);
        Assert.InRange(shares.Sum(), 1, 103);
        Assert.All(page.QuerySelectorAll(".answer__parts a"), a => Assert.StartsWith("/products/", a.GetAttribute("href"), StringComparison.Ordinal));
        using var request = new HttpRequestMessage(HttpMethod.Get, card);
        request.Headers.Add("HX-Request", "true");
        using var fragment = await visitor.Client.SendAsync(request);
        Assert.DoesNotContain("<html", await fragment.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var stranger = shop.NewVisitor();
        Assert.Empty((await stranger.GetAsync(card)).QuerySelectorAll("button[form=correct]"));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Client.GetAsync("/why/999999")).StatusCode);
    }

    private static async Task CorrectAsync(TestVisitor visitor, string page, string word, int product)
    {
        using var answer = await visitor.PostAsync((await visitor.GetAsync(page)).GetElementById("correct")!, ("correction", $"{word} {product}"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(page, answer.Headers.Location!.ToString());
    }

    private static async Task<TestVisitor> CatPersonAsync(ShopServer shop, int looks = 3)
    {
        var visitor = await shop.ConsentingVisitorAsync();
        foreach (var product in (await shop.IdsAsync(Bestsellers)).Take(looks))
            await visitor.ViewAsync(product);
        // The word of their answer may reach the shop's own listener late and have the history read again: by then the views are to be there.
        await Eventually.UntilAsync(async () => await shop.ScalarAsync<long>($"SELECT count(*) FROM events WHERE visitor_id = '{visitor.IdOf()}' AND type = 1") >= looks);
        return visitor;
    }
}
