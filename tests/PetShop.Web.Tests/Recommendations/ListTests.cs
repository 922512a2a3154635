using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Tests.Recommendations;

public sealed class ListTests
{
    [Fact]
    public void Out_of_its_season_a_product_is_half_as_popular()
    {
        var catalogue = new Catalogue([Product(1) with { Buyers365d = 30, Seasons = ["winter"] }, Product(2) with { Buyers365d = 20 }, Product(3) with { Buyers365d = 10 }]);
        Assert.Equal([2, 1, 3], Order(catalogue, new(2026, 7, 1)));
        Assert.Equal([1, 2, 3], Order(catalogue, new(2026, 1, 15)));
    }

    [Fact]
    public void How_likely_a_buyer_returns_follows_the_product_and_where_it_is_new_its_category()
    {
        var catalogue = new Catalogue(
        [
            Product(1) with { KcalPer100g = 350, Buyers365d = 180, Repeaters365d = 144 }, Product(2) with { KcalPer100g = 350 },
            Product(3) with { CategoryId = 9, Buyers365d = 200, Repeaters365d = 4 }, Product(4) with { CategoryId = 9 },
        ]);
        // The category: (144 + 20 * .5) / (180 + 20) = .77.
        Assert.Equal((144 + 20 * .77) / 200, catalogue.RepeatChances[0], 1e-9);
        Assert.Equal(.77, catalogue.RepeatChances[1], 1e-9);
        Assert.InRange(catalogue.RepeatChances[2], 0, .05);
        Assert.InRange(catalogue.RepeatChances[3], 0, .05);
    }

    private static ProductFacts Product(int id) => new(id, $"p{id}", $"Product {id}", 1, 1, "dog", ["dog", "food"]) { InStock = true, ReleasedOn = new(2020, 1, 1) };

    private static IEnumerable<int> Order(Catalogue catalogue, DateOnly today)
    {
        var popular = new ProductLists(catalogue, today).Popular();
        return popular.ToArray().Select(r => catalogue[r.Item].Id);
    }
}
