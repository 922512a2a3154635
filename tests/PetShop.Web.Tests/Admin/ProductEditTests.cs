using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using PetShop.TestHost;
using PetShop.Web.Tests.Accounts;

namespace PetShop.Web.Tests.Admin;

public sealed class ProductEditTests(BuyingShop shop) : IClassFixture<BuyingShop>
{
    private static readonly (string, string?) Summary = ("Input.Summary", "A dinner.");

    [Fact]
    public async Task A_changed_price_is_written_to_the_history_and_an_unchanged_one_is_not()
    {
        var sku = await shop.ProductAsync(priceMinor: 1999);
        using var staff = await shop.MerchandiserAsync();
        Assert.Equal([1999], await HistoryAsync(sku.Id));
        await SaveAsync(staff, sku.ProductId, ("Input.Skus[0].Price", "17.50"));
        Assert.Equal([1999, 1750], await HistoryAsync(sku.Id));
        await SaveAsync(staff, sku.ProductId, ("Input.Name", "Better dinner"));
        Assert.Equal([1999, 1750], await HistoryAsync(sku.Id));
        Assert.Contains("€17.50", (await staff.GetAsync($"/admin/products/{sku.ProductId}")).QuerySelector("#history ~ .table-scroll, [aria-labelledby=history]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Better dinner", await shop.WithDbAsync(db => db.Products.Where(p => p.Id == sku.ProductId).Select(p => p.Name).SingleAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_sold_while_the_form_was_open_is_not_put_back()
    {
        var sku = await shop.ProductAsync(stock: 10);
        using var staff = await shop.MerchandiserAsync();
        var page = await staff.GetAsync($"/admin/products/{sku.ProductId}");
        await shop.WithDbAsync(db => db.Skus.Where(s => s.Id == sku.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Stock, 7)));
        await staff.SubmitAsync(Form(page), Summary, ("Input.Skus[0].Stock", "15"));
        Assert.Equal(12, await shop.StockAsync(sku.Id));
        page = await staff.SubmitAsync(Form(page), Summary, ("Input.Skus[0].Stock", "-1"));
        Assert.Contains("between 0 and a million", page.Content(), StringComparison.Ordinal);
        await shop.WithDbAsync(db => db.Skus.Where(s => s.Id == sku.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Stock, 2)));
        page = await staff.SubmitAsync(Form(page), Summary, ("Input.Skus[0].Stock", "0"), ("Input.Skus[0].StockBefore", "12"));
        Assert.Contains("Some were sold meanwhile", page.Content(), StringComparison.Ordinal);
        Assert.Equal(2, await shop.StockAsync(sku.Id));
    }

    [Fact]
    public async Task What_came_without_a_price_goes_on_sale_when_it_gets_one_and_what_was_taken_off_sale_stays_off()
    {
        var (unpriced, off) = (await shop.ProductAsync(priceMinor: 0), await shop.ProductAsync());
        await shop.WithDbAsync(db => db.Skus.Where(s => s.Id == unpriced.Id || s.Id == off.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.IsActive, false)));
        using var staff = await shop.MerchandiserAsync();
        await SaveAsync(staff, unpriced.ProductId);
        Assert.False(await IsOnSaleAsync(unpriced.Id));
        await SaveAsync(staff, unpriced.ProductId, ("Input.Skus[0].Price", "4.50"));
        Assert.True(await IsOnSaleAsync(unpriced.Id));
        await SaveAsync(staff, off.ProductId, ("Input.Skus[0].Price", "4.50"));
        Assert.False(await IsOnSaleAsync(off.Id));
    }

    [Fact]
    public async Task An_edited_product_is_found_by_the_words_of_its_new_summary()
    {
        var sku = await shop.ProductAsync();
        using var staff = await shop.MerchandiserAsync();
        await staff.SubmitAsync(Form(await staff.GetAsync($"/admin/products/{sku.ProductId}")), ("Input.Summary", "Smells of bergamot."));
        Assert.Contains($"Dinner {sku.Code}", (await staff.GetAsync("/search?q=bergamot")).Content(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Input.Skus[0].Price", "17.505", "At most 2 decimals")]
    [InlineData("Input.Skus[0].Price", "", "Give a price")]
    [InlineData("Input.Name", "", "Give it a name")]
    public async Task A_fault_is_named_and_the_price_stays(string field, string value, string says)
    {
        var sku = await shop.ProductAsync(priceMinor: 1999);
        using var staff = await shop.MerchandiserAsync();
        var page = await staff.SubmitAsync(Form(await staff.GetAsync($"/admin/products/{sku.ProductId}")), Summary, (field, value));
        Assert.Contains(says, page.QuerySelector($"[data-valmsg-for='{field}']")!.TextContent, StringComparison.Ordinal);
        Assert.Equal([1999], await HistoryAsync(sku.Id));
    }

    private static AngleSharp.Dom.IElement Form(IHtmlDocument page) => page.QuerySelector("main form.stack")!;

    private static async Task SaveAsync(TestVisitor staff, int product, params (string, string?)[] fields)
    {
        var page = await staff.SubmitAsync(Form(await staff.GetAsync($"/admin/products/{product}")), [Summary, .. fields]);
        Assert.Contains("Saved", page.QuerySelector(".notice--good")?.TextContent, StringComparison.Ordinal);
    }

    private Task<bool> IsOnSaleAsync(int sku) => shop.WithDbAsync(db => db.Skus.Where(s => s.Id == sku).Select(s => s.IsActive).SingleAsync());

    private Task<List<long>> HistoryAsync(int sku) => shop.WithDbAsync(db => db.SkuPrices.Where(p => p.SkuId == sku).OrderBy(p => p.Id).Select(p => p.PriceMinor).ToListAsync());
}
