using PetShop.Recommender.Interactions;

namespace PetShop.Benchmarks.Marks;

/// <summary>The floating-point operations that one epoch of weighted ALS needs, each row solved by whichever form needs fewer.</summary>
public static class AlsOperations
{
    public static double OfEpoch(InteractionMatrix matrix, int rank) => OfRows(matrix.ByShopper, rank) + OfRows(matrix.ByItem, rank)
        // Each side's Gram matrix (half of it, for it is symmetric) and its turn into the eigenbasis.
        + (matrix.ShopperCount + matrix.ItemCount) * (rank * (rank + 1.0) + 2.0 * rank * rank);

    private static double OfRows(CompressedRows rows, int rank)
    {
        double sum = 0;
        for (var row = 0; row < rows.Count; row++)
            sum += Math.Min(Primal(rows[row].Length, rank), Dual(rows[row].Length, rank));
        return sum;
    }

    // Normal equations and right side, Cholesky, two triangular solutions.
    private static double Primal(double n, double d) => n * d * (d + 1) + 2 * n * d + d * d * d / 3 + 2 * d * d;

    // Inner products, Cholesky, two triangular solutions, and the vector from its dual.
    private static double Dual(double n, double d) => n * (n + 1) * d + n * n * n / 3 + 2 * n * n + 2 * n * d;
}
