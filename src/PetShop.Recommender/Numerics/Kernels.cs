using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PetShop.Recommender.Numerics;

/// <summary>The few dense loops that training time is spent in, for float and double.</summary>
internal static class Kernels
{
    /// <summary>Observations that <see cref="AddOuterProducts"/> takes at once, so that each cell is loaded once for all of them.</summary>
    public const int Block = 4;

    /// <summary>Adds the outer products of four rows of length n to the lower triangle of an n x n matrix; above the diagonal is left undefined.</summary>
    public static void AddOuterProducts<T>(Span<T> matrix, ReadOnlySpan<T> rows, int n) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref var a = ref MemoryMarshal.GetReference(rows[..n]);
        ref var b = ref MemoryMarshal.GetReference(rows.Slice(n, n));
        ref var c = ref MemoryMarshal.GetReference(rows.Slice(2 * n, n));
        ref var d = ref MemoryMarshal.GetReference(rows.Slice(3 * n, n));
        var width = Vector<T>.Count;
        for (var i = 0; i < n; i++)
        {
            T ai = Unsafe.Add(ref a, i), bi = Unsafe.Add(ref b, i), ci = Unsafe.Add(ref c, i), di = Unsafe.Add(ref d, i);
            Vector<T> av = new(ai), bv = new(bi), cv = new(ci), dv = new(di);
            ref var row = ref MemoryMarshal.GetReference(matrix.Slice(i * n, n));
            var k = 0;
            for (; k <= i && k + width <= n; k += width)
            {
                var index = (nuint)k;
                var sum = Vector.LoadUnsafe(ref row, index);
                sum = MultiplyAdd(av, Vector.LoadUnsafe(ref a, index), sum);
                sum = MultiplyAdd(bv, Vector.LoadUnsafe(ref b, index), sum);
                sum = MultiplyAdd(cv, Vector.LoadUnsafe(ref c, index), sum);
                MultiplyAdd(dv, Vector.LoadUnsafe(ref d, index), sum).StoreUnsafe(ref row, index);
            }
            for (; k <= i; k++)
                Unsafe.Add(ref row, k) += ai * Unsafe.Add(ref a, k) + bi * Unsafe.Add(ref b, k) + ci * Unsafe.Add(ref c, k) + di * Unsafe.Add(ref d, k);
        }
    }

    /// <summary>target += weight * source.</summary>
    public static void AddScaled<T>(ReadOnlySpan<T> source, T weight, Span<T> target) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TensorPrimitives.MultiplyAdd(source, weight, target, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> MultiplyAdd<T>(Vector<T> a, Vector<T> b, Vector<T> sum) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return Vector.FusedMultiplyAdd(a.As<T, float>(), b.As<T, float>(), sum.As<T, float>()).As<float, T>();
        if (typeof(T) == typeof(double))
            return Vector.FusedMultiplyAdd(a.As<T, double>(), b.As<T, double>(), sum.As<T, double>()).As<double, T>();
        return a * b + sum;
    }
}
