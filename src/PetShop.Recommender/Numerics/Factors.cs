using System.Numerics;
using System.Numerics.Tensors;

namespace PetShop.Recommender.Numerics;

/// <summary>Works on factor matrices, row-major, one row an entity: Gram matrices and their eigenbasis.</summary>
internal static class Factors
{
    // Fixed, so that sums come out the same to the bit whatever the number of cores.
    private const int PartitionRows = 4096;

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
        var vectors = Array.ConvertAll(basis, T.CreateTruncating);
        ForEachPartition(factors.Length / rank, parallel, (_, first, last) =>
        {
            var rotated = new T[rank];
            for (var row = first; row < last; row++)
            {
                var entity = factors.AsSpan(row * rank, rank);
                for (var f = 0; f < rank; f++)
                    rotated[f] = TensorPrimitives.Dot<T>(vectors.AsSpan(f * rank, rank), entity);
                rotated.CopyTo(entity);
            }
        });
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
        var parts = new T[(rows + PartitionRows - 1) / PartitionRows][];
        ForEachPartition(rows, parallel, (part, first, last) => parts[part] = PartialGram(factors, rank, first, last));
        var gram = new double[rank * rank];
        foreach (var part in parts)
        {
            for (var i = 0; i < rank; i++)
            {
                for (var j = 0; j <= i; j++)
                    gram[i * rank + j] += double.CreateTruncating(part[i * rank + j]);
            }
        }
        for (var i = 0; i < rank; i++)
        {
            for (var j = 0; j < i; j++)
                gram[j * rank + i] = gram[i * rank + j];
        }
        return gram;
    }

    private static T[] PartialGram<T>(T[] factors, int rank, int first, int last) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var gram = new T[rank * rank];
        var row = first;
        for (; row + Kernels.Block <= last; row += Kernels.Block)
            Kernels.AddOuterProducts<T>(gram, factors.AsSpan(row * rank, Kernels.Block * rank), rank);
        if (row < last)
        {
            var rest = new T[Kernels.Block * rank];
            factors.AsSpan(row * rank, (last - row) * rank).CopyTo(rest);
            Kernels.AddOuterProducts<T>(gram, rest, rank);
        }
        return gram;
    }

    private static void ForEachPartition(int rows, ParallelOptions parallel, Action<int, int, int> work) =>
        Parallel.For(0, (rows + PartitionRows - 1) / PartitionRows, parallel,
            part => work(part, part * PartitionRows, Math.Min(rows, (part + 1) * PartitionRows)));
}
