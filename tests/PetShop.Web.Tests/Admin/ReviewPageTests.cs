using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using PetShop.Data.Catalog;
using PetShop.TestHost;
using PetShop.Web.Tests.Accounts;

namespace PetShop.Web.Tests.Admin;

public sealed class ReviewPageTests(BuyingShop shop) : IClassFixture<BuyingShop>
{
    [Fact]
    public async Task A_reported_review_is_hinted_at_hidden_and_shown_again()
    {
        var sku = await shop.ProductAsync();
        var id = await ReviewAsync(sku.ProductId, "Buy at evil.example");
        using var staff = await shop.MerchandiserAsync();
        Assert.DoesNotContain("/admin/reviews", Hints(await staff.GetAsync("/admin")));
        using var reader = (await shop.ServerAsync()).NewVisitor();
        await reader.SubmitAsync((await reader.GetAsync($"/reviews/{id}/report")).Form($"/reviews/{id}/report"));
        Assert.Contains("/admin/reviews", Hints(await staff.GetAsync("/admin")));

        var page = await staff.GetAsync("/admin/reviews");
        Assert.Contains("Buy at evil.example", Card(page, id).TextContent, StringComparison.Ordinal);
        Assert.Contains("reported once", Card(page, id).TextContent, StringComparison.Ordinal);
        page = await staff.SubmitAsync(Card(page, id).QuerySelector("form")!, ("hide", "true"));
        Assert.NotNull(Card(page, id).Closest("section[aria-labelledby=hidden]"));
        Assert.Equal((true, 0, 0), await StateAsync(id));
        Assert.DoesNotContain("/admin/reviews", Hints(await staff.GetAsync("/admin")));

        page = await staff.SubmitAsync(Card(page, id).QuerySelector("form")!, ("hide", "false"));
        Assert.Null(page.QuerySelector($"[data-review='{id}']"));
        Assert.Equal((false, 0, 1), await StateAsync(id));
    }

    [Fact]
    public async Task A_report_that_is_settled_leaves_the_review_in_the_shop()
    {
        var sku = await shop.ProductAsync();
        var id = await ReviewAsync(sku.ProductId, "My dog hates it.", reports: 3);
        using var staff = await shop.MerchandiserAsync();
        var page = await staff.GetAsync("/admin/reviews");
        Assert.Contains("reported 3 times", Card(page, id).TextContent, StringComparison.Ordinal);
        await staff.SubmitAsync(Card(page, id).QuerySelector("form")!, ("hide", "false"));
        Assert.Equal((false, 0, 1), await StateAsync(id));
    }

    private static IElement Card(IHtmlDocument page, long id) => page.QuerySelector($"[data-review='{id}']")!;

    private static IEnumerable<string?> Hints(IHtmlDocument page) => page.QuerySelectorAll("main .notice a").Select(a => a.GetAttribute("href"));

    private Task<long> ReviewAsync(int product, string text, int reports = 0) => shop.WithDbAsync(async db =>
    {
        var review = db.Reviews.Add(new Review { ProductId = product, DisplayName = "Eve", Rating = 1, Text = text, CreatedAt = DateTimeOffset.UnixEpoch.AddYears(56), ReportCount = reports }).Entity;
        await db.SaveChangesAsync();
        return review.Id;
    });

    private Task<(bool, int, int)> StateAsync(long id) => shop.WithDbAsync(async db =>
    {
        var found = await db.Reviews.AsNoTracking().Where(r => r.Id == id).Join(db.Products, r => r.ProductId, p => p.Id, (r, p) => new { r.IsHidden, r.ReportCount, p.RatingCount }).SingleAsync();
        return (found.IsHidden, found.ReportCount, found.RatingCount);
    });
}
