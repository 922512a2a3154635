using PetShop.Demo.Catalogue;
using PetShop.Demo.Simulation;

namespace PetShop.Demo.Tests.Simulation;

/// <summary>What a model could learn from the year.</summary>
public sealed class BehaviourTests(OneYear year) : IClassFixture<OneYear>
{
    private static readonly Dictionary<string, string> Department = new() { ["dog"] = "dog", ["cat"] = "cat", ["horse"] = "horse", ["pony"] = "horse", ["rabbit"] = "small-pets", ["guinea-pig"] = "small-pets" };

    [Theory]
    [InlineData("dog"), InlineData("cat"), InlineData("horse")]
    public void Owners_of_one_kind_mostly_buy_for_it(string species)
    {
        var lines = LinesOf(species).ToList();
        Assert.True(lines.Count > 100, $"only {lines.Count} lines");
        Assert.InRange((double)lines.Count(line => line.Product.Department == Department[species]) / lines.Count, 0.8, 0.999);
    }

    [Fact] public void Nobody_feeds_a_pet_what_it_cannot_eat()
    {
        var maya = year.All.First(history => history.Shopper?.Id == DemoPersons.Maya.ShopperId);
        Assert.True(maya.Orders.Count >= 8, $"only {maya.Orders.Count} orders");
        Assert.All(Products(maya), product => Assert.DoesNotContain("chicken", product.Allergens));
        var careful = year.Shoppers.Where(history => history.Shopper!.Pets is [{ Allergies.Count: > 0 }]);
        var eaten = careful.SelectMany(history => Products(history).Select(product => (product, pet: history.Shopper!.Pets[0]))).Where(pair => pair.product.Species.Contains(pair.pet.Species)).ToList();
        Assert.NotEmpty(eaten);
        Assert.InRange((double)eaten.Count(pair => pair.product.Allergens.Intersect(pair.pet.Allergies).Any()) / eaten.Count, 0, 0.03);
    }

    [Fact] public void A_bag_is_bought_again_about_when_it_is_empty()
    {
        var ratios = new List<double>();
        foreach (var history in year.Shoppers.Where(history => history.Shopper!.Pets is [{ Species: "dog" }] && history.Shopper.Organisation is null))
        {
            var bags = history.Orders.SelectMany(order => order.Lines.Select(line => (order.PlacedAt, line.Quantity, Sold: OneYear.Shop.Sku(line.SkuCode)))).Where(bag => bag.Sold.Product.CategorySlug == "dog-dry-food").ToList();
            var eatsOther = Products(history).Any(product => product.CategorySlug is "dog-wet-food" or "dog-raw-food");
            if (eatsOther || Products(history).Any(product => product.Department != "dog"))
                continue;
            foreach (var (bag, next) in bags.Pairwise())
                ratios.Add((next.PlacedAt - bag.PlacedAt).TotalDays / Days(bag.Sold.Product, bag.Sold.Sku.WeightGrams!.Value * bag.Quantity, history.Shopper!.Pets[0], bag.PlacedAt));
        }
        Assert.True(ratios.Count > 60, $"only {ratios.Count} repeats");
        ratios.Sort();
        Assert.InRange(ratios[ratios.Count / 2], 0.75, 1.4);
    }

    [Fact] public void Brands_are_preferred_beyond_their_popularity()
    {
        // Of two dry-food purchases of different products, how often do both have one brand: within a household, and across households?
        var dry = year.Lines.Where(line => line.Product.CategorySlug == "dog-dry-food").GroupBy(line => line.Shopper.Id).Select(group => group.Select(line => line.Product).DistinctBy(product => product.Slug).ToList()).ToList();
        var within = dry.SelectMany(products => products.SelectMany((one, place) => products.Skip(place + 1).Select(other => one.BrandSlug == other.BrandSlug))).ToList();
        var firsts = dry.Select(products => products[0]).ToList();
        var across = firsts.SelectMany((one, place) => firsts.Skip(place + 1).Where(other => other.Slug != one.Slug).Select(other => one.BrandSlug == other.BrandSlug)).ToList();
        Assert.True(within.Count > 80, $"only {within.Count} pairs");
        Assert.True(Share(within) > 1.35 * Share(across), $"within {Share(within):0.000}, across {Share(across):0.000}");
    }

    [Fact] public void Seasons_move_sales()
    {
        var months = year.Lines.Where(line => line.Product.CategorySlug is "dog-flea-tick" or "cat-flea-tick").Select(line => line.Order.PlacedAt.Month).ToList();
        Assert.True(months.Count > 30);
        Assert.InRange((double)months.Count(month => month is >= 3 and <= 10) / months.Count, 0.9, 1);
        var coats = year.Lines.Where(line => line.Product.CategorySlug == "wild-bird-food").Select(line => line.Order.PlacedAt.Month).ToList();
        Assert.InRange((double)coats.Count(month => month is >= 10 or <= 3) / coats.Count, 0.85, 1);
    }

    [Fact] public void Some_products_sell_far_better_than_others_and_nearly_all_sell()
    {
        var sold = year.Lines.GroupBy(line => line.Product.Slug).Select(group => group.Count()).OrderDescending().ToList();
        Assert.True(sold.Take(sold.Count / 10).Sum() > 0.3 * sold.Sum());
        Assert.True(sold.Count > 0.75 * OneYear.Shop.Products.Count, $"{sold.Count} of {OneYear.Shop.Products.Count}");
    }

    [Fact] public void Volumes_are_those_of_a_shop()
    {
        var counts = year.Shoppers.Select(history => history.Orders.Count).Order().ToList();
        Assert.InRange(counts[counts.Count / 2], 4, 9);
        Assert.InRange(counts[counts.Count * 99 / 100], 25, 48);
        var sessions = year.All.Sum(history => history.Sessions.Count);
        Assert.InRange((double)year.All.Where(history => history.Shopper is null).Sum(history => history.Sessions.Count) / sessions, 0.25, 0.4);
    }

    [Fact] public void A_puppy_moves_on_to_adult_food()
    {
        var maya = year.All.First(history => history.Shopper?.Id == DemoPersons.Maya.ShopperId);
        var food = Products(maya).Where(product => product.CategorySlug == "dog-dry-food").ToList();
        Assert.Contains("puppy", food[0].LifeStages);
        Assert.Contains("adult", food[^1].LifeStages);
    }

    [Fact] public void The_named_persons_are_always_there_with_the_same_ids()
    {
        var named = year.Shoppers.Where(history => history.Shopper!.DemoKey is not null).ToList();
        Assert.Equal(DemoPersons.All.Select(person => (person.Key, person.ShopperId, person.Email)), named.Select(history => (history.Shopper!.DemoKey!, history.Shopper.Id, history.Shopper.Email)));
        Assert.Equal("9e7d0001-0000-4000-8000-000000000001", DemoPersons.Maya.ShopperId.ToString());
        var newcomer = named.Single(history => history.Shopper!.Id == DemoPersons.Newcomer.ShopperId);
        Assert.Empty(newcomer.Orders);
        Assert.Empty(newcomer.Shopper!.Pets);
    }

    [Fact] public void Ratings_follow_a_quality_that_buyers_share()
    {
        var byProduct = year.Shoppers.SelectMany(history => history.Reviews).GroupBy(review => review.ProductSlug).Where(group => group.Count() >= 4).Select(group => group.Select(review => (double)review.Rating).ToList()).ToList();
        Assert.True(byProduct.Count > 20);
        var total = Variance([.. byProduct.SelectMany(ratings => ratings)]);
        var within = byProduct.SelectMany(ratings => ratings.Select(rating => Math.Pow(rating - ratings.Average(), 2))).Sum() / byProduct.Sum(ratings => ratings.Count - 1);
        Assert.True(within < 0.85 * total, $"within {within:0.00}, total {total:0.00}");
    }

    private IEnumerable<(Product Product, SimulatedOrderLine Line)> LinesOf(string species) =>
        year.Lines.Where(line => line.Shopper.Pets.Count > 0 && line.Shopper.Pets.All(pet => pet.Species == species)).Select(line => (line.Product, line.Line));

    private static IEnumerable<Product> Products(VisitorHistory history) => history.Orders.SelectMany(order => order.Lines).Select(line => OneYear.Shop.Sku(line.SkuCode).Product);

    // Written out here from the textbook, apart from the simulator: 70 kg^0.75 kcal at rest, times 1.6 for a neutered adult dog and its like.
    private static double Days(Product food, int grams, SimulatedPet dog, DateTimeOffset at)
    {
        var months = (at.UtcDateTime - dog.BirthDate.ToDateTime(TimeOnly.MinValue)).TotalDays / 30.4;
        var factor = months < 12 ? 2.0 : months > 12 * 8 ? 1.4 : dog.Neutered ? 1.6 : 1.8;
        return grams * food.KcalPer100g!.Value / 100.0 / (70 * Math.Pow(dog.WeightGrams / 1000.0, 0.75) * factor);
    }

    private static double Share(List<bool> values) => (double)values.Count(value => value) / values.Count;

    private static double Variance(List<double> values) => values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Count - 1);
}
