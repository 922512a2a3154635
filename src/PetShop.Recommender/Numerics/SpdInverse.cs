using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace PetShop.Recommender.Numerics;

/// <summary>Inverts a large symmetric positive definite matrix by a blocked Cholesky factorisation, on all cores.</summary>
/// <remarks>
/// A = L L' (left-looking), W = L^-T by rows, A^-1 = W W': three times n^3 / 6 multiplications, all in one kernel that subtracts products of rows, so that
/// everything runs along memory. Each tile is summed in a fixed order by one thread: the result is the same to the bit on any number of cores.
/// </remarks>
internal static class SpdInverse
{
    // 64 rows of 256 numbers are 64 KB in single precision: a tile's inputs stay in the second-level cache.
    private const int Tile = 64, Depth = 256;

    /// <summary>Replaces the matrix by its inverse.</summary>
    /// <param name="matrix">n x n, row-major; only the lower triangle is read; in the end all of it is the inverse.</param>
    /// <param name="n">Its size.</param>
    /// <param name="parallel">Cores and cancellation.</param>
    /// <returns>False when a pivot is not a positive finite number; the matrix is then spoilt.</returns>
    public static bool Invert<T>(T[] matrix, int n, ParallelOptions parallel) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!Factor(matrix, n, parallel))
            return false;
        var upper = new T[matrix.Length];
        InvertFactor(matrix, upper, n, parallel);
        MultiplyTransposed(upper, matrix, n, parallel);
        return true;
    }

    /// <summary>Replaces the lower triangle by its Cholesky factor.</summary>
    public static bool Factor<T>(T[] matrix, int n, ParallelOptions parallel) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var first = 0; first < n; first += Tile)
        {
            parallel.CancellationToken.ThrowIfCancellationRequested();
            var column = new Strip(first, Math.Min(Tile, n - first));
            SubtractProducts(matrix, n, column, matrix, column, matrix, 0, first);
            if (!FactorDiagonal(matrix, n, column))
                return false;
            ForEachTile(column.End, n, parallel, rows =>
            {
                SubtractProducts(matrix, n, rows, matrix, column, matrix, 0, column.First);
                SolveAgainst(matrix, n, rows, column, matrix);
            });
        }
        return true;
    }

    // Row j of W is column j of L^-1; it starts at its diagonal.
    private static void InvertFactor<T>(T[] factor, T[] upper, int n, ParallelOptions parallel) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ForEachTile(0, n, parallel, rows =>
        {
            for (var j = rows.First; j < rows.End; j++)
                upper[j * n + j] = T.One;
            for (var first = rows.First; first < n; first += Tile)
            {
                parallel.CancellationToken.ThrowIfCancellationRequested();
                var column = new Strip(first, Math.Min(Tile, n - first));
                SubtractProducts(upper, n, rows, upper, column, factor, rows.First, first);
                SolveAgainst(upper, n, rows, column, factor);
            }
        });

    private static void MultiplyTransposed<T>(T[] upper, T[] product, int n, ParallelOptions parallel) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ForEachTile(0, n, parallel, rows =>
        {
            for (var first = 0; first <= rows.First; first += Tile)
            {
                parallel.CancellationToken.ThrowIfCancellationRequested();
                var column = new Strip(first, Math.Min(Tile, n - first));
                for (var i = rows.First; i < rows.End; i++)
                    product.AsSpan(i * n + column.First, column.Length).Clear();
                SubtractProducts(product, n, rows, upper, column, upper, rows.First, n);
            }
        });
        // The kernel subtracts, so the sign is turned while the other half is filled in.
        ForEachTile(0, n, parallel, rows =>
        {
            for (var i = rows.First; i < rows.End; i++)
            {
                for (var j = 0; j <= i; j++)
                    product[j * n + i] = -product[i * n + j];
            }
        });
        ForEachTile(0, n, parallel, rows =>
        {
            for (var i = rows.First; i < rows.End; i++)
            {
                for (var j = 0; j < i; j++)
                    product[i * n + j] = product[j * n + i];
            }
        });
    }

    private static bool FactorDiagonal<T>(T[] matrix, int n, Strip column) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var block = new T[column.Length * column.Length];
        for (var i = 0; i < column.Length; i++)
            matrix.AsSpan((column.First + i) * n + column.First, column.Length).CopyTo(block.AsSpan(i * column.Length));
        if (!Cholesky.Factor<T>(block, column.Length))
            return false;
        for (var i = 0; i < column.Length; i++)
            block.AsSpan(i * column.Length, i + 1).CopyTo(matrix.AsSpan((column.First + i) * n + column.First));
        return true;
    }

    // rows[:, column] * L[column, column]^-T, in place.
    private static void SolveAgainst<T>(T[] target, int n, Strip rows, Strip column, T[] factor) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = rows.First; i < rows.End; i++)
        {
            var row = target.AsSpan(i * n + column.First, column.Length);
            for (var k = 0; k < column.Length; k++)
            {
                var pivots = factor.AsSpan((column.First + k) * n + column.First, k + 1);
                row[k] = (row[k] - TensorPrimitives.Dot<T>(row[..k], pivots[..k])) / pivots[k];
            }
        }
    }

    /// <summary>target[rows, columns] -= left[rows, from..to] * right[columns, from..to]'.</summary>
    private static void SubtractProducts<T>(T[] target, int n, Strip rows, T[] left, Strip columns, T[] right, int from, int to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var start = from; start < to; start += Depth)
        {
            var depth = Math.Min(Depth, to - start);
            for (var i = rows.First; i < rows.End; i += 4)
            {
                for (var j = columns.First; j < columns.End; j += 2)
                    Kernel(target, n, left, i, Math.Min(4, rows.End - i), right, j, Math.Min(2, columns.End - j), start, depth);
            }
        }
    }

    // Four rows by two: eight sums in registers for six loads. At the edge the last row stands in for those that are missing.
    private static void Kernel<T>(T[] target, int n, T[] left, int i, int high, T[] right, int j, int wide, int start, int depth)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref var a0 = ref left[i * n + start];
        ref var a1 = ref left[(i + Math.Min(1, high - 1)) * n + start];
        ref var a2 = ref left[(i + Math.Min(2, high - 1)) * n + start];
        ref var a3 = ref left[(i + high - 1) * n + start];
        ref var b0 = ref right[j * n + start];
        ref var b1 = ref right[(j + wide - 1) * n + start];
        Vector<T> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
        var k = 0;
        for (; k + Vector<T>.Count <= depth; k += Vector<T>.Count)
        {
            var at = (nuint)k;
            Vector<T> v0 = Vector.LoadUnsafe(ref b0, at), v1 = Vector.LoadUnsafe(ref b1, at), u = Vector.LoadUnsafe(ref a0, at);
            s00 = MultiplyAdd(u, v0, s00);
            s01 = MultiplyAdd(u, v1, s01);
            u = Vector.LoadUnsafe(ref a1, at);
            s10 = MultiplyAdd(u, v0, s10);
            s11 = MultiplyAdd(u, v1, s11);
            u = Vector.LoadUnsafe(ref a2, at);
            s20 = MultiplyAdd(u, v0, s20);
            s21 = MultiplyAdd(u, v1, s21);
            u = Vector.LoadUnsafe(ref a3, at);
            s30 = MultiplyAdd(u, v0, s30);
            s31 = MultiplyAdd(u, v1, s31);
        }
        ReadOnlySpan<Vector<T>> sums = [s00, s01, s10, s11, s20, s21, s30, s31];
        for (var row = 0; row < high; row++)
        {
            for (var column = 0; column < wide; column++)
            {
                var sum = Vector.Sum(sums[2 * row + column]);
                for (var rest = k; rest < depth; rest++)
                    sum += left[(i + row) * n + start + rest] * right[(j + column) * n + start + rest];
                target[(i + row) * n + j + column] -= sum;
            }
        }
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

    private static void ForEachTile(int from, int to, ParallelOptions parallel, Action<Strip> work) =>
        Parallel.For(0, (to - from + Tile - 1) / Tile, parallel, t => work(new Strip(from + t * Tile, Math.Min(Tile, to - from - t * Tile))));

    /// <summary>Some rows or columns next to each other.</summary>
    private readonly record struct Strip(int First, int Length)
    {
        public int End => First + Length;
    }
}
