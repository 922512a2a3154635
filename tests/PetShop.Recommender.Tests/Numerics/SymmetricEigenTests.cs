using PetShop.Recommender.Numerics;

namespace PetShop.Recommender.Tests.Numerics;

public sealed class SymmetricEigenTests
{
    [Theory, InlineData(1, 1), InlineData(7, 3), InlineData(40, 100), InlineData(64, 20)]
    public void The_vectors_are_orthonormal_and_rebuild_the_matrix(int n, int observations)
    {
        var random = new Random(n);
        var matrix = new double[n * n];
        for (var o = 0; o < observations; o++)
        {
            var v = Enumerable.Range(0, n).Select(_ => random.NextDouble() - .5).ToArray();
            for (var i = 0; i < n * n; i++)
                matrix[i] += v[i / n] * v[i % n];
        }
        var (values, vectors) = SymmetricEigen.Decompose(matrix, n);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                Assert.Equal(i == j ? 1 : 0, Enumerable.Range(0, n).Sum(k => vectors[i * n + k] * vectors[j * n + k]), 1e-11);
                Assert.Equal(matrix[i * n + j], Enumerable.Range(0, n).Sum(k => values[k] * vectors[k * n + i] * vectors[k * n + j]), 1e-9);
            }
        }
        Assert.Equal(values.OrderDescending(), values);
    }

    [Fact]
    public void Rotating_factors_changes_no_dot_product_and_makes_their_gram_matrix_diagonal()
    {
        var random = new Random(3);
        var factors = Enumerable.Range(0, 9000 * 8).Select(_ => (float)random.NextDouble()).ToArray();
        var before = Enumerable.Range(0, 8).Sum(f => factors[f] * factors[80 + f]);
        var spectrum = Factors.Diagonalize(factors, 8, new ParallelOptions());
        Assert.Equal(before, Enumerable.Range(0, 8).Sum(f => factors[f] * factors[80 + f]), 1e-4);
        var gram = Factors.Gram(factors, 8, new ParallelOptions());
        for (var i = 0; i < 64; i++)
            Assert.Equal(i % 9 == 0 ? spectrum[i / 9] : 0, gram[i], spectrum[0] * 1e-5);
    }
}
