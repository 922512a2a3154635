using Microsoft.Extensions.DependencyInjection;
using PetShop.TestHost;
using PetShop.Web.Catalog;
using PetShop.Web.Commands;
using PetShop.Web.Tests.Accounts;

namespace PetShop.Web.Tests.Importing;

public sealed class ImportedSearchTests(ShopFixture shop) : IClassFixture<ShopFixture>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("petshop-import").FullName;

    [Theory]
    [InlineData("hydrotherapy")] // A word of the summary.
    [InlineData("quinoa")]       // An ingredient.
    [InlineData("Wobbleham")]    // The brand.
    [InlineData("Splashings")]   // The category.
    [InlineData("ZX9731")]       // The code.
    public async Task An_imported_product_is_found_by_its_words(string word)
    {
        var server = await shop.ServerAsync();
        var file = Path.Combine(_folder, "products.csv");
        await File.WriteAllTextAsync(file, "sku,name,brand,category,price,stock,summary,ingredients\nZX9731,Otter ring,Wobbleham,Otters/Splashings,9.00,5,For hydrotherapy at home,quinoa|rice\n");
        await ImportCommand.ImportAsync(server.Services, file, null, null, _folder, CancellationToken.None);
        await server.Services.GetRequiredService<ShelfKeeper>().RefreshAsync(CancellationToken.None);
        var page = await server.NewVisitor().GetAsync($"/search?q={word}");
        Assert.Contains("Otter ring", page.Content(), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
