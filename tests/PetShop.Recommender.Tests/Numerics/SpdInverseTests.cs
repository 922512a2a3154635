using FsCheck;
using FsCheck.Fluent;
using PetShop.Recommender.Numerics;

namespace PetShop.Recommender.Tests.Numerics;

public sealed class SpdInverseTests
{
    [Fact]
    public void A_matrix_times_its_inverse_is_the_identity_whatever_its_size() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(25), Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Choose(1, 180).ToArbitrary(), (seed, n) =>
        {
            var matrix = Matrix(seed, n);
            var inverse = matrix.ToArray();
            Assert.True(SpdInverse.Invert(inverse, n, new ParallelOptions()));
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    var sum = 0d;
                    for (var k = 0; k < n; k++)
                        sum += matrix[i * n + k] * inverse[k * n + j];
                    Assert.Equal(i == j ? 1 : 0, sum, 1e-7);
                }
            }
            return true;
        }));

    [Theory, InlineData(1), InlineData(63), InlineData(64), InlineData(65), InlineData(300)]
    public void The_blocked_factor_is_the_plain_one(int n)
    {
        double[] blocked = Matrix(3, n), plain = [.. blocked];
        Assert.True(SpdInverse.Factor(blocked, n, new ParallelOptions()));
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = plain[i * n + j];
                for (var k = 0; k < j; k++)
                    sum -= plain[i * n + k] * plain[j * n + k];
                plain[i * n + j] = i == j ? Math.Sqrt(sum) : sum / plain[j * n + j];
                Assert.Equal(plain[i * n + j], blocked[i * n + j], 1e-9);
            }
        }
    }

    [Fact]
    public void The_number_of_cores_changes_no_bit()
    {
        const int N = 200;
        float[] one = Array.ConvertAll(Matrix(5, N), v => (float)v), many = [.. one];
        Assert.True(SpdInverse.Invert(one, N, new ParallelOptions { MaxDegreeOfParallelism = 1 }));
        Assert.True(SpdInverse.Invert(many, N, new ParallelOptions { MaxDegreeOfParallelism = 4 }));
        Assert.Equal(one, many);
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_refused_and_a_cancelled_inversion_ends()
    {
        var matrix = Matrix(5, 150);
        Assert.Throws<OperationCanceledException>(() => SpdInverse.Invert(matrix.ToArray(), 150, new ParallelOptions { CancellationToken = new CancellationToken(true) }));
        matrix[149 * 150 + 149] = -1;
        Assert.False(SpdInverse.Invert(matrix, 150, new ParallelOptions()));
    }

    // A random Gram matrix with a ridge that keeps it well conditioned.
    private static double[] Matrix(int seed, int n)
    {
        var random = new Random(seed);
        var rows = new double[n * n];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = random.NextDouble() - .5;
        var matrix = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                for (var k = 0; k < n; k++)
                    matrix[i * n + j] += rows[i * n + k] * rows[j * n + k];
            }
            matrix[i * n + i] += 1;
        }
        return matrix;
    }
}
