using System.Numerics;
using System.Numerics.Tensors;

namespace PetShop.Recommender.Numerics;

/// <summary>Works on factor matrices, row-major, one row an entity: Gram matrices and their eigenbasis.</summary>
internal static class Factors
{
    // Fixed, so that sums come out the same to the bit whatever the number of cores.
    private const int PartitionRows = 4096;

    // Rows taken at once: as many as stay in the first cache beside the matrix.
    private const int PanelRows = 64;

    // What single precision leaves off the diagonal after a rotation.
    private const double RoundingOfGram = 2e-6;

    /// <summary>Rotates the factors, in place, into the basis in which their Gram matrix is diagonal; no dot product between entities changes.</summary>
    /// <returns>The diagonal, from the largest down; one NaN when the factors are not finite or too large.</returns>
    public static double[] Diagonalize<T>(T[] factors, int rank, ParallelOptions parallel) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var gram = Gram(factors, rank, parallel);
        if (!TensorPrimitives.IsFiniteAll<double>(gram))
            return [double.NaN];
        var (spectrum, basis) = SymmetricEigen.Decompose(gram, rank);
        var turn = Transposed<T>(basis, rank);
        ForEachPartition(factors.Length / rank, parallel, (_, first, last) => Rotate(factors.AsSpan(first * rank, (last - first) * rank), turn, rank));
        return spectrum;
    }

    /// <summary>The Gram diagonal of factors that are in their eigenbasis already, as those of a stored model are; null when they are not.</summary>
    public static double[]? SpectrumOf(float[] factors, int rank, ParallelOptions parallel)
    {
        var gram = Gram(factors, rank, parallel);
        var spectrum = new double[rank];
        for (var f = 0; f < rank; f++)
            spectrum[f] = gram[f * rank + f];
        var tolerance = RoundingOfGram * spectrum.Max();
        for (var i = 0; i < gram.Length; i++)
        {
            if (i % (rank + 1) != 0 && Math.Abs(gram[i]) > tolerance)
                return null;
        }
        return spectrum;
    }

    /// <summary>The full rank x rank matrix of the sums of outer products of all rows.</summary>
    public static double[] Gram<T>(T[] factors, int rank, ParallelOptions parallel) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var rows = factors.Length / rank;
        var parts = new SymmetricSystem<T>[(rows + PartitionRows - 1) / PartitionRows];
        ForEachPartition(rows, parallel, (part, first, last) => parts[part] = PartialGram(factors, rank, first, last));
        var gram = new double[rank * rank];
        foreach (var part in parts)
        {
            for (var i = 0; i < rank; i++)
            {
                for (var j = i; j < rank; j++)
                    gram[i * rank + j] += double.CreateTruncating(part.Cells[i * part.Stride + j]);
            }
        }
        for (var i = 0; i < rank; i++)
        {
            for (var j = 0; j < i; j++)
                gram[i * rank + j] = gram[j * rank + i];
        }
        return gram;
    }

    private static SymmetricSystem<T> PartialGram<T>(T[] factors, int rank, int first, int last) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var gram = new SymmetricSystem<T>(rank);
        var panel = new T[PanelRows * gram.Stride];
        for (var start = first; start < last; start += PanelRows)
        {
            var count = Math.Min(PanelRows, last - start);
            for (var row = 0; row < count; row++)
                factors.AsSpan((start + row) * rank, rank).CopyTo(panel.AsSpan(row * gram.Stride));
            gram.AddCrossProducts(panel, count, rank);
        }
        return gram;
    }

    // Eigenvectors stand in rows; products of matrices want them in columns.
    private static T[] Transposed<T>(double[] basis, int rank) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var stride = Kernels.Padded<T>(rank);
        var columns = new T[rank * stride];
        for (var f = 0; f < rank; f++)
        {
            for (var g = 0; g < rank; g++)
                columns[g * stride + f] = T.CreateTruncating(basis[f * rank + g]);
        }
        return columns;
    }

    private static void Rotate<T>(Span<T> rows, T[] columns, int rank) where T : unmanaged
    {
        var stride = Kernels.Padded<T>(rank);
        T[] old = new T[Kernels.TileRows * rank], turned = new T[Kernels.TileRows * stride];
        for (var first = 0; first < rows.Length; first += old.Length)
        {
            var part = rows[first..Math.Min(rows.Length, first + old.Length)];
            part.CopyTo(old);
            Array.Clear(turned);
            for (var f = 0; f < rank; f += Kernels.TileColumns<T>())
                Kernels.AddProduct(ref turned[f], stride, ref old[0], rank, 1, ref columns[f], stride, rank, negative: false);
            for (var row = 0; row < part.Length / rank; row++)
                turned.AsSpan(row * stride, rank).CopyTo(part[(row * rank)..]);
        }
    }

    private static void ForEachPartition(int rows, ParallelOptions parallel, Action<int, int, int> work) =>
        Parallel.For(0, (rows + PartitionRows - 1) / PartitionRows, parallel,
            part => work(part, part * PartitionRows, Math.Min(rows, (part + 1) * PartitionRows)));
}
