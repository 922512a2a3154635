using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Data.Catalog;
using PetShop.Data.Pricing;
using PetShop.TestHost;
using PetShop.Web.Catalog;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Pricing;

/// <summary>Offers as merchandisers make, check, stop and read them.</summary>
public sealed class OfferPageTests(TargetedShop shop) : IClassFixture<TargetedShop>
{
    [Fact]
    public async Task An_offer_is_worked_out_saved_versioned_and_written_to_the_audit_log()
    {
        var (server, product) = (await shop.ServerAsync(), await ProductAsync());
        var (segment, breed) = await server.BreedSegmentAsync();
        using var staff = server.SignedIn("merchandiser");
        var page = await staff.SubmitAsync(Form(await staff.GetAsync($"/admin/offers/new?segment={segment.Id}")), [.. Fields(product.Id, segment.Id, ("action", "preview"))]);
        Assert.Contains("1 product in 2 sizes and kinds; 1 would cost members less", Flat(page.QuerySelector("[data-covered]")!.TextContent), StringComparison.Ordinal);
        Assert.Contains("No effect on 1 of them", page.QuerySelector("#effect")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("1 would be sold below cost; they stop at the floor instead", page.QuerySelector("#effect")!.TextContent, StringComparison.Ordinal);
        var id = await SaveAsync(staff, Fields(product.Id, segment.Id));
        var saved = await server.WithDbAsync(db => db.PriceOffers.AsNoTracking().SingleAsync(o => o.Id == id));
        Assert.Equal((100L, (short)10, 1, 1, true), (saved.Size, saved.HoldoutPercent, saved.Run, saved.Version, saved.IsActive));

        var edited = await staff.SubmitAsync(Form(await staff.GetAsync($"/admin/offers/{id}")), ("Input.Size", "12.5"), ("Input.Name", $"Twelve and a half {breed}"), ("action", "save"));
        Assert.Contains("12.5", edited.QuerySelector("details table")!.TextContent, StringComparison.Ordinal);
        saved = await server.WithDbAsync(db => db.PriceOffers.AsNoTracking().SingleAsync(o => o.Id == id));
        Assert.Equal((125, 2, 2), (saved.Size, saved.Run, saved.Version));
        Assert.Equal(2, await server.WithDbAsync(db => db.PriceOfferVersions.CountAsync(v => v.OfferId == id)));
        Assert.Equal(2, await server.WithDbAsync(db => db.AuditEntries.CountAsync(a => a.Action == "offer saved, on" && a.Subject.StartsWith($"offer {id}:"))));
        Assert.Contains($"Twelve and a half {breed}", (await staff.GetAsync($"/admin/segments/{segment.Id}/playbook")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Too little data", (await staff.GetAsync($"/admin/offers/{id}/results")).QuerySelector(".verdict")!.TextContent, StringComparison.Ordinal);

        var other = await staff.GetAsync($"/admin/offers/new?segment={segment.Id}");
        other = await staff.SubmitAsync(Form(other), [.. Fields(product.Id, segment.Id, ("action", "preview"))]);
        Assert.Contains($"Twelve and a half {breed} is for the same products", Flat(other.QuerySelector("[data-overlap]")!.TextContent), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"v":1,"attr":"person.age_band","op":"is","value":"65+"}""", 60, "rests on age band, which never sets a price. Take it out of the rule, or choose another segment.")]
    [InlineData(null, 49, "has 49 members; a price needs at least 50. Widen its rule, or choose a larger segment.")]
    public async Task An_offer_for_a_segment_that_may_set_no_price_can_be_kept_but_not_switched_on(string? rule, int members, string says)
    {
        var (server, product) = (await shop.ServerAsync(), await ProductAsync());
        var segment = rule is null ? (await server.BreedSegmentAsync(members)).Segment : await server.AddSegmentAsync($"s-{Guid.NewGuid():N}", rule);
        await server.CountAsync();
        using var staff = server.SignedIn("merchandiser");
        var page = await staff.SubmitAsync(Form(await staff.GetAsync("/admin/offers/new")), [.. Fields(product.Id, segment.Id)]);
        Assert.Contains(says, page.QuerySelector("[data-valmsg-for='Input.SegmentIds']")!.TextContent, StringComparison.Ordinal);
        Assert.False(await server.WithDbAsync(db => db.PriceOffers.AnyAsync(o => o.SegmentIds.Contains(segment.Id))));
        var id = await SaveAsync(staff, Fields(product.Id, segment.Id, ("Input.IsActive", "false")));
        var list = await staff.GetAsync("/admin/offers");
        list = await staff.SubmitAsync(list.QuerySelector($"tr[data-offer='{id}'] form")!, ("on", "true"));
        Assert.Contains(says, list.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.False(await server.WithDbAsync(db => db.PriceOffers.Where(o => o.Id == id).Select(o => o.IsActive).SingleAsync()));
    }

    [Fact]
    public async Task A_form_left_empty_is_told_field_by_field_and_worked_out_all_the_same()
    {
        using var staff = (await shop.ServerAsync()).SignedIn("merchandiser");
        (string, string?)[] empty = [("Input.Name", ""), ("Input.Reason", ""), ("Input.Size", ""), ("Input.IsActive", "true")];
        var form = Form(await staff.GetAsync("/admin/offers/new"));
        Assert.Contains("Write a number such as 10 or 2.5", (await staff.SubmitAsync(form, [.. empty, ("action", "preview")])).QuerySelector("#effect")!.TextContent, StringComparison.Ordinal);
        var page = await staff.SubmitAsync(form, [.. empty, ("action", "save")]);
        foreach (var (field, says) in new[] { ("Name", "Give it a name"), ("Reason", "Say why shoppers get it"), ("Size", "Write a number"), ("SegmentIds", "names no segment") })
            Assert.Contains(says, page.QuerySelector($"[data-valmsg-for='Input.{field}']")!.TextContent, StringComparison.Ordinal);
        page = await staff.SubmitAsync(form, ("Input.Name", "Half"), ("Input.Reason", "you ride"), ("Input.Size", "60"), ("Input.Products", "no-such-thing"), ("action", "save"));
        Assert.Contains("At most 50 % may come off", page.QuerySelector("[data-valmsg-for='Input.Size']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("There is no product 'no-such-thing'", page.QuerySelector("[data-valmsg-for='Input.Products']")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offer_stops_by_itself_when_its_segment_becomes_unfit_says_why_and_goes_on_when_that_is_mended()
    {
        var (server, product) = (await shop.ServerAsync(), await ProductAsync());
        var offer = await server.OfferAsync(product.Id);
        var member = await server.AddShopperAsync();
        await server.AddPetAsync(member, offer.Breed);
        using var visitor = server.SignedIn("shopper", member);
        using var staff = server.SignedIn("merchandiser");
        await visitor.AnswerAsync("accept");
        await visitor.OwnPriceBecomesAsync(product.Slug, "€18.00");
        await server.WithDbAsync(db => db.Segments.Where(s => s.Id == offer.Segment.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.Rule,
            "{\"v\":1,\"any\":[{\"attr\":\"person.language\",\"op\":\"is\",\"value\":\"nl\"},{" + offer.Segment.Rule[7..] + "]}")));
        await server.RefreshRulesAsync();
        Assert.Null(await visitor.OwnPriceAsync(product.Slug));
        await server.CountAsync();
        Assert.Null(await visitor.OwnPriceAsync(product.Slug));
        var row = (await staff.GetAsync("/admin/offers")).QuerySelector($"tr[data-offer='{offer.Offer.Id}']")!;
        Assert.Contains("Stopped", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("rests on language, which never sets a price", row.TextContent, StringComparison.Ordinal);

        await server.WithDbAsync(db => db.Segments.Where(s => s.Id == offer.Segment.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.Rule, offer.Segment.Rule)));
        await server.CountAsync();
        Assert.Equal("€18.00", await visitor.OwnPriceAsync(product.Slug));
    }

    [Fact]
    public async Task The_results_hold_those_who_got_the_price_against_those_who_did_not()
    {
        var (server, product) = (await shop.ServerAsync(), await ProductAsync());
        var offer = await server.OfferAsync(product.Id, o => o.HoldoutPercent = 50);
        await MeetAsync(server, offer.Offer.Id, product, 16, "shown", 400, 240);
        await MeetAsync(server, offer.Offer.Id, product, 17, "holdout", 400, 80);
        using var staff = server.SignedIn("merchandiser");
        var page = await staff.GetAsync($"/admin/offers/{offer.Offer.Id}/results");
        Assert.Equal("Decided: those who get the price bring more revenue than those who do not.", page.QuerySelector(".verdict")!.TextContent);
        var figures = Flat(page.QuerySelector(".figures")!.TextContent);
        Assert.Contains("People who met its price400", figures.Replace(" ", "", StringComparison.Ordinal).Replace("Peoplewhometitsprice", "People who met its price", StringComparison.Ordinal), StringComparison.Ordinal);
        // 240 orders at 18.00 in place of 20.00, of goods that cost 12.00.
        Assert.Contains("€480.00", figures, StringComparison.Ordinal);
        Assert.Contains("€1,440.00", figures, StringComparison.Ordinal);
        Assert.Equal("€10.80", page.QuerySelector("[aria-labelledby=revenue] [data-arm=shown] td:last-child")!.TextContent);
        Assert.Equal("€1.60", page.QuerySelector("[aria-labelledby=margin] [data-arm=holdout] td:last-child")!.TextContent);
    }

    [Fact]
    public async Task A_preview_shows_the_prices_of_the_shopper_and_notes_nothing()
    {
        var server = await shop.ServerAsync();
        await ProductAsync();
        // The preview looks at the first product of the shop.
        var first = await server.WithDbAsync(db => db.Products.Where(p => p.IsActive && p.InStock).OrderBy(p => p.Id).Select(p => new { p.Id, p.Slug }).FirstAsync());
        var offer = await server.OfferAsync(first.Id);
        var member = await server.AddShopperAsync();
        await server.AddPetAsync(member, offer.Breed);
        using var staff = server.SignedIn("merchandiser");
        var preview = await staff.GetAsync($"/admin/preview?shopper={member}&look=/products/{first.Slug}");
        var page = await staff.GetAsync(preview.QuerySelector("iframe.preview-frame")!.GetAttribute("src")!);
        Assert.Equal("Your price", page.QuerySelector(".product__price .price__label")!.TextContent);
        Assert.Equal(0, await server.ScalarAsync<long>("SELECT count(*) FROM events WHERE offer_id = $1", offer.Offer.Id));
    }

    [Fact]
    public async Task A_page_of_cards_costs_a_member_no_round_trip_more()
    {
        var (server, product) = (await shop.ServerAsync(), await ProductAsync());
        var offer = await server.OfferAsync(product.Id);
        var member = await server.AddShopperAsync();
        await server.AddPetAsync(member, offer.Breed);
        using var visitor = server.SignedIn("shopper", member);
        await visitor.AnswerAsync("accept");
        await visitor.OwnPriceBecomesAsync(product.Slug, "€18.00");
        using var counter = new SqlCounter();
        await counter.GetAsync(visitor, $"/products/{product.Slug}");
        server.Services.GetRequiredService<ProductCache>().Clear();
        var statements = await counter.GetAsync(visitor, $"/products/{product.Slug}");
        Assert.True(statements.Count <= 3, string.Join("\n--\n", statements));
        Assert.DoesNotContain(statements, s => s.Contains("price_offers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shoppers_reach_no_page_of_offers()
    {
        using var visitor = (await shop.ServerAsync()).SignedIn("shopper");
        foreach (var path in new[] { "/admin/offers", "/admin/offers/new", "/admin/offers/1/results" })
            Assert.NotEqual(System.Net.HttpStatusCode.OK, (await visitor.Client.GetAsync(path)).StatusCode);
    }

    // People who met the price, or from whom it was withheld, eight days ago; some of them bought the next day, at 18.00 or at 20.00.
    private static Task<long> MeetAsync(ShopServer server, int offer, Product product, short type, string variant, int people, int buyers) => server.ScalarAsync<long>("""
        WITH met AS (
            INSERT INTO events (id, occurred_at, type, visitor_id, product_id, offer_id, value_minor, public_minor, placement, strategy)
            SELECT gen_random_uuid(), now() - interval '8 days', $2, md5($1 || $3 || n)::uuid, $4, $1, 1800, 2000, 'product', '1:' || $3 FROM generate_series(1, $5) n RETURNING visitor_id),
        bought AS (
            INSERT INTO orders (number, checkout_key, visitor_id, email, status, placed_at, currency, goods_minor, delivery_minor, total_minor, delivery_method, payment_method, full_name, line1, postcode, city, country)
            SELECT gen_random_uuid()::text, gen_random_uuid(), visitor_id, visitor_id::text, 1, now() - interval '7 days', 'EUR', price, 0, price, 'standard', 'invoice', 'Ada', 'Way 1', '1', 'Berlin', 'DE'
            FROM (SELECT visitor_id, CASE WHEN $2 = 16 THEN 1800 ELSE 2000 END AS price FROM met LIMIT $6) m RETURNING id, goods_minor)
        INSERT INTO order_lines (order_id, sku_id, product_id, product_name, sku_label, quantity, unit_price_minor, base_price_minor, price_reason, price_offer_id)
        SELECT id, $7, $4, 'Dinner', '2 kg', 1, goods_minor, 2000, CASE WHEN $2 = 16 THEN 'you ride' END, CASE WHEN $2 = 16 THEN $1 END FROM bought RETURNING 1::bigint
        """, offer, type, variant, product.Id, people, buyers, product.Skus[0].Id);

    /// <summary>A product with two SKUs: one that costs the shop 12.00 and sells at 20.00, and one that it sells at its cost.</summary>
    private async Task<Product> ProductAsync()
    {
        var key = Guid.NewGuid().ToString("N")[..12];
        return await (await shop.ServerAsync()).WithDbAsync(async db =>
        {
            var product = new Product
            {
                Slug = $"product-{key}", Name = $"Dinner {key}", Department = "dog", Illustration = "kibble-bag", Brand = new() { Slug = $"brand-{key}", Name = "Northpaw" },
                Category = new() { Slug = $"category-{key}", Name = "Dry food", Department = "dog", Path = ["dog", $"category-{key}"] },
            };
            product.Skus.Add(new() { Code = key, Label = "2 kg", PackGrams = 2000, PriceMinor = 2000, CostMinor = 1200, Stock = 100 });
            product.Skus.Add(new() { Code = $"{key}-b", Label = "4 kg", PackGrams = 4000, PriceMinor = 3000, CostMinor = 3000, Stock = 100, SortOrder = 1 });
            db.Products.Add(product);
            await db.SaveChangesAsync();
            return product;
        });
    }

    private static (string, string?)[] Fields(int product, int segment, params (string Name, string?)[] other) =>
    [
        .. new (string Name, string?)[] { ("Input.Name", "Riders"), ("Input.Reason", "you ride"), ("Input.Size", "10"), ("Input.Products", $"{product}"), ("Input.SegmentIds", $"{segment}"), ("Input.IsActive", "true"), ("action", "save") }
            .Where(f => !Array.Exists(other, o => o.Name == f.Name)),
        .. other,
    ];

    private static IElement Form(IHtmlDocument page) => page.QuerySelector("form#offer")!;

    private static async Task<int> SaveAsync(TestVisitor staff, (string, string?)[] fields)
    {
        using var answer = await staff.PostAsync(Form(await staff.GetAsync("/admin/offers/new")), fields);
        Assert.True(answer.Headers.Location is not null, await answer.Content.ReadAsStringAsync());
        return int.Parse(answer.Headers.Location!.ToString().Split('/')[^1], CultureInfo.InvariantCulture);
    }

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
