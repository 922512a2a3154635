using System.Numerics.Tensors;

namespace PetShop.Recommender.Numerics;

/// <summary>Eigenvalues and eigenvectors of a symmetric positive semidefinite matrix.</summary>
/// <remarks>One-sided Jacobi (Hestenes): rows are rotated until they are orthogonal, so every step runs along rows. About 8 sweeps of 7 n^3 / 2.</remarks>
internal static class SymmetricEigen
{
    private const int MaxSweeps = 60;
    private const double Tolerance = 1e-14;

    /// <param name="matrix">Full n x n matrix, not changed.</param>
    /// <param name="n">Its size.</param>
    /// <returns>Eigenvalues from the largest down, and the eigenvectors as rows of an n x n matrix in the same order.</returns>
    public static (double[] Values, double[] Vectors) Decompose(ReadOnlySpan<double> matrix, int n)
    {
        var work = matrix.ToArray();
        var vectors = new double[n * n];
        for (var i = 0; i < n; i++)
            vectors[i * n + i] = 1;
        var floor = TensorPrimitives.SumOfSquares<double>(work) * 1e-32;
        for (var sweep = 0; sweep < MaxSweeps && Sweep(work, vectors, n, floor); sweep++)
        {
        }
        return Sorted(work, vectors, n);
    }

    private static bool Sweep(double[] work, double[] vectors, int n, double floor)
    {
        var scratch = new double[n];
        var moved = false;
        for (var p = 0; p < n - 1; p++)
        {
            for (var q = p + 1; q < n; q++)
            {
                Span<double> a = work.AsSpan(p * n, n), b = work.AsSpan(q * n, n);
                double aa = TensorPrimitives.SumOfSquares<double>(a), bb = TensorPrimitives.SumOfSquares<double>(b), ab = TensorPrimitives.Dot<double>(a, b);
                if (ab * ab <= Tolerance * Tolerance * aa * bb || ab * ab <= floor * floor)
                    continue;
                moved = true;
                var zeta = (bb - aa) / (2 * ab);
                var tangent = Math.CopySign(1, zeta) / (Math.Abs(zeta) + Math.Sqrt(1 + zeta * zeta));
                var cosine = 1 / Math.Sqrt(1 + tangent * tangent);
                Rotate(a, b, cosine, cosine * tangent, scratch);
                Rotate(vectors.AsSpan(p * n, n), vectors.AsSpan(q * n, n), cosine, cosine * tangent, scratch);
            }
        }
        return moved;
    }

    private static void Rotate(Span<double> a, Span<double> b, double cosine, double sine, Span<double> scratch)
    {
        a.CopyTo(scratch);
        TensorPrimitives.Multiply(a, cosine, a);
        TensorPrimitives.MultiplyAdd(b, -sine, a, a);
        TensorPrimitives.Multiply(b, cosine, b);
        TensorPrimitives.MultiplyAdd(scratch, sine, b, b);
    }

    private static (double[] Values, double[] Vectors) Sorted(double[] work, double[] vectors, int n)
    {
        var norms = new double[n];
        var order = new int[n];
        for (var i = 0; i < n; i++)
            (norms[i], order[i]) = (-TensorPrimitives.Norm<double>(work.AsSpan(i * n, n)), i);
        Array.Sort(norms, order);
        var rows = new double[n * n];
        for (var i = 0; i < n; i++)
            vectors.AsSpan(order[i] * n, n).CopyTo(rows.AsSpan(i * n, n));
        return (Array.ConvertAll(norms, v => -v), rows);
    }
}
