using System.Numerics;
using System.Numerics.Tensors;

namespace PetShop.Recommender.Numerics;

/// <summary>Solves symmetric positive definite systems in place; matrices are row-major and only their lower triangle is read.</summary>
internal static class Cholesky
{
    /// <summary>Replaces the lower triangle of an n x n matrix by its Cholesky factor. O(n^3 / 3).</summary>
    /// <returns>False when a pivot is not a positive finite number; the matrix is then spoilt.</returns>
    public static bool Factor<T>(Span<T> matrix, int n) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < n; i++)
        {
            var row = matrix.Slice(i * n, n);
            for (var j = 0; j < i; j++)
            {
                var above = matrix.Slice(j * n, j + 1);
                row[j] = (row[j] - TensorPrimitives.Dot<T>(row[..j], above[..j])) / above[j];
            }
            var pivot = row[i] - TensorPrimitives.Dot<T>(row[..i], row[..i]);
            if (!(pivot > T.Zero) || !T.IsFinite(pivot))
                return false;
            row[i] = T.Sqrt(pivot);
        }
        return true;
    }

    /// <summary>Replaces b by the solution, given the factor.</summary>
    public static void Solve<T>(ReadOnlySpan<T> factor, int n, Span<T> b) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < n; i++)
        {
            var row = factor.Slice(i * n, i + 1);
            b[i] = (b[i] - TensorPrimitives.Dot<T>(row[..i], b[..i])) / row[i];
        }
        for (var i = n - 1; i >= 0; i--)
        {
            var row = factor.Slice(i * n, i + 1);
            b[i] /= row[i];
            Kernels.AddScaled(row[..i], -b[i], b[..i]);
        }
    }
}
