using PetShop.Recommender.Numerics;

namespace PetShop.Recommender.Tests.Numerics;

public sealed class FactorsTests
{
    [Theory, InlineData(1, 5), InlineData(9, 1), InlineData(130, 13), InlineData(4099, 16), InlineData(70, 67)]
    public void The_gram_matrix_is_that_of_a_naive_loop_for_any_shape(int rows, int rank)
    {
        var factors = Random(rows, rank);
        var gram = Factors.Gram(factors, rank, new ParallelOptions());
        for (var i = 0; i < rank; i++)
        {
            for (var j = 0; j < rank; j++)
            {
                var naive = Enumerable.Range(0, rows).Sum(r => (double)factors[r * rank + i] * factors[r * rank + j]);
                Assert.Equal(naive, gram[i * rank + j], 1e-4 * Math.Sqrt(rows));
            }
        }
    }

    [Theory, InlineData(1, 5), InlineData(9, 1), InlineData(130, 13), InlineData(4099, 16), InlineData(70, 67)]
    public void Turning_factors_into_their_eigenbasis_changes_no_product_of_two_rows(int rows, int rank)
    {
        var before = Random(rows, rank);
        var after = before.ToArray();
        var spectrum = Factors.Diagonalize(after, rank, new ParallelOptions());
        for (var n = 0; n < 50; n++)
        {
            var (a, b) = (n * 7919 % rows, n * 104729 % rows);
            Assert.Equal(Product(before, a, b), Product(after, a, b), 1e-4);
        }
        Assert.NotNull(Factors.SpectrumOf(after, rank, new ParallelOptions()));
        Assert.Equal(before.Sum(v => (double)v * v), spectrum.Sum(), rows * 1e-4);

        double Product(float[] factors, int a, int b) => Enumerable.Range(0, rank).Sum(f => (double)factors[a * rank + f] * factors[b * rank + f]);
    }

    private static float[] Random(int rows, int rank)
    {
        var random = new Random(rows + rank);
        return [.. Enumerable.Range(0, rows * rank).Select(_ => (float)random.NextDouble() - .3f)];
    }
}
