using FsCheck;
using FsCheck.Fluent;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Numerics;

namespace PetShop.Recommender.Tests.Numerics;

public sealed class RowSolverTests
{
    private const int Rank = 12;
    private const double UnobservedWeight = .1, Ridge = .7;

    [Fact]
    public void Primal_and_dual_agree_whatever_the_history() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Choose(0, Rank).ToArbitrary(), (seed, n) =>
        {
            var (factors, penalty, seen) = Problem(seed, n);
            float[] primal = new float[Rank], dual = new float[Rank];
            var solver = new RowSolver<float>(Rank);
            Assert.True(solver.SolvePrimal(factors, penalty, seen, primal));
            Assert.True(solver.SolveDual(factors, penalty, seen, dual));
            return primal.Zip(dual).All(p => Math.Abs(p.First - p.Second) < 1e-4);
        }));

    [Fact]
    public void The_solution_is_a_minimum_of_the_weighted_loss()
    {
        foreach (var n in new[] { 1, 5, 11, 40 })
        {
            var (factors, penalty, seen) = Problem(n, n);
            var x = new float[Rank];
            Assert.True(new RowSolver<float>(Rank).Solve(factors, penalty, seen, x));
            for (var f = 0; f < Rank; f++)
            {
                foreach (var step in new[] { -1e-2f, 1e-2f })
                {
                    var moved = x.ToArray();
                    moved[f] += step;
                    Assert.True(Loss(factors, seen, moved) > Loss(factors, seen, x), $"n {n}, factor {f}, step {step}");
                }
            }
        }
    }

    [Fact]
    public void A_solver_used_again_gives_the_same_bits_as_a_new_one()
    {
        var used = new RowSolver<float>(Rank);
        foreach (var n in new[] { 40, 3, 9, 1, 70, 11, 12, 2 })
        {
            var (factors, penalty, seen) = Problem(n, Math.Min(n, 60));
            float[] expected = new float[Rank], x = new float[Rank];
            Assert.True(new RowSolver<float>(Rank).Solve(factors, penalty, seen, expected));
            Assert.True(used.Solve(factors, penalty, seen, x));
            Assert.Equal(expected, x);
        }
    }

    // The loss as the paper writes it, over all items, in double.
    private static double Loss(float[] factors, Interaction[] seen, float[] x)
    {
        double loss = Ridge * x.Sum(v => (double)v * v);
        for (var i = 0; i < factors.Length / Rank; i++)
            loss += UnobservedWeight * Math.Pow(Score(i), 2);
        return loss + seen.Sum(s => s.Confidence * Math.Pow(s.Target - Score(s.Index), 2));

        double Score(int item) => Enumerable.Range(0, Rank).Sum(f => (double)x[f] * factors[item * Rank + f]);
    }

    private static (float[] Factors, float[] Penalty, Interaction[] Seen) Problem(int seed, int n)
    {
        var random = new Random(seed);
        var factors = new float[60 * Rank];
        for (var i = 0; i < factors.Length; i++)
            factors[i] = (float)(random.NextDouble() - .4);
        var spectrum = Factors.Diagonalize(factors, Rank, new ParallelOptions());
        Interaction[] seen = [.. Enumerable.Range(0, n).Select(j => new Interaction(j, 1 + random.Next(19), random.Next(4) == 0 ? 0 : 1))];
        return (factors, [.. spectrum.Select(s => (float)(UnobservedWeight * s + Ridge))], seen);
    }
}
