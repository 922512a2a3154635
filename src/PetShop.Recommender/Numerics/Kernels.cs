using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PetShop.Recommender.Numerics;

/// <summary>The few dense loops that training time is spent in, for float and double; the caller answers for every bound.</summary>
internal static class Kernels
{
    /// <summary>Rows of a tile of <see cref="AddProduct"/>: with two vectors a row, eight sums, enough to hide the latency of a multiply-add.</summary>
    public const int TileRows = 4;

    /// <summary>The length that rows of n numbers need so that tiles fill them; what is beyond n may hold anything finite.</summary>
    public static int Padded<T>(int n) where T : unmanaged => (n + TileColumns<T>() - 1) / TileColumns<T>() * TileColumns<T>();

    /// <summary>Columns of a tile of <see cref="AddProduct"/>.</summary>
    public static int TileColumns<T>() where T : unmanaged => 2 * Vector<T>.Count;

    /// <summary>Adds <c>sign * sum_k L(i, k) R(k, j)</c> to one tile of a matrix, its sums held in registers.</summary>
    /// <param name="target">The tile's first cell, its rows <paramref name="stride"/> apart.</param>
    /// <param name="stride">Numbers from row to row of the target.</param>
    /// <param name="left">L(0, 0); the next row is <paramref name="leftRow"/>, the next k <paramref name="leftStep"/> numbers on.</param>
    /// <param name="right">R(0, 0); the next column is the next number, the next k <paramref name="rightStep"/> numbers on.</param>
    /// <param name="count">How many k.</param>
    /// <param name="negative">Whether the sign is -1.</param>
    // Never inlined: where the compiler does, guided by its profile, the sums leave the registers and training takes twice as long.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddProduct<T>(ref T target, int stride, ref T left, int leftRow, int leftStep, ref T right, int rightStep, int count, bool negative)
        where T : unmanaged
    {
        Vector<T> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        ref var second = ref Unsafe.Add(ref left, leftRow);
        ref var third = ref Unsafe.Add(ref left, 2 * leftRow);
        ref var fourth = ref Unsafe.Add(ref left, 3 * leftRow);
        nuint l = 0, r = 0;
        for (var k = 0; k < count; k++, l += (nuint)leftStep, r += (nuint)rightStep)
        {
            Vector<T> r0 = Vector.LoadUnsafe(ref right, r), r1 = Vector.LoadUnsafe(ref right, r + (nuint)Vector<T>.Count);
            Vector<T> a = new(Unsafe.Add(ref left, l)), b = new(Unsafe.Add(ref second, l)), c = new(Unsafe.Add(ref third, l)), d = new(Unsafe.Add(ref fourth, l));
            (a0, a1) = (MultiplyAdd(a, r0, a0), MultiplyAdd(a, r1, a1));
            (b0, b1) = (MultiplyAdd(b, r0, b0), MultiplyAdd(b, r1, b1));
            (c0, c1) = (MultiplyAdd(c, r0, c0), MultiplyAdd(c, r1, c1));
            (d0, d1) = (MultiplyAdd(d, r0, d0), MultiplyAdd(d, r1, d1));
        }
        AddRow(ref target, a0, a1, negative);
        AddRow(ref Unsafe.Add(ref target, stride), b0, b1, negative);
        AddRow(ref Unsafe.Add(ref target, 2 * stride), c0, c1, negative);
        AddRow(ref Unsafe.Add(ref target, 3 * stride), d0, d1, negative);
    }

    /// <summary>The inner products of two rows with four: <c>results[2 x 4]</c>, row-major, <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void InnerProducts<T>(ref T results, int stride, ref T pair, ref T four, int rowStride, int n) where T : unmanaged, INumberBase<T>
    {
        Vector<T> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        ref var below = ref Unsafe.Add(ref pair, rowStride);
        nuint first = 0, step = (nuint)rowStride;
        for (; first < (nuint)n; first += (nuint)Vector<T>.Count)
        {
            Vector<T> a = Vector.LoadUnsafe(ref pair, first), b = Vector.LoadUnsafe(ref below, first);
            var row = Vector.LoadUnsafe(ref four, first);
            (a0, b0) = (MultiplyAdd(a, row, a0), MultiplyAdd(b, row, b0));
            row = Vector.LoadUnsafe(ref four, first + step);
            (a1, b1) = (MultiplyAdd(a, row, a1), MultiplyAdd(b, row, b1));
            row = Vector.LoadUnsafe(ref four, first + 2 * step);
            (a2, b2) = (MultiplyAdd(a, row, a2), MultiplyAdd(b, row, b2));
            row = Vector.LoadUnsafe(ref four, first + 3 * step);
            (a3, b3) = (MultiplyAdd(a, row, a3), MultiplyAdd(b, row, b3));
        }
        StoreSums(ref results, a0, a1, a2, a3);
        StoreSums(ref Unsafe.Add(ref results, stride), b0, b1, b2, b3);
    }

    /// <summary>Writes scale * source and adds weight times that to sum.</summary>
    public static void ScaleAndAdd<T>(ReadOnlySpan<T> source, T scale, Span<T> scaled, T weight, Span<T> sum) where T : unmanaged, INumberBase<T>
    {
        Vector<T> scales = new(scale), weights = new(weight);
        ref T from = ref AsRef(source), to = ref AsRef(scaled), total = ref AsRef(sum);
        var f = 0;
        for (; f + Vector<T>.Count <= source.Length; f += Vector<T>.Count)
        {
            var value = Vector.LoadUnsafe(ref from, (nuint)f) * scales;
            value.StoreUnsafe(ref to, (nuint)f);
            MultiplyAdd(value, weights, Vector.LoadUnsafe(ref total, (nuint)f)).StoreUnsafe(ref total, (nuint)f);
        }
        for (; f < source.Length; f++)
        {
            scaled[f] = source[f] * scale;
            sum[f] += scaled[f] * weight;
        }
    }

    /// <summary>target = a * b, number by number.</summary>
    public static void Multiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> target) where T : unmanaged, INumberBase<T>
    {
        ref T from = ref AsRef(a), by = ref AsRef(b[..a.Length]), to = ref AsRef(target[..a.Length]);
        var f = 0;
        for (; f + Vector<T>.Count <= a.Length; f += Vector<T>.Count)
            (Vector.LoadUnsafe(ref from, (nuint)f) * Vector.LoadUnsafe(ref by, (nuint)f)).StoreUnsafe(ref to, (nuint)f);
        for (; f < a.Length; f++)
            Unsafe.Add(ref to, f) = Unsafe.Add(ref from, f) * Unsafe.Add(ref by, f);
    }

    /// <summary>target += weight * source.</summary>
    public static void AddScaled<T>(ReadOnlySpan<T> source, T weight, Span<T> target) where T : unmanaged, INumberBase<T>
    {
        var weights = new Vector<T>(weight);
        ref T from = ref AsRef(source), to = ref AsRef(target[..source.Length]);
        var f = 0;
        for (; f + Vector<T>.Count <= source.Length; f += Vector<T>.Count)
            MultiplyAdd(Vector.LoadUnsafe(ref from, (nuint)f), weights, Vector.LoadUnsafe(ref to, (nuint)f)).StoreUnsafe(ref to, (nuint)f);
        for (; f < source.Length; f++)
            Unsafe.Add(ref to, f) += Unsafe.Add(ref from, f) * weight;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T AsRef<T>(ReadOnlySpan<T> span) => ref MemoryMarshal.GetReference(span);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow<T>(ref T target, Vector<T> first, Vector<T> second, bool negative) where T : unmanaged
    {
        Vector<T> a = Vector.LoadUnsafe(ref target), b = Vector.LoadUnsafe(ref target, (nuint)Vector<T>.Count);
        (negative ? a - first : a + first).StoreUnsafe(ref target);
        (negative ? b - second : b + second).StoreUnsafe(ref target, (nuint)Vector<T>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreSums<T>(ref T target, Vector<T> a, Vector<T> b, Vector<T> c, Vector<T> d) where T : unmanaged
    {
        target = Vector.Sum(a);
        Unsafe.Add(ref target, 1) = Vector.Sum(b);
        Unsafe.Add(ref target, 2) = Vector.Sum(c);
        Unsafe.Add(ref target, 3) = Vector.Sum(d);
    }

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
