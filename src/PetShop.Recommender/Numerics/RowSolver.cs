using System.Numerics;
using System.Numerics.Tensors;
using PetShop.Recommender.Interactions;

namespace PetShop.Recommender.Numerics;

/// <summary>One half-step of weighted implicit ALS for one shopper or item, against the other side's factors held fixed.</summary>
/// <remarks>
/// Minimises <c>sum_j c_j (t_j - x.y_j)^2 + a0 sum_all (x.y)^2 + ridge |x|^2</c> (Rendle et al., arXiv 2110.14037).
/// The fixed factors must be in their Gram eigenbasis (<see cref="Factors.Diagonalize"/>), so that the two last terms are a diagonal P.
/// Primal, for n at least the rank d: <c>(P + Y'CY) x = Y'Ct</c>, O(n d^2 + d^3). Dual, for n below d: <c>(C^-1 + Y P^-1 Y') z = t</c>, <c>x = P^-1 Y' z</c>,
/// O(n^2 d + n^3). Holds scratch space: one instance a thread.
/// </remarks>
internal sealed class RowSolver<T>(int rank) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _system = new T[rank * rank];
    private readonly T[] _rows = new T[Math.Max(rank, Kernels.Block) * rank];
    private readonly T[] _diagonal = new T[rank];
    private readonly T[] _right = new T[rank];

    /// <summary>Solves by the cheaper way.</summary>
    /// <param name="fixedSide">Factors of the other side, row-major.</param>
    /// <param name="penalty">P, length <paramref name="x"/>: a0 times the Gram diagonal plus the ridge.</param>
    /// <param name="seen">Index into the fixed side, confidence above 0 and target of each observation.</param>
    /// <param name="x">The solution.</param>
    /// <returns>False when the numbers broke down.</returns>
    public bool Solve(ReadOnlySpan<T> fixedSide, ReadOnlySpan<T> penalty, ReadOnlySpan<Interaction> seen, Span<T> x) =>
        seen.Length < rank ? SolveDual(fixedSide, penalty, seen, x) : SolvePrimal(fixedSide, penalty, seen, x);

    public bool SolvePrimal(ReadOnlySpan<T> fixedSide, ReadOnlySpan<T> penalty, ReadOnlySpan<Interaction> seen, Span<T> x)
    {
        Array.Clear(_system);
        x.Clear();
        for (var start = 0; start < seen.Length; start += Kernels.Block)
        {
            var block = seen.Slice(start, Math.Min(Kernels.Block, seen.Length - start));
            _rows.AsSpan(0, Kernels.Block * rank).Clear();
            for (var j = 0; j < block.Length; j++)
            {
                var y = fixedSide.Slice(block[j].Index * rank, rank);
                var confidence = T.CreateTruncating(block[j].Confidence);
                TensorPrimitives.Multiply(y, T.Sqrt(confidence), _rows.AsSpan(j * rank, rank));
                Kernels.AddScaled(y, confidence * T.CreateTruncating(block[j].Target), x);
            }
            Kernels.AddOuterProducts<T>(_system, _rows, rank);
        }
        for (var f = 0; f < rank; f++)
            _system[f * rank + f] += penalty[f];
        if (!Cholesky.Factor<T>(_system, rank))
            return false;
        Cholesky.Solve(_system, rank, x);
        return TensorPrimitives.IsFiniteAll<T>(x);
    }

    public bool SolveDual(ReadOnlySpan<T> fixedSide, ReadOnlySpan<T> penalty, ReadOnlySpan<Interaction> seen, Span<T> x)
    {
        if (seen.Length > rank)
            throw new ArgumentException($"The dual has room for {rank} observations, not {seen.Length}.", nameof(seen));
        TensorPrimitives.ReciprocalSqrt(penalty, _diagonal);
        var n = seen.Length;
        for (var j = 0; j < n; j++)
            TensorPrimitives.Multiply(fixedSide.Slice(seen[j].Index * rank, rank), _diagonal, _rows.AsSpan(j * rank, rank));
        for (var j = 0; j < n; j++)
        {
            for (var k = 0; k <= j; k++)
                _system[j * n + k] = TensorPrimitives.Dot<T>(_rows.AsSpan(j * rank, rank), _rows.AsSpan(k * rank, rank));
            _system[j * n + j] += T.One / T.CreateTruncating(seen[j].Confidence);
            _right[j] = T.CreateTruncating(seen[j].Target);
        }
        if (!Cholesky.Factor<T>(_system, n))
            return false;
        Cholesky.Solve(_system, n, _right.AsSpan(0, n));
        x.Clear();
        for (var j = 0; j < n; j++)
            Kernels.AddScaled(_rows.AsSpan(j * rank, rank), _right[j], x);
        TensorPrimitives.Multiply(x, _diagonal, x);
        return TensorPrimitives.IsFiniteAll<T>(x);
    }
}
