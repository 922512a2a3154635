using Microsoft.Extensions.DependencyInjection;
using PetShop.Data;
using PetShop.Data.Catalog;
using PetShop.Data.Orders;
using PetShop.Data.Shoppers;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;
using PetShop.TestHost;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Recommendations.Training;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Recommendations;

/// <summary>Forty products, sixty shoppers who buy them in turn, and a trainer of the test's own among the contenders that knows how: small enough to train in a moment.</summary>
public sealed class LearningShop : ShopFixture
{
    public const int Products = 40, Shoppers = 60, Purchases = 12;

    /// <summary>Wins every contest, as purchases follow its rule, unless a test makes it do something else.</summary>
    public NextInLine Own { get; } = new();

    public TrainingOutcome? Trained { get; private set; }

    protected override async Task<ShopServer> StartAsync()
    {
        var shop = await ShopServer.StartAsync(await TestDatabase.EmptyAsync(),
            [.. TrackedShop.Settings, "Recommendations:MinimumInteractions=1", "Recommendations:TuneTrials=3", "Recommendations:TrainingThreads=1"], builder =>
            {
                TrackedShop.Configure(builder);
                builder.Services.AddSingleton<ITrainer>(Own);
            });
        await FillAsync(shop);
        Trained = await shop.Services.GetRequiredService<ModelTrainer>().TrainAsync("command", CancellationToken.None);
        await shop.Services.GetRequiredService<ServingRefresher>().ReadAllAsync(CancellationToken.None);
        return shop;
    }

    private static async Task FillAsync(ShopServer shop)
    {
        await using var scope = shop.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
        Product[] products = [.. Enumerable.Range(0, Products).Select(i => Shelf.Product(i, i < Products / 2 ? "dog" : "cat"))];
        db.Products.AddRange(products);
        await db.SaveChangesAsync();
        var newest = TimeProvider.System.GetUtcNow().AddDays(-1);
        for (var s = 0; s < Shoppers; s++)
        {
            var isDog = s % 2 == 0;
            var shopper = Shelf.Shopper(s, isDog ? "dog" : "cat", isDog && s % 3 == 0 ? ["chicken"] : []);
            db.Shoppers.Add(shopper.Person);
            db.Pets.Add(shopper.Pet);
            for (var n = 0; n < Purchases; n++)
            {
                // Each species' twenty products stand in a circle; everybody walks around it from a place of their own.
                var product = products[(isDog ? 0 : Products / 2) + (s * 7 + n) % (Products / 2)];
                db.Orders.Add(Shelf.Order(shopper.Person, product, newest.AddDays(-(Purchases - 1 - n) * 5).AddMinutes(-s)));
            }
        }
        await db.SaveChangesAsync();
    }

    /// <summary>For a product the three that stand next in the circle.</summary>
    public sealed class NextInLine : ITrainer
    {
        public string Name => "next-in-line";

        public IReadOnlyDictionary<string, string> Parameters { get; } = new Dictionary<string, string>();

        /// <summary>What happens instead of training; null trains.</summary>
        public Func<InteractionMatrix, CancellationToken, IModel>? Instead { get; set; }

        public IModel Train(InteractionMatrix matrix, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default) =>
            Instead is { } other ? other(matrix, cancel) : Learn(matrix);

        public static NeighbourModel Learn(InteractionMatrix matrix)
        {
            var lists = Enumerable.Range(0, matrix.ItemCount).Select(i => Enumerable.Range(1, 3).Select(step => new Ranked(Next(i, step), 1f / (step * step)))
                .Where(r => r.Item < matrix.ItemCount).ToArray()).ToArray();
            int[] starts = [0, .. lists.Select((_, i) => lists.Take(i + 1).Sum(l => l.Length))];
            return new NeighbourModel(matrix.Items, starts, [.. lists.SelectMany(l => l)]);

            static int Next(int item, int step) => item / (Products / 2) * (Products / 2) + (item + step) % (Products / 2);
        }
    }
}

/// <summary>Rows of a small shop.</summary>
internal static class Shelf
{
    public static Product Product(int number, string species)
    {
        var product = new Product
        {
            Slug = $"product-{number}", Name = $"Dinner {number}", Brand = new Brand { Slug = $"brand-{number}", Name = $"Brand {number}" }, Department = species,
            Category = new Category { Slug = $"category-{number}", Name = "Food", Department = species, Path = [species, $"category-{number}"] },
            Species = [species], Ingredients = number % 3 == 0 ? ["chicken"] : ["salmon"],
        };
        product.Skus.Add(new Sku { Code = $"code-{number}", Label = "2 kg", PackGrams = 2000, PriceMinor = 1999, Stock = 1000 });
        return product;
    }

    public static (Shopper Person, Pet Pet) Shopper(int number, string species, string[] allergies)
    {
        var id = Guid.CreateVersion7();
        var email = $"{id}@example.com";
        return (new Shopper
        {
            Id = id, UserName = email, NormalizedUserName = email.ToUpperInvariant(), Email = email, FirstName = $"Ada {number}", RegisteredAt = DateTimeOffset.UnixEpoch,
            ConsentAnalytics = true, ConsentPersonalisation = true, ConsentPrices = true,
        }, new Pet { Id = Guid.CreateVersion7(), ShopperId = id, Name = "Rex", Species = species, Allergies = allergies, CreatedAt = DateTimeOffset.UnixEpoch });
    }

    public static Order Order(Shopper shopper, Product product, DateTimeOffset at)
    {
        var order = new Order
        {
            Number = Guid.NewGuid().ToString("N"), CheckoutKey = Guid.NewGuid(), ShopperId = shopper.Id, Email = shopper.Email!, Status = OrderStatus.Delivered, PlacedAt = at,
            Currency = "EUR", DeliveryMethod = "standard", PaymentMethod = "invoice", FullName = "Ada", Line1 = "Way 1", Postcode = "10115", City = "Berlin", Country = "DE",
        };
        order.Lines.Add(new OrderLine { SkuId = product.Skus[0].Id, ProductId = product.Id, ProductName = product.Name, SkuLabel = "2 kg", Quantity = 1, UnitPriceMinor = 100, BasePriceMinor = 100 });
        return order;
    }
}
