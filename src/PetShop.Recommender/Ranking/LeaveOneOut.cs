using PetShop.Recommender.Interactions;
using PetShop.Recommender.Numerics;

namespace PetShop.Recommender.Ranking;

/// <summary>A shopper's taste as it would be had one past interaction not been there, without folding in anew.</summary>
/// <remarks>
/// The dual system is <c>K z = t</c> with <c>K = C^-1 + Y P^-1 Y'</c>; leaving j out gives <c>z' = z - K^-1[:,j] z_j / K^-1[j,j]</c> and <c>x' = P^-1 Y' z'</c>.
/// P keeps the ridge of the whole history: with a frequency exponent of 0 the result is that of a true refold, otherwise its ridge differs by the part that one
/// interaction adds to <c>(n + a0 |I|)^v</c>, one in thousands for a real catalogue. O(n^3 / 3 + n^2 d) once, O(n^2 + n d) for each j.
/// </remarks>
public sealed class LeaveOneOut
{
    private readonly float[] _factors;
    private readonly int _rank;
    private readonly float[] _penalty;
    private readonly Interaction[] _history;
    private readonly double[] _factored;
    private readonly double[] _dual;

    internal LeaveOneOut(float[] factors, int rank, float[] penalty, Interaction[] history)
    {
        (_factors, _rank, _penalty, _history) = (factors, rank, penalty, history);
        var n = history.Length;
        _factored = new double[n * n];
        _dual = new double[n];
        for (var j = 0; j < n; j++)
        {
            for (var k = 0; k <= j; k++)
                _factored[j * n + k] = Kernel(history[j].Index, history[k].Index);
            _factored[j * n + j] += 1.0 / history[j].Confidence;
            _dual[j] = history[j].Target;
        }
        if (!Cholesky.Factor<double>(_factored, n))
            throw new ArithmeticException($"A history of {n} interactions gives no finite solution.");
        Cholesky.Solve(_factored, n, _dual.AsSpan());
    }

    /// <summary>The dual variable of each interaction: its weight in every score.</summary>
    public ReadOnlySpan<double> Dual => _dual;

    /// <summary>Solves the shopper's vector without one interaction.</summary>
    /// <param name="j">Place of the interaction in the history.</param>
    /// <param name="shopper">Length of the rank.</param>
    public void Vector(int j, Span<float> shopper)
    {
        var dual = DualWithout(j);
        var sums = new double[_rank];
        for (var k = 0; k < _history.Length; k++)
        {
            var y = _factors.AsSpan(_history[k].Index * _rank, _rank);
            for (var f = 0; f < _rank; f++)
                sums[f] += dual[k] * y[f];
        }
        for (var f = 0; f < _rank; f++)
            shopper[f] = (float)(sums[f] / _penalty[f]);
    }

    /// <summary>Score of an item without one interaction.</summary>
    public double Score(int item, int j)
    {
        var dual = DualWithout(j);
        var score = 0.0;
        for (var k = 0; k < _history.Length; k++)
            score += dual[k] * Kernel(_history[k].Index, item);
        return score;
    }

    private double[] DualWithout(int j)
    {
        if ((uint)j >= (uint)_history.Length)
            throw new ArgumentOutOfRangeException(nameof(j), j, $"The history has the places 0 to {_history.Length - 1}.");
        var n = _history.Length;
        var column = new double[n];
        column[j] = 1;
        Cholesky.Solve(_factored, n, column.AsSpan());
        var part = _dual[j] / column[j];
        for (var k = 0; k < n; k++)
            column[k] = k == j ? 0 : _dual[k] - column[k] * part;
        return column;
    }

    private double Kernel(int a, int b)
    {
        ReadOnlySpan<float> x = _factors.AsSpan(a * _rank, _rank), y = _factors.AsSpan(b * _rank, _rank);
        var sum = 0.0;
        for (var f = 0; f < _rank; f++)
            sum += (double)x[f] * y[f] / _penalty[f];
        return sum;
    }
}
