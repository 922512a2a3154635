using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Data;
using PetShop.TestHost;
using PetShop.Web.Commands;

namespace PetShop.Web.Tests.Importing;

public sealed class ImportedMeasureTests(ShopFixture shop) : IClassFixture<ShopFixture>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("petshop-import").FullName;

    [Fact]
    public async Task What_is_bought_by_volume_has_the_price_of_a_litre()
    {
        Assert.Equal([("Linseed", (long?)500, (long?)null), ("Linseed oil", null, 2000)], await ImportAsync(
            """
            sku,product,name,brand,label,price,pack_grams,pack_ml,stock
            OIL-1,OIL,Linseed oil,Oatmere,500 ml,10.00,465,500,5
            OIL-2,SACK,Linseed,Oatmere,2 kg,10.00,2000,,5
            """));
        Assert.Equal([("Linseed", (long?)500, (long?)null), ("Linseed oil", null, 1000)], await ImportAsync("sku,name,price,pack_ml\nOIL-1,Linseed oil,10.00,1000\n"));
    }

    private async Task<List<(string Name, long? Kilogram, long? Litre)>> ImportAsync(string csv)
    {
        var server = await shop.ServerAsync();
        var file = Path.Combine(_folder, "products.csv");
        await File.WriteAllTextAsync(file, csv);
        await ImportCommand.ImportAsync(server.Services, file, null, null, _folder, CancellationToken.None);
        await using var scope = server.Services.CreateAsyncScope();
        var products = await scope.ServiceProvider.GetRequiredService<PetShopDb>().Products.AsNoTracking().Where(p => p.Name.StartsWith("Linseed")).OrderBy(p => p.Name).ToListAsync();
        return products.ConvertAll(p => (p.Name, p.PricePerKgMinor, p.PricePerLitreMinor));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
