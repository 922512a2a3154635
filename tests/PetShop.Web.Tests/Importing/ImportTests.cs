using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Data;
using PetShop.Data.Catalog;
using PetShop.Data.Shoppers;
using PetShop.TestHost;
using PetShop.Web.Importing;

namespace PetShop.Web.Tests.Importing;

public sealed class ImportTests(ShopFixture shop) : IClassFixture<ShopFixture>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("petshop-import").FullName;

    [Fact]
    public async Task Good_rows_are_kept_bad_ones_are_reported_with_line_and_reason_and_a_second_run_changes_nothing()
    {
        var products = Write("products.csv", """
            sku,name,brand,category,price,pack_grams,stock
            A-2,Salmon bites,Nordpaw,Dog/Food/Treats,4.90,200,12
            A-1,Salmon dinner,Nordpaw,Dog/Food,12.50,2000,5
            A-1,Salmon dinner again,Nordpaw,Dog/Food,12.50,2000,5
            B-1,,Nordpaw,Dog/Food,1.00,100,5
            B-2,"Rope, knotted",Tugwell,Dog/Toys,twelve,,5
            """);
        var orders = Write("orders.csv", """
            order,sku,quantity,unit_price,placed_at,customer,country
            1001,A-1,2,12.50,2026-03-01T10:00:00Z,c1,Germany
            1001,A-2,1,4.90,2026-03-01T10:00:00Z,c1,Germany
            1002,A-1,0,12.50,2026-03-02T10:00:00Z,c1,Germany
            1003,ZZ,1,1.00,2026-03-03T10:00:00Z,c2,France
            1004,A-2,3,4.90,soon,c2,France
            1005,A-2,3,4.90,2026-03-04T10:00:00+01:00,,EIRE
            """);
        var (report, result) = await ImportAsync(products, orders);
        Assert.Equal((2, 3), (report.Products.Kept, report.Products.Refused));
        Assert.Equal((3, 3), (report.Orders.Kept, report.Orders.Refused));
        Assert.Equal(new OrderImportResult(Shoppers: 1, Orders: 2, Lines: 3), result);
        var rejected = await File.ReadAllTextAsync(Path.Combine(_folder, "orders.rejected.csv"));
        Assert.Contains("4,quantity below 1", rejected, StringComparison.Ordinal);
        Assert.Contains("5,unknown sku", rejected, StringComparison.Ordinal);
        Assert.Contains("6,placed_at is no date", rejected, StringComparison.Ordinal);

        Assert.Equal(new OrderImportResult(0, 0, 0), (await ImportAsync(products, orders)).Result);
        await using var db = await DbAsync();
        Assert.Equal(2, await db.Products.CountAsync(p => p.Brand!.Slug == "nordpaw"));
        Assert.Equal(["dog", "dog-food", "dog-food-treats"], await db.Categories.Where(c => c.Slug == "dog-food-treats").Select(c => c.Path).SingleAsync());
        var order = await db.Orders.Include(o => o.Lines).SingleAsync(o => o.Number == "1001");
        Assert.Equal((2_990, "DE", 2), (order.TotalMinor, order.Country, order.Lines.Count));
        Assert.Null((await db.Orders.SingleAsync(o => o.Number == "1005")).ShopperId);
    }

    [Fact]
    public async Task A_later_file_corrects_every_fact_it_has_and_leaves_the_others()
    {
        await ImportProductsAsync("""
            sku,product,name,brand,category,species,label,price,pack_grams,stock,summary,description,ingredients,allergens,kcal_per_100g
            U-1,U,Hearty stew,Nordpaw,Dog/Food,dog,2 kg,12.50,2000,5,Warm,Long text,chicken|rice,chicken,350
            U-2,U,Hearty stew,Nordpaw,Dog/Food,dog,4 kg,22.50,4000,5,,,,,
            """);
        await ImportProductsAsync("sku,name,stock,price\nU-1,Hearty stew,9,\n");
        var product = await UAsync();
        Assert.Equal(["chicken"], product.Allergens);
        Assert.Equal(("nordpaw", "dog", "2 kg", 1250L, 2000, 9), (product.Brand!.Slug, product.Species.Single(), product.Skus[0].Label, product.Skus[0].PriceMinor, product.Skus[0].PackGrams, product.Skus[0].Stock));

        const string Corrected = """
            sku,product,name,brand,category,species,label,price,pack_grams,stock,summary,description,ingredients,allergens,kcal_per_100g
            U-1,U,Hearty fish stew,Sudpaw,Cat/Food,cat,1.8 kg,11.50,1800,7,Warmer,Another text,salmon|wheat,fish|wheat,
            U-2,U,Hearty fish stew,,,,3.6 kg,,,,,,,,
            """;
        await ImportProductsAsync(Corrected);
        product = await UAsync();
        Assert.Equal(("Hearty fish stew", "sudpaw", "cat-food", "cat"), (product.Name, product.Brand!.Slug, product.Category!.Slug, product.Department));
        Assert.Equal(["cat", "salmon", "wheat", "fish", "wheat"], [.. product.Species, .. product.Ingredients, .. product.Allergens]);
        Assert.Equal((null, "Warmer", "Another text", "hearty-stew"), (product.KcalPer100g, product.Summary, product.Description, product.Slug));
        Assert.Equal([("U-1", "1.8 kg", 1150L, 1800, 7), ("U-2", "3.6 kg", 2250L, 4000, 5)], product.Skus.Select(s => (s.Code, s.Label, s.PriceMinor, s.PackGrams ?? 0, s.Stock)));
        Assert.Equal("Sudpaw Cat Food cat salmon wheat Warmer U-1 U-2", product.SearchText);

        var rows = await VersionsAsync();
        await ImportProductsAsync(Corrected);
        Assert.Equal(rows, await VersionsAsync());
    }

    [Fact]
    public async Task What_has_no_price_is_not_sold_until_a_file_or_an_order_names_one_and_what_was_given_away_stays_so()
    {
        var products = Write("products.csv", "sku,name,price\nP-1,Pond,\nP-2,Perch,\nP-3,Pamphlet,0\n");
        var orders = Write("orders.csv", "order,sku,quantity,unit_price,placed_at\nP1,P-1,1,9.00,2026-02-01T10:00:00Z\nP2,P-1,1,8.00,2026-03-01T10:00:00Z\nP3,P-3,1,2.00,2026-03-01T10:00:00Z\n");
        await ImportAsync(products, orders, new() { PricesFromOrders = true });
        Assert.Equal([("P-1", 800L, true), ("P-2", 0L, false), ("P-3", 0L, true)], await PricesAsync());
        await ImportProductsAsync("sku,name,price\nP-2,Perch,4.50\n");
        Assert.Equal([("P-1", 800L, true), ("P-2", 450L, true), ("P-3", 0L, true)], await PricesAsync());

        async Task<List<(string, long, bool)>> PricesAsync()
        {
            await using var db = await DbAsync();
            return [.. (await db.Skus.AsNoTracking().Where(s => s.Code.StartsWith("P-")).OrderBy(s => s.Code).ToListAsync()).Select(s => (s.Code, s.PriceMinor, s.IsActive))];
        }
    }

    [Fact]
    public async Task What_was_sold_before_it_came_here_is_not_new_and_a_customer_without_a_name_is_greeted_by_none()
    {
        var products = Write("products.csv", "sku,name,price\nR-1,Ramp,9.00\nR-2,Rug,9.00\n");
        await ImportAsync(products, Write("orders.csv", "order,sku,quantity,unit_price,placed_at,customer\nR1,R-1,1,9.00,2025-05-01T10:00:00Z,r1\nR2,R-1,1,9.00,2025-06-01T10:00:00Z,r1\n"));
        await using var db = await DbAsync();
        Assert.Equal(new DateOnly(2025, 5, 1), await db.Products.Where(p => p.Slug == "ramp").Select(p => p.ReleasedOn).SingleAsync());
        Assert.True(await db.Products.Where(p => p.Slug == "rug").Select(p => p.ReleasedOn).SingleAsync() > new DateOnly(2025, 12, 31));
        Assert.Equal("|Customer r1", await db.Shoppers.Where(s => s.ExternalId == "r1").Select(s => s.FirstName + "|" + s.LastName).SingleAsync());
    }

    [Fact]
    public async Task Customers_of_a_file_that_states_no_consent_have_none()
    {
        var products = Write("products.csv", "sku,name,price\nN-1,Nest,9.00\n");
        var orders = Write("orders.csv", "order,sku,quantity,unit_price,placed_at,customer\nN1001,N-1,1,9.00,2026-05-01T10:00:00Z,n1\n");
        await ImportAsync(products, orders);
        await using var db = await DbAsync();
        var shopper = await db.Shoppers.SingleAsync(s => s.ExternalId == "n1");
        Assert.False(shopper.ConsentAnalytics || shopper.ConsentPersonalisation || shopper.ConsentEmail || shopper.ConsentPrices);
    }

    [Fact]
    public async Task Orders_of_people_who_have_an_account_with_the_same_address_join_it_and_a_guests_keep_their_address()
    {
        var known = await AccountAsync("greta@example.com");
        var products = Write("products.csv", "sku,name,price\nK-1,Kennel,90.00\n");
        var orders = Write("orders.csv", """
            order,sku,quantity,unit_price,placed_at,customer,email
            K1,K-1,1,90.00,2026-05-01T10:00:00Z,k1,Greta@Example.com
            K2,K-1,1,90.00,2026-05-02T10:00:00Z,k2,twice@example.com
            K3,K-1,1,90.00,2026-05-03T10:00:00Z,k3,Twice@example.com
            K4,K-1,1,90.00,2026-05-04T10:00:00Z,k3,
            K5,K-1,1,90.00,2026-05-05T10:00:00Z,,GRETA@example.com
            K6,K-1,1,90.00,2026-05-06T10:00:00Z,,nobody@example.com
            K7,K-1,1,90.00,2026-05-07T10:00:00Z,,
            """);
        var (_, result) = await ImportAsync(products, orders);
        // k1, k3 and who ordered without a key.
        Assert.Equal(new OrderImportResult(Shoppers: 1, Orders: 7, Lines: 7, Known: 3), result);

        Assert.Equal(new OrderImportResult(0, 0, 0), (await ImportAsync(products, orders)).Result);
        await using var db = await DbAsync();
        var twice = await db.Shoppers.Where(s => s.ExternalId == "k2").Select(s => s.Id).SingleAsync();
        Assert.Equal(
            [
                ("K1", known, "greta@example.com", "Greta Known"), ("K2", twice, "twice@example.com", "Customer k2"), ("K3", twice, "twice@example.com", "Customer k2"), ("K4", twice, "twice@example.com", "Customer k2"),
                ("K5", known, "greta@example.com", "Greta Known"), ("K6", null, "nobody@example.com", "Guest"), ("K7", (Guid?)null, "guest@imported.invalid", "Guest"),
            ],
            (await db.Orders.Where(o => o.Lines.Any(l => l.ProductName == "Kennel")).OrderBy(o => o.Number).ToListAsync()).Select(o => (o.Number, o.ShopperId, o.Email, o.FullName)));
    }

    [Fact]
    public async Task A_customers_key_goes_before_the_address_that_a_later_file_names()
    {
        var products = Write("products.csv", "sku,name,price\nL-1,Lead,9.00\n");
        const string Head = "order,sku,quantity,unit_price,placed_at,customer,email\n";
        await ImportAsync(products, Write("orders.csv", Head + "L1,L-1,1,9.00,2026-05-01T10:00:00Z,l1,lea@example.com\n"));
        var (_, result) = await ImportAsync(products, Write("orders.csv", Head + "L2,L-1,1,9.00,2026-06-01T10:00:00Z,l1,moved@example.com\n"));
        // Known by the key of the first file, not by the address: nobody else's account was met.
        Assert.Equal(new OrderImportResult(Shoppers: 0, Orders: 1, Lines: 1), result);
        await using var db = await DbAsync();
        Assert.Equal(["lea@example.com"], await db.Orders.Where(o => o.Number == "L1" || o.Number == "L2").Select(o => o.Email).Distinct().ToListAsync());
    }

    [Fact]
    public async Task A_history_of_years_ago_can_be_moved_so_that_its_last_order_is_of_today()
    {
        var products = Write("products.csv", "sku,name,price\nM-1,Mat,9.00\n");
        var orders = Write("orders.csv", "order,sku,quantity,unit_price,placed_at\nM1,M-1,1,9.00,2011-01-01T10:00:00Z\nM2,M-1,1,9.00,2011-12-09T10:00:00Z\n");
        var (_, result) = await ImportAsync(products, orders, new ImportMapping { MoveToNow = true });
        await using var db = await DbAsync();
        var placed = await db.Orders.Where(o => o.Number == "M1" || o.Number == "M2").OrderBy(o => o.PlacedAt).Select(o => o.PlacedAt).ToListAsync();
        Assert.InRange(TimeProvider.System.GetUtcNow() - placed[1], TimeSpan.Zero, TimeSpan.FromDays(1));
        Assert.Equal(TimeSpan.FromDays(342), placed[1] - placed[0]);
        Assert.True(result.MovedDays > 5_000);
    }

    [Fact]
    public void A_missing_column_is_named_together_with_those_the_file_has()
    {
        var path = Write("wrong.csv", "code,title\n1,Ball\n");
        var error = Assert.Throws<InvalidOperationException>(() => new ImportFile(path, ImportColumns.Products, new Dictionary<string, string>(), new Dictionary<string, string>()));
        Assert.Contains("'sku'", error.Message, StringComparison.Ordinal);
        Assert.Contains("code, title", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "orders": { "colour": "X" } }""", "colour")]
    [InlineData("""{ "timeZone": "Mars/Olympus" }""", "Mars/Olympus")]
    [InlineData("""{ "consents": ["everything"] }""", "everything")]
    [InlineData("""{ "ordres": {} }""", "ordres")]
    [InlineData("{", "mapping")]
    public void A_mapping_that_cannot_be_meant_is_refused_by_name(string json, string named)
    {
        var path = Write("mapping.json", json);
        Assert.Contains(named, Assert.Throws<InvalidOperationException>(() => ImportMapping.Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-29 02:30:00", "2026-03-29T01:30:00Z")] // The hour that daylight saving skips reads as the one after it.
    [InlineData("2026-07-01 12:00:00", "2026-07-01T10:00:00Z")]
    [InlineData("2026-12-01 12:00:00", "2026-12-01T11:00:00Z")]
    public void Dates_without_an_offset_are_of_the_mappings_zone(string text, string expected)
    {
        Assert.True(new ImportMapping { TimeZone = "Europe/Berlin" }.TryParseDate(text, out var instant));
        Assert.Equal(DateTimeOffset.Parse(expected, null), instant);
    }

    [SkippableFact]
    public async Task The_head_of_a_real_shops_files_reads_through_its_mapping()
    {
        var data = Repository.DataSet("online_retail_uci");
        Skip.If(data is null, "The UCI Online Retail files are not here; set PETSHOP_DATA to the folder of data sets to run this test.");
        var mapping = ImportMapping.Read(Path.Combine(Repository.WebFolder, "Importing", "Mappings", "online-retail-uci.json"));
        var orders = Path.Combine(_folder, "head.csv");
        await using (var packed = new GZipStream(File.OpenRead(Path.Combine(data!, "transactions.csv.gz")), CompressionMode.Decompress))
            await File.WriteAllLinesAsync(orders, HeadOf(packed, 20_000));
        var (report, result) = await ImportAsync(Path.Combine(data!, "products.csv.gz"), orders, mapping);
        Assert.InRange(report.Products.Kept, 3_900, 4_000);
        Assert.InRange(report.Orders.Kept, 18_000, 19_999);
        Assert.Equal(report.Orders.Kept, result.Lines);
        await using var db = await DbAsync();
        Assert.True(await db.Shoppers.CountAsync(s => s.ConsentPersonalisation) > 300);
    }

    private static IEnumerable<string> HeadOf(Stream stream, int lines)
    {
        using var reader = new StreamReader(stream);
        for (var i = 0; i < lines && reader.ReadLine() is { } line; i++)
            yield return line;
    }

    private async Task<((ImportReport Products, ImportReport Orders) Report, OrderImportResult Result)> ImportAsync(string products, string orders, ImportMapping? mapping = null)
    {
        mapping ??= new ImportMapping();
        await using var scope = (await shop.ServerAsync()).Services.CreateAsyncScope();
        var ofProducts = new ImportReport(products, Path.Combine(_folder, "products.rejected.csv"), TextWriter.Null);
        var ofOrders = new ImportReport(orders, Path.Combine(_folder, "orders.rejected.csv"), TextWriter.Null);
        using (ofProducts)
        using (ofOrders)
        {
            using var productFile = new ImportFile(products, ImportColumns.Products, mapping.Products, mapping.Defaults);
            await new ProductImport(scope.ServiceProvider.GetRequiredService<PetShopDb>(), TimeProvider.System).RunAsync(productFile, mapping, ofProducts, CancellationToken.None);
            using var orderFile = new ImportFile(orders, ImportColumns.Orders, mapping.Orders, mapping.Defaults);
            var result = await new OrderImport(scope.ServiceProvider.GetRequiredService<NpgsqlDataSource>(), TimeProvider.System).RunAsync(orderFile, mapping, "EUR", ofOrders, CancellationToken.None);
            return ((ofProducts, ofOrders), result);
        }
    }

    private async Task<Guid> AccountAsync(string address)
    {
        await using var db = await DbAsync();
        var shopper = new Shopper
        {
            Id = Guid.CreateVersion7(), FirstName = "Greta", LastName = "Known", UserName = address, NormalizedUserName = address.ToUpperInvariant(), Email = address,
            NormalizedEmail = address.ToUpperInvariant(), EmailConfirmed = true, RegisteredAt = TimeProvider.System.GetUtcNow(),
        };
        db.Shoppers.Add(shopper);
        await db.SaveChangesAsync();
        return shopper.Id;
    }

    private async Task ImportProductsAsync(string csv)
    {
        await using var scope = (await shop.ServerAsync()).Services.CreateAsyncScope();
        var path = Write("update.csv", csv);
        using var report = new ImportReport(path, Path.Combine(_folder, "update.rejected.csv"), TextWriter.Null);
        using var file = new ImportFile(path, ImportColumns.Products, new Dictionary<string, string>(), new Dictionary<string, string> { ["brand"] = "Nobody" });
        await new ProductImport(scope.ServiceProvider.GetRequiredService<PetShopDb>(), TimeProvider.System).RunAsync(file, new ImportMapping(), report, CancellationToken.None);
        Assert.Equal(0, report.Refused);
    }

    private async Task<Product> UAsync()
    {
        await using var db = await DbAsync();
        return await db.Products.AsNoTracking().Include(p => p.Brand).Include(p => p.Category).Include(p => p.Skus.OrderBy(s => s.SortOrder)).SingleAsync(p => p.Skus.Any(s => s.Code == "U-1"));
    }

    /// <summary>Which version of each row the database holds: another one after any update.</summary>
    private async Task<List<string>> VersionsAsync()
    {
        await using var db = await DbAsync();
        return await db.Database.SqlQuery<string>($"SELECT xmin::text AS \"Value\" FROM products UNION ALL SELECT xmin::text FROM skus UNION ALL SELECT xmin::text FROM brands UNION ALL SELECT xmin::text FROM categories").ToListAsync();
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private async Task<PetShopDb> DbAsync() =>
        (await shop.ServerAsync()).Services.CreateScope().ServiceProvider.GetRequiredService<PetShopDb>();

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
