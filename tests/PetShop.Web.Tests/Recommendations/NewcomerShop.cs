using Microsoft.Extensions.DependencyInjection;
using PetShop.TestHost;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Recommendations.Training;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Recommendations;

/// <summary>The small demo shop, trained with a product in it that nobody has looked at or bought: another flavour of a popular cat food.</summary>
public sealed class NewcomerShop : ShopFixture
{
    private const string CloneSql =
        """
        INSERT INTO products (slug, name, brand_id, category_id, department, species, life_stages, dog_sizes, summary, description, diet_tags, ingredients, allergens,
                              kcal_per_100g, ration, seasons, is_medicine, illustration, released_on, is_active, search_text)
        SELECT $2, 'Newcomer ' || name, brand_id, category_id, department, species, life_stages, dog_sizes, summary, description, diet_tags, ingredients, allergens,
               kcal_per_100g, ration, seasons, is_medicine, illustration, CURRENT_DATE, true, search_text FROM products WHERE id = $1
        """;

    private const string SkuSql =
        """
        INSERT INTO skus (product_id, code, label, price_minor, stock, pack_grams, is_active, sort_order)
        SELECT (SELECT id FROM products WHERE slug = $2), $2, label, price_minor, 50, pack_grams, true, 0
        FROM skus WHERE product_id = $1 ORDER BY id LIMIT 1
        """;

    /// <summary>The popular product it is like.</summary>
    public int Sibling { get; private set; }
    public int Newcomer { get; private set; }

    protected override async Task<ShopServer> StartAsync()
    {
        var shop = await ShopServer.StartAsync(await TestDatabase.DemoAsync(), [.. TrackedShop.Settings, "Tracking:HistoryRefresh=00:05:00"], TrackedShop.Configure);
        Sibling = await shop.ScalarAsync<int>(
            "SELECT p.id FROM order_lines n JOIN products p ON p.id = n.product_id WHERE p.department = 'cat' AND p.ration = 2 AND p.in_stock GROUP BY p.id ORDER BY count(*) DESC, p.id LIMIT 1");
        Newcomer = await AddAsync(shop, "a-newcomer");
        await shop.Services.GetRequiredService<ModelTrainer>().TrainAsync("command", CancellationToken.None);
        await shop.Services.GetRequiredService<ServingRefresher>().ReadAllAsync(CancellationToken.None);
        return shop;
    }

    /// <summary>Puts another product like the popular one on sale.</summary>
    public async Task<int> AddAsync(ShopServer shop, string slug)
    {
        await shop.ExecuteAsync(CloneSql, Sibling, slug);
        await shop.ExecuteAsync(SkuSql, Sibling, slug);
        return await shop.ScalarAsync<int>("SELECT id FROM products WHERE slug = $1", slug);
    }
}
