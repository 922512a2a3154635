using PetShop.Recommender.Interactions;
using PetShop.Recommender.Training;

namespace PetShop.Recommender.Tests.Training;

public sealed class BoughtTogetherTests
{
    private const int Leash = 1, Collar = 2, Food = 3, Puppy = 4, Adult = 5, Other = 100;

    [Fact]
    public void What_goes_together_is_found_and_what_everybody_buys_is_not()
    {
        var model = new BoughtTogetherTrainer(new BoughtTogetherOptions()).Train(Shop());
        Assert.Equal([Collar], Companions(Leash));
        Assert.Equal([Leash], Companions(Collar));
        Assert.Empty(Companions(Food));

        IEnumerable<int> Companions(int product) => model.Of(model.Items.ColumnOf(product)).ToArray().Select(r => model.Items[r.Item]);
    }

    [Fact]
    public void A_product_that_always_comes_later_is_listed_in_that_direction_only()
    {
        var counts = Shop();
        var model = new BoughtTogetherTrainer(new BoughtTogetherOptions()).Train(counts);
        int puppy = counts.Items.ColumnOf(Puppy), adult = counts.Items.ColumnOf(Adult);
        Assert.Equal(new PairCount(20, 20), counts[puppy, adult]);
        Assert.Equal(default, counts[adult, puppy]);
        Assert.Contains(model.Of(puppy).ToArray(), r => r.Item == adult);
        Assert.DoesNotContain(model.Of(adult).ToArray(), r => r.Item == puppy);
    }

    [Fact]
    public void After_buying_lists_only_what_came_in_a_later_basket()
    {
        var model = new BoughtTogetherTrainer(new BoughtTogetherOptions { OnlyLater = true }).Train(Shop());
        int puppy = model.Items.ColumnOf(Puppy), adult = model.Items.ColumnOf(Adult);
        Assert.Contains(model.Of(puppy).ToArray(), r => r.Item == adult);
        Assert.Empty(model.Of(adult).ToArray());
        // A leash and its collar are bought at once.
        Assert.Empty(model.Of(model.Items.ColumnOf(Leash)).ToArray());
    }

    [Fact]
    public void Households_count_and_not_how_often_they_buy()
    {
        var builder = new BasketCountsBuilder();
        for (var i = 0; i < 100; i++)
            builder.Add(Samples.Shopper(1), Samples.Now.AddDays(i), [Leash, Collar, Collar]);
        for (var i = 2; i < 200; i++)
            builder.Add(Samples.Shopper(i), Samples.Now, [Other + i % 50]);
        var counts = builder.Build();
        Assert.Equal(1, counts[0, 1].Households);
        Assert.Equal(0, new BoughtTogetherTrainer(new BoughtTogetherOptions()).Train(counts).Of(0).Length);
    }

    [Fact]
    public void Substitutes_and_wholesale_baskets_are_left_out()
    {
        var model = new BoughtTogetherTrainer(new BoughtTogetherOptions { AreSubstitutes = (a, b) => a + b == Leash + Collar }).Train(Shop());
        Assert.Equal(0, model.Of(model.Items.ColumnOf(Leash)).Length);
        var builder = new BasketCountsBuilder(maxBasket: 3);
        builder.Add(Samples.Shopper(1), Samples.Now, [1, 2, 3, 4]);
        Assert.Equal(1, builder.OversizeCount);
        Assert.Equal(0, builder.Build().HouseholdCount);
    }

    [Fact]
    public void Significance_equals_the_value_worked_out_by_hand()
    {
        // 30 / 20 / 10 / 40: 2 * (30 ln 1.5 + 20 ln(2/3) + 10 ln .5 + 40 ln(4/3)) = 17.261
        Assert.Equal(2 * (30 * Math.Log(1.5) + 20 * Math.Log(2 / 3d) + 10 * Math.Log(.5) + 40 * Math.Log(4 / 3d)),
            BoughtTogetherTrainer.Significance(both: 30, first: 50, second: 40, all: 100), 1e-9);
        Assert.Equal(0, BoughtTogetherTrainer.Significance(both: 20, first: 50, second: 40, all: 100), 1e-9);
    }

    // 400 households: everyone buys food with something, forty buy leash and collar, twenty buy puppy food and then adult food.
    private static BasketCounts Shop()
    {
        var builder = new BasketCountsBuilder();
        for (var h = 0; h < 400; h++)
        {
            builder.Add(Samples.Shopper(h), Samples.Now, [Food, Other + h % 30]);
            if (h < 40)
                builder.Add(Samples.Shopper(h), Samples.Now.AddDays(100), [Collar, Leash]);
            if (h is >= 100 and < 120)
            {
                builder.Add(Samples.Shopper(h), Samples.Now.AddDays(230), [Adult]);
                builder.Add(Samples.Shopper(h), Samples.Now.AddDays(200), [Puppy]);
            }
        }
        return builder.Build();
    }
}
