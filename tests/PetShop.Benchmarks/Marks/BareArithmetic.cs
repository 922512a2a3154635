using PetShop.Recommender.Numerics;

namespace PetShop.Benchmarks.Marks;

/// <summary>Nothing but products of float matrices that lie in the first cache, on as many threads as training uses: the least that so many operations cost here.</summary>
public static class BareArithmetic
{
    private const int Size = 64;
    private const double OperationsOfOne = 2.0 * Size * Size * Size;

    /// <summary>CPU-seconds for so many operations; a multiplication and an addition are two.</summary>
    public static double CpuSeconds(double operations)
    {
        var threads = Environment.ProcessorCount;
        var times = (int)(operations / OperationsOfOne / threads) + 1;
        var before = Environment.CpuUsage.TotalTime;
        Parallel.For(0, threads, _ => Multiply(times));
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    private static void Multiply(int times)
    {
        float[] left = new float[Size * Size], right = new float[Size * Size], product = new float[Size * Size];
        for (var n = 0; n < times; n++)
        {
            for (var row = 0; row < Size; row += Kernels.TileRows)
                for (var column = 0; column < Size; column += Kernels.TileColumns<float>())
                    Kernels.AddProduct(ref product[row * Size + column], Size, ref left[row], 1, Size, ref right[column], Size, Size, negative: false);
        }
    }
}
