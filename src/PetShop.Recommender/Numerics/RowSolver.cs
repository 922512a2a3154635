using System.Numerics;
using System.Numerics.Tensors;
using PetShop.Recommender.Interactions;

namespace PetShop.Recommender.Numerics;

/// <summary>One half-step of weighted implicit ALS for one shopper or item, against the other side's factors held fixed.</summary>
/// <remarks>
/// Minimises <c>sum_j c_j (t_j - x.y_j)^2 + a0 sum_all (x.y)^2 + ridge |x|^2</c> (Rendle et al., arXiv 2110.14037).
/// The fixed factors must be in their Gram eigenbasis (<see cref="Factors.Diagonalize"/>), so that the two last terms are a diagonal P.
/// Primal: <c>(P + Y'CY) x = Y'Ct</c>, O(n d^2 + d^3) for n observations of d factors. Dual: <c>(C^-1 + Y P^-1 Y') z = t</c>, <c>x = P^-1 Y' z</c>,
/// O(n^2 d + n^3). Holds scratch space: one instance a thread; one whose numbers broke down must not be used again.
/// </remarks>
internal sealed class RowSolver<T>(int rank) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // As many rows as stay in the first cache beside the system.
    private const int PanelRows = 64;

    // Where the two cost the same: by operations at n = d, by time sooner, for inner products run slower than sums of outer ones.
    private const double DualShare = 0.85;

    private readonly SymmetricSystem<T> _system = new(rank);
    private readonly T[] _rows = new T[(Math.Max(rank, PanelRows) + Kernels.TileRows) * Kernels.Padded<T>(rank)];
    private readonly T[] _diagonal = new T[rank];
    private readonly T[] _right = new T[rank];

    /// <summary>Solves by the cheaper way.</summary>
    /// <param name="fixedSide">Factors of the other side, row-major.</param>
    /// <param name="penalty">P, length <paramref name="x"/>: a0 times the Gram diagonal plus the ridge.</param>
    /// <param name="seen">Index into the fixed side, confidence above 0 and target of each observation.</param>
    /// <param name="x">The solution.</param>
    /// <returns>False when the numbers broke down.</returns>
    public bool Solve(ReadOnlySpan<T> fixedSide, ReadOnlySpan<T> penalty, ReadOnlySpan<Interaction> seen, Span<T> x) =>
        seen.Length < DualShare * rank ? SolveDual(fixedSide, penalty, seen, x) : SolvePrimal(fixedSide, penalty, seen, x);

    public bool SolvePrimal(ReadOnlySpan<T> fixedSide, ReadOnlySpan<T> penalty, ReadOnlySpan<Interaction> seen, Span<T> x)
    {
        var stride = _system.Stride;
        _system.Clear(rank);
        x.Clear();
        for (var start = 0; start < seen.Length; start += PanelRows)
        {
            var panel = seen.Slice(start, Math.Min(PanelRows, seen.Length - start));
            for (var j = 0; j < panel.Length; j++)
            {
                var root = T.Sqrt(T.CreateTruncating(panel[j].Confidence));
                Kernels.ScaleAndAdd(fixedSide.Slice(panel[j].Index * rank, rank), root, _rows.AsSpan(j * stride, rank), root * T.CreateTruncating(panel[j].Target), x);
            }
            _system.AddCrossProducts(_rows, panel.Length, rank);
        }
        for (var f = 0; f < rank; f++)
            _system.Cells[f * stride + f] += penalty[f];
        if (!_system.Factor(rank))
            return false;
        _system.Solve(x);
        return TensorPrimitives.IsFiniteAll<T>(x);
    }

    public bool SolveDual(ReadOnlySpan<T> fixedSide, ReadOnlySpan<T> penalty, ReadOnlySpan<Interaction> seen, Span<T> x)
    {
        if (seen.Length > rank)
            throw new ArgumentException($"The dual has room for {rank} observations, not {seen.Length}.", nameof(seen));
        TensorPrimitives.ReciprocalSqrt(penalty, _diagonal);
        var (n, stride) = (seen.Length, _system.Stride);
        for (var j = 0; j < n; j++)
            Kernels.Multiply(fixedSide.Slice(seen[j].Index * rank, rank), _diagonal, _rows.AsSpan(j * stride, rank));
        _system.SetInnerProducts(_rows, n, rank);
        for (var j = 0; j < n; j++)
        {
            _system.Cells[j * stride + j] += T.One / T.CreateTruncating(seen[j].Confidence);
            _right[j] = T.CreateTruncating(seen[j].Target);
        }
        if (!_system.Factor(n))
            return false;
        _system.Solve(_right.AsSpan(0, n));
        x.Clear();
        for (var j = 0; j < n; j++)
            Kernels.AddScaled(_rows.AsSpan(j * stride, rank), _right[j], x);
        TensorPrimitives.Multiply(x, _diagonal, x);
        return TensorPrimitives.IsFiniteAll<T>(x);
    }
}
