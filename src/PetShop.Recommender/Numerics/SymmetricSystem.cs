using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PetShop.Recommender.Numerics;

/// <summary>A symmetric positive definite system of up to a given size, built, factored and solved in space that is used again for the next.</summary>
/// <remarks>
/// Row-major with padded rows; of the cells only the upper triangle means anything. Cholesky, A = U'U, four rows at a time, the reciprocals of U's diagonal
/// in its place. A size that is not a multiple of four is padded with rows of the identity. One instance a thread.
/// </remarks>
internal sealed class SymmetricSystem<T>(int capacity) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _stride = Kernels.Padded<T>(capacity);
    private readonly T[] _cells = new T[(capacity + Kernels.TileRows) * Kernels.Padded<T>(capacity)];
    private readonly T[] _solution = new T[Kernels.Padded<T>(capacity)];

    /// <summary>Cells, row i from i * <see cref="Stride"/>.</summary>
    public Span<T> Cells => _cells;

    /// <summary>Numbers from row to row.</summary>
    public int Stride => _stride;

    /// <summary>Sets the first n rows to zero.</summary>
    public void Clear(int n) => Array.Clear(_cells, 0, n * _stride);

    /// <summary>Adds R'R for rows of n numbers that stand <see cref="Stride"/> apart.</summary>
    public void AddCrossProducts(ReadOnlySpan<T> rows, int count, int n)
    {
        for (var i = 0; i < n; i += Kernels.TileRows)
            AddToTiles(i, n, ref MemoryMarshal.GetReference(rows), count, negative: false);
    }

    /// <summary>Sets A to R R' for count rows of n numbers that stand <see cref="Stride"/> apart; up to three rows more are read.</summary>
    public void SetInnerProducts(ReadOnlySpan<T> rows, int count, int n)
    {
        ref var first = ref MemoryMarshal.GetReference(rows);
        for (var i = 0; i < count; i += 2)
        {
            for (var j = i & ~3; j < count; j += 4)
                Kernels.InnerProducts(ref _cells[i * _stride + j], _stride, ref Unsafe.Add(ref first, i * _stride), ref Unsafe.Add(ref first, j * _stride), _stride, n);
        }
    }

    /// <summary>Factors the leading n x n part in place. O(n^3 / 3).</summary>
    /// <returns>False when a pivot is not a positive finite number; the system is then spoilt.</returns>
    public bool Factor(int n)
    {
        PadWithIdentity(n);
        for (var top = 0; top < n; top += Kernels.TileRows)
        {
            if (top > 0)
                AddToTiles(top, n, ref _cells[0], top, negative: true);
            if (!FactorRows(top, n))
                return false;
        }
        return true;
    }

    /// <summary>Replaces b by the solution, after <see cref="Factor"/> of as many rows.</summary>
    public void Solve(Span<T> b)
    {
        var solution = _solution.AsSpan();
        b.CopyTo(solution);
        solution[b.Length..].Clear();
        for (var top = 0; top < b.Length; top += Kernels.TileRows)
            SolveForward(top, b.Length);
        for (var top = (b.Length - 1) & -Kernels.TileRows; top >= 0; top -= Kernels.TileRows)
            SolveBackward(top, b.Length);
        solution[..b.Length].CopyTo(b);
    }

    // Four rows from the diagonal's tile to the end.
    private void AddToTiles(int top, int n, ref T rows, int count, bool negative)
    {
        var width = Kernels.TileColumns<T>();
        for (var j = top / width * width; j < n; j += width)
        {
            Kernels.AddProduct(ref _cells[top * _stride + j], _stride, ref Unsafe.Add(ref rows, top), 1, _stride,
                ref Unsafe.Add(ref rows, j), _stride, count, negative);
        }
    }

    private void PadWithIdentity(int n)
    {
        var block = Math.Max(Kernels.TileRows, Vector<T>.Count);
        var end = (n + block - 1) / block * block;
        for (var i = 0; i < n && end > n; i++)
            _cells.AsSpan(i * _stride + n, end - n).Clear();
        for (var i = n; i % Kernels.TileRows != 0; i++)
        {
            _cells.AsSpan(i * _stride, _stride).Clear();
            _cells[i * _stride + i] = T.One;
        }
    }

    // The rows above are taken off already: factors the 4 x 4 square on the diagonal in scalars, then divides all columns by it at once.
    private bool FactorRows(int top, int n)
    {
        ref var a = ref _cells[top * _stride];
        if (!Square.TryFactor(ref Unsafe.Add(ref a, top), _stride, out var u))
            return false;
        ref var b = ref Unsafe.Add(ref a, _stride);
        ref var c = ref Unsafe.Add(ref b, _stride);
        ref var d = ref Unsafe.Add(ref c, _stride);
        for (var j = top & -Vector<T>.Count; j < n; j += Vector<T>.Count)
        {
            var x = Load(ref a, j) * u.A;
            var y = (Load(ref b, j) - x * u.AB) * u.B;
            var z = (Load(ref c, j) - x * u.AC - y * u.BC) * u.C;
            x.StoreUnsafe(ref a, (nuint)j);
            y.StoreUnsafe(ref b, (nuint)j);
            z.StoreUnsafe(ref c, (nuint)j);
            ((Load(ref d, j) - x * u.AD - y * u.BD - z * u.CD) * u.D).StoreUnsafe(ref d, (nuint)j);
        }
        (Unsafe.Add(ref a, top), Unsafe.Add(ref b, top + 1), Unsafe.Add(ref c, top + 2), Unsafe.Add(ref d, top + 3)) = (u.A, u.B, u.C, u.D);
        return true;
    }

    // Solves four rows of U'z = b and takes them off the rows below.
    private void SolveForward(int top, int n)
    {
        ref var a = ref _cells[top * _stride];
        ref var b = ref Unsafe.Add(ref a, _stride);
        ref var c = ref Unsafe.Add(ref b, _stride);
        ref var d = ref Unsafe.Add(ref c, _stride);
        ref var x = ref _solution[0];
        ref var four = ref Unsafe.Add(ref x, top);
        var xa = four * Unsafe.Add(ref a, top);
        var xb = (Unsafe.Add(ref four, 1) - xa * Unsafe.Add(ref a, top + 1)) * Unsafe.Add(ref b, top + 1);
        var xc = (Unsafe.Add(ref four, 2) - xa * Unsafe.Add(ref a, top + 2) - xb * Unsafe.Add(ref b, top + 2)) * Unsafe.Add(ref c, top + 2);
        var xd = (Unsafe.Add(ref four, 3) - xa * Unsafe.Add(ref a, top + 3) - xb * Unsafe.Add(ref b, top + 3) - xc * Unsafe.Add(ref c, top + 3)) * Unsafe.Add(ref d, top + 3);
        (four, Unsafe.Add(ref four, 1), Unsafe.Add(ref four, 2), Unsafe.Add(ref four, 3)) = (xa, xb, xc, xd);
        var j = top + Kernels.TileRows;
        for (; j < n && j % Vector<T>.Count != 0; j++)
            Unsafe.Add(ref x, j) -= xa * Unsafe.Add(ref a, j) + xb * Unsafe.Add(ref b, j) + xc * Unsafe.Add(ref c, j) + xd * Unsafe.Add(ref d, j);
        for (; j < n; j += Vector<T>.Count)
            (Load(ref x, j) - Load(ref a, j) * xa - Load(ref b, j) * xb - Load(ref c, j) * xc - Load(ref d, j) * xd).StoreUnsafe(ref x, (nuint)j);
    }

    // Solves four rows of Ux = z, those below being solved.
    private void SolveBackward(int top, int n)
    {
        ref var a = ref _cells[top * _stride];
        ref var b = ref Unsafe.Add(ref a, _stride);
        ref var c = ref Unsafe.Add(ref b, _stride);
        ref var d = ref Unsafe.Add(ref c, _stride);
        ref var x = ref _solution[0];
        ref var four = ref Unsafe.Add(ref x, top);
        T xa = four, xb = Unsafe.Add(ref four, 1), xc = Unsafe.Add(ref four, 2), xd = Unsafe.Add(ref four, 3);
        var j = top + Kernels.TileRows;
        for (; j < n && j % Vector<T>.Count != 0; j++)
        {
            var known = Unsafe.Add(ref x, j);
            (xa, xb, xc, xd) = (xa - known * Unsafe.Add(ref a, j), xb - known * Unsafe.Add(ref b, j), xc - known * Unsafe.Add(ref c, j), xd - known * Unsafe.Add(ref d, j));
        }
        Vector<T> sa = default, sb = default, sc = default, sd = default;
        for (; j < n; j += Vector<T>.Count)
        {
            var known = Load(ref x, j);
            (sa, sb, sc, sd) = (sa + known * Load(ref a, j), sb + known * Load(ref b, j), sc + known * Load(ref c, j), sd + known * Load(ref d, j));
        }
        xd = (xd - Vector.Sum(sd)) * Unsafe.Add(ref d, top + 3);
        xc = (xc - Vector.Sum(sc) - xd * Unsafe.Add(ref c, top + 3)) * Unsafe.Add(ref c, top + 2);
        xb = (xb - Vector.Sum(sb) - xc * Unsafe.Add(ref b, top + 2) - xd * Unsafe.Add(ref b, top + 3)) * Unsafe.Add(ref b, top + 1);
        xa = (xa - Vector.Sum(sa) - xb * Unsafe.Add(ref a, top + 1) - xc * Unsafe.Add(ref a, top + 2) - xd * Unsafe.Add(ref a, top + 3)) * Unsafe.Add(ref a, top);
        (four, Unsafe.Add(ref four, 1), Unsafe.Add(ref four, 2), Unsafe.Add(ref four, 3)) = (xa, xb, xc, xd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Load(ref T row, int j) => Vector.LoadUnsafe(ref row, (nuint)j);

    /// <summary>Four rows of U on the diagonal: what stands above it, and the reciprocals of what stands on it.</summary>
    private readonly record struct Square(T A, T AB, T AC, T AD, T B, T BC, T BD, T C, T CD, T D)
    {
        public static bool TryFactor(ref T corner, int stride, out Square u)
        {
            ref var second = ref Unsafe.Add(ref corner, stride);
            ref var third = ref Unsafe.Add(ref second, stride);
            var a = T.One / T.Sqrt(corner);
            T ab = Unsafe.Add(ref corner, 1) * a, ac = Unsafe.Add(ref corner, 2) * a, ad = Unsafe.Add(ref corner, 3) * a;
            var bb = Unsafe.Add(ref second, 1) - ab * ab;
            var b = T.One / T.Sqrt(bb);
            T bc = (Unsafe.Add(ref second, 2) - ab * ac) * b, bd = (Unsafe.Add(ref second, 3) - ab * ad) * b;
            var cc = Unsafe.Add(ref third, 2) - ac * ac - bc * bc;
            var c = T.One / T.Sqrt(cc);
            var cd = (Unsafe.Add(ref third, 3) - ac * ad - bc * bd) * c;
            var dd = Unsafe.Add(ref third, stride + 3) - ad * ad - bd * bd - cd * cd;
            u = new(a, ab, ac, ad, b, bc, bd, c, cd, T.One / T.Sqrt(dd));
            return IsPivot(corner) && IsPivot(bb) && IsPivot(cc) && IsPivot(dd);
        }

        private static bool IsPivot(T value) => value > T.Zero && T.IsFinite(value);
    }
}
