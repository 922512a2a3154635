using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;

namespace PetShop.Recommender.Tests.Training;

public sealed class ItemItemTests
{
    [Fact]
    public void Likeness_equals_the_value_worked_out_by_hand()
    {
        // Shopper 1: a b; 2: a b; 3: a. Damping 1/log2(4) = .5 twice and 1/log2(3) once.
        var matrix = Samples.Binary([(1, 10), (1, 11), (2, 10), (2, 11), (3, 10)], [10, 11]);
        var model = new ItemItemTrainer(new ItemItemOptions { Shrinkage = 2 }).Train(matrix);
        var together = .5 + .5;
        var expected = together / Math.Sqrt(1 + 1 / Math.Log2(3)) * together / (together + 2);
        var neighbour = Assert.Single(model.Of(0).ToArray());
        Assert.Equal(1, neighbour.Item);
        Assert.Equal(expected, neighbour.Score, 1e-6);
    }

    [Fact]
    public void Lists_are_sorted_cut_to_length_and_never_hold_the_item_itself()
    {
        var model = new ItemItemTrainer(new ItemItemOptions { Neighbours = 7 }).Train(Samples.Departments());
        for (var item = 0; item < model.Items.Count; item++)
        {
            var list = model.Of(item).ToArray();
            Assert.Equal(list.OrderByDescending(r => r.Score).ThenBy(r => r.Item), list);
            Assert.True(list.Length <= 7 && list.All(r => r.Item != item && r.Score > 0));
        }
    }

    [Fact]
    public void A_refused_item_pulls_its_neighbours_down()
    {
        var model = new ItemItemTrainer(new ItemItemOptions()).Train(Samples.Departments());
        var neighbour = model.Of(4)[0].Item;
        float[] liked = new float[80], refused = new float[80];
        model.Score([new Interaction(4, 8)], liked);
        model.Score([new Interaction(4, 8, 0)], refused);
        Assert.True(liked[neighbour] > 0 && refused[neighbour] == -liked[neighbour]);
        Assert.Equal(0, model.Top([new Interaction(4, 8, 0)], new Eligibility(80, all: true), new Ranked[5]));
        Assert.False(model.Knows([new Interaction(4, 8, 0)]));
    }

    [Fact]
    public void Popularity_ranks_by_shoppers_and_puts_the_own_group_first()
    {
        var matrix = Samples.Binary([(1, 10), (2, 10), (3, 10), (1, 11), (2, 11), (4, 12)], [10, 11, 12, 13]);
        var plain = new PopularityTrainer().Train(matrix);
        var inSeason = new PopularityTrainer(seasonOf: product => product % 2 == 0 ? 1 : .5f).Train(matrix);
        for (var item = 0; item < matrix.ItemCount; item++)
            Assert.Equal(plain.Scores[item] * (matrix.Items[item] % 2 == 0 ? 1 : .5f), inSeason.Scores[item], 1e-4f);
        var top = new Ranked[4];
        Assert.Equal(4, plain.Top([], new Eligibility(4, all: true), top));
        Assert.Equal([0, 1, 2, 3], top.Select(r => r.Item));
        var grouped = new PopularityTrainer(product => product % 2).Train(matrix);
        grouped.Top([new Interaction(3, 20)], new Eligibility(4, all: true), top);
        Assert.Equal(1, top[0].Item);
        Assert.Equal(2, grouped.TopOfGroup(0, new Eligibility(4, all: true), top));
    }
}
