using Microsoft.Extensions.DependencyInjection;
using PetShop.Data;
using PetShop.TestHost;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Recommendations.Training;

namespace PetShop.Web.Tests.Recommendations;

public sealed class TinyShopTests
{
    [Fact]
    public async Task An_empty_shop_one_product_and_one_shopper_are_trained_on_in_turn_without_harm()
    {
        await using var shop = await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), ["Recommendations:MinimumInteractions=1"]);
        await TrainsAsync(shop, TrainingResult.TooLittleData);

        await using var scope = shop.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
        var product = Shelf.Product(0, "dog");
        db.Add(product);
        await db.SaveChangesAsync();
        await TrainsAsync(shop, TrainingResult.TooLittleData);

        var (person, pet) = Shelf.Shopper(0, "dog", []);
        var now = TimeProvider.System.GetUtcNow();
        db.AddRange(person, pet, Shelf.Order(person, product, now.AddDays(-9)));
        await db.SaveChangesAsync();
        await TrainsAsync(shop, TrainingResult.TooLittleData);

        // Bought again and again: there is a past and a later purchase, but nothing to discover.
        for (var day = 8; day > 0; day--)
            db.Add(Shelf.Order(person, product, now.AddDays(-day)));
        await db.SaveChangesAsync();
        var outcome = await TrainsAsync(shop, TrainingResult.Refused);
        Assert.Contains("no held-out purchases", outcome.Decision, StringComparison.Ordinal);

        var second = Shelf.Product(1, "dog");
        db.Add(second);
        await db.SaveChangesAsync();
        db.Add(Shelf.Order(person, second, now.AddHours(-1)));
        await db.SaveChangesAsync();
        await TrainsAsync(shop, TrainingResult.Promoted);
    }

    private static async Task<TrainingOutcome> TrainsAsync(ShopServer shop, TrainingResult expected)
    {
        var outcome = await shop.Services.GetRequiredService<ModelTrainer>().TrainAsync("command", CancellationToken.None);
        Assert.True(outcome.Result == expected, $"{outcome.Result}: {outcome.Decision}");
        await shop.Services.GetRequiredService<ServingRefresher>().ReadAllAsync(CancellationToken.None);
        using var visitor = shop.NewVisitor();
        (await visitor.Client.GetAsync("/")).EnsureSuccess().Dispose();
        return outcome;
    }
}
