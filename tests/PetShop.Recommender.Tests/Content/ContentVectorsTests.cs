using PetShop.Recommender.Content;

namespace PetShop.Recommender.Tests.Content;

public sealed class ContentVectorsTests
{
    [Fact]
    public void Products_of_the_same_words_and_facts_are_most_alike()
    {
        var vectors = ContentVectors.Of(
        [
            Item(7, "Salmon kibble for kittens", "species:cat", "category:dry"), Item(3, "Salmon kibbles for kittens", "species:cat", "category:dry"),
            Item(5, "Salmon kibble for puppies", "species:dog", "category:dry"), Item(9, "Leather leash", "species:dog", "category:leashes"),
        ], new());
        Assert.Equal([3, 5, 7, 9], vectors.Items.Products.ToArray());
        var nearest = vectors.Nearest(vectors.Items.ColumnOf(7), 3);
        Assert.Equal([3, 5], nearest.Select(r => vectors.Items[r.Item]));
        Assert.Equal(1, nearest[0].Score, 1e-5f);
        Assert.InRange(nearest[1].Score, .1f, .8f);
    }

    [Fact]
    public void Likeness_is_the_cosine_and_the_same_both_ways()
    {
        var vectors = ContentVectors.Of(Enumerable.Range(0, 40).Select(Random).ToArray(), new());
        var scratch = new float[vectors.FeatureCount];
        int[] all = [.. Enumerable.Range(0, 40)];
        var likeness = new float[40];
        for (var a = 0; a < 40; a++)
        {
            vectors.Similarities(a, all, scratch, likeness);
            Assert.DoesNotContain(scratch, s => s != 0);
            for (var b = 0; b < 40; b++)
            {
                Assert.InRange(vectors.Similarity(a, b), 0, 1);
                Assert.Equal(vectors.Similarity(a, b), vectors.Similarity(b, a), 1e-6f);
                Assert.Equal(vectors.Similarity(a, b), likeness[b], 1e-6f);
            }
        }
    }

    [Fact]
    public void A_rare_word_tells_more_than_a_common_one()
    {
        var vectors = ContentVectors.Of(
        [
            Item(1, "bowl ceramic"), Item(2, "bowl ceramic"), Item(3, "bowl steel"), Item(4, "bowl steel"), Item(5, "bowl wood"), Item(6, "bowl tin"), Item(7, "bag ceramic"),
        ], new());
        Assert.True(vectors.Similarity(0, 6) > vectors.Similarity(0, 2), "ceramic is rarer than bowl");
    }

    [Fact]
    public void A_fact_is_not_the_word_it_is_spelt_with()
    {
        var vectors = ContentVectors.Of([Item(1, "dog"), Item(2, "dog"), Item(3, "", "dog"), Item(4, "", "dog")], new());
        Assert.Equal(0, vectors.Similarity(0, 2));
        Assert.Equal(1, vectors.Similarity(2, 3), 1e-6f);
    }

    [Fact]
    public void A_product_without_words_and_facts_is_like_nothing()
    {
        var vectors = ContentVectors.Of([Item(1, ""), Item(2, ""), Item(3, "ball")], new());
        Assert.Equal(0, vectors.Similarity(0, 1));
        Assert.Empty(vectors.Nearest(0, 5));
        Assert.Equal(0, ContentVectors.Of([], new()).Items.Count);
    }

    [Fact]
    public void A_product_named_twice_and_a_share_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ContentVectors.Of([Item(1, "a"), Item(1, "b")], new()));
        Assert.Throws<ArgumentException>(() => ContentVectors.Of([], new() { FactShare = 2 }));
    }

    private static ContentItem Item(int product, string name, params string[] facts) => new(product, name, "", [.. facts.Select(f => (f, 1f))]);

    private static ContentItem Random(int product)
    {
        var random = new Random(product);
        return new(product, string.Join(' ', Enumerable.Range(0, 4).Select(_ => $"word{random.Next(30)}")), $"text{random.Next(5)} and text{random.Next(5)}",
            [.. Enumerable.Range(0, 3).Select(_ => ($"fact{random.Next(8)}", 1f))]);
    }
}
