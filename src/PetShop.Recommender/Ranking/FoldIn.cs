using System.Collections.Concurrent;
using System.Numerics.Tensors;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Numerics;

namespace PetShop.Recommender.Ranking;

/// <summary>Gives a shopper a factor vector without retraining: one ALS half-step against fixed item factors.</summary>
/// <param name="factors">Item factors in their Gram eigenbasis.</param>
/// <param name="rank">Factors an item.</param>
/// <param name="spectrum">Diagonal of their Gram matrix.</param>
/// <param name="options">Numbers the factors were trained with.</param>
internal sealed class FoldIn(float[] factors, int rank, double[] spectrum, FoldInOptions options)
{
    private readonly ConcurrentBag<RowSolver<float>> _solvers = [];

    /// <exception cref="ArithmeticException">The system has no finite solution.</exception>
    public void Solve(ReadOnlySpan<Interaction> history, Span<float> shopper)
    {
        shopper.Clear();
        if (history.IsEmpty)
            return;
        if (!_solvers.TryTake(out var solver))
            solver = new RowSolver<float>(rank);
        Span<float> penalty = rank <= 512 ? stackalloc float[rank] : new float[rank];
        Penalty(history.Length, penalty);
        var solved = solver.Solve(factors, penalty, history, shopper);
        if (!solved)
            throw new ArithmeticException($"A history of {history.Length} interactions gives no finite vector; is the regularisation ({options.Regularization}) too small?");
        _solvers.Add(solver);
    }

    // From the solution, z_j = c_j (t_j - x.y_j) are the dual variables, and x = sum_j z_j P^-1 y_j.
    public void Explain(ReadOnlySpan<Interaction> history, ReadOnlySpan<float> shopper, int item, Span<float> contributions)
    {
        Span<float> scaled = rank <= 512 ? stackalloc float[rank] : new float[rank];
        Penalty(history.Length, scaled);
        TensorPrimitives.Divide(factors.AsSpan(item * rank, rank), scaled, scaled);
        for (var j = 0; j < history.Length; j++)
        {
            var y = factors.AsSpan(history[j].Index * rank, rank);
            var dual = history[j].Confidence * (history[j].Target - TensorPrimitives.Dot(shopper, y));
            contributions[j] = dual * TensorPrimitives.Dot<float>(y, scaled);
        }
    }

    /// <summary>The dual system of a history, solved once for every "what if this had not been".</summary>
    public LeaveOneOut Without(ReadOnlySpan<Interaction> history)
    {
        var penalty = new float[rank];
        Penalty(history.Length, penalty);
        return new LeaveOneOut(factors, rank, penalty, history.ToArray());
    }

    private void Penalty(int n, Span<float> penalty)
    {
        var ridge = options.Ridge(n, factors.Length / rank);
        for (var f = 0; f < rank; f++)
            penalty[f] = (float)(options.UnobservedWeight * spectrum[f] + ridge);
    }
}
