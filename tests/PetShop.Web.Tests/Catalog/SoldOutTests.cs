using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Data.Catalog;
using PetShop.TestHost;
using PetShop.Web.Catalog;
using PetShop.Web.Tests.Accounts;
using PetShop.Web.Tests.Admin;

namespace PetShop.Web.Tests.Catalog;

public sealed class SoldOutTests(BuyingShop shop) : IClassFixture<BuyingShop>
{
    private const string Promise = "With you in", Elsewhere = "There is another choice above";

    [Fact]
    public async Task What_is_sold_out_is_not_promised_for_a_day()
    {
        var sku = await shop.ProductAsync(stock: 3);
        Assert.Contains(Promise, await BuyAsync(sku.ProductId, sku.Id), StringComparison.Ordinal);
        var gone = await shop.ProductAsync(stock: 0);
        var text = await BuyAsync(gone.ProductId, gone.Id);
        Assert.Contains("Sold out for now", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Promise, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Elsewhere, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_choice_that_is_sold_out_says_so_before_it_is_chosen()
    {
        var sku = await shop.ProductAsync(stock: 0);
        await shop.WithDbAsync(async db =>
        {
            db.Skus.Add(new Sku { ProductId = sku.ProductId, Code = Guid.NewGuid().ToString("N")[..12], Label = "4 kg", PackGrams = 4000, PriceMinor = 3000, Stock = 9 });
            return await db.SaveChangesAsync();
        });
        var page = await PageAsync(sku.ProductId, null);
        Assert.Contains("Sold out", page.GetElementById($"sku-{sku.Id}")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Sold out", page.QuerySelector(".choice[aria-current]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(Elsewhere, await BuyAsync(sku.ProductId, sku.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suggestion_says_what_is_sold_out()
    {
        var (sold, gone) = (await shop.ProductAsync(stock: 3), await shop.ProductAsync(stock: 0));
        Assert.DoesNotContain("sold out", await SuggestAsync(sold.ProductId), StringComparison.Ordinal);
        Assert.Contains("sold out", await SuggestAsync(gone.ProductId), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_price_stands_in_its_field_as_it_is_written_in_the_shop()
    {
        var sku = await shop.ProductAsync(priceMinor: 890);
        using var staff = await shop.MerchandiserAsync();
        var page = await staff.GetAsync($"/admin/products/{sku.ProductId}");
        Assert.Equal("8.90", ((IHtmlInputElement)page.QuerySelector("[name='Input.Skus[0].Price']")!).Value);
    }

    private async Task<string> BuyAsync(int productId, int skuId) => (await PageAsync(productId, skuId)).GetElementById("buy")!.TextContent;

    private async Task<IHtmlDocument> PageAsync(int productId, int? skuId)
    {
        var slug = await shop.WithDbAsync(db => db.Products.Where(p => p.Id == productId).Select(p => p.Slug).SingleAsync());
        using var http = new HttpClient { BaseAddress = (await shop.ServerAsync()).Address };
        return await new HtmlParser().ParseDocumentAsync(await http.GetStringAsync(new Uri($"/products/{slug}" + (skuId is null ? "" : $"?sku={skuId}"), UriKind.Relative)));
    }

    private async Task<string> SuggestAsync(int productId)
    {
        var name = await shop.WithDbAsync(db => db.Products.Where(p => p.Id == productId).Select(p => p.Name).SingleAsync());
        var server = await shop.ServerAsync();
        await server.Services.GetRequiredService<ShelfKeeper>().RefreshAsync(default);
        using var http = new HttpClient { BaseAddress = server.Address };
        var fragment = await new HtmlParser().ParseDocumentAsync(await http.GetStringAsync(new Uri($"/search?handler=Suggest&q={Uri.EscapeDataString(name)}", UriKind.Relative)));
        return fragment.QuerySelectorAll("a").First(a => a.TextContent.Contains(name, StringComparison.Ordinal)).TextContent;
    }
}
