using FsCheck;
using FsCheck.Fluent;
using PetShop.Recommender.Numerics;

namespace PetShop.Recommender.Tests.Numerics;

public sealed class SymmetricSystemTests
{
    private const int Capacity = 37;

    [Fact]
    public void Any_system_it_has_room_for_is_solved_in_single_and_double_precision() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Choose(1, Capacity).ToArbitrary(), (seed, n) =>
        {
            var (rows, b) = Problem(seed, n);
            var (narrow, wide) = (new SymmetricSystem<float>(Capacity), new SymmetricSystem<double>(Capacity));
            return Residual(rows, b, Solve(narrow, rows, b, v => (float)v)) < 1e-3 && Residual(rows, b, Solve(wide, rows, b, v => v)) < 1e-11;
        }));

    [Fact]
    public void What_an_earlier_system_left_behind_changes_no_bit_of_the_next()
    {
        var used = new SymmetricSystem<float>(Capacity);
        foreach (var n in new[] { 30, 1, 6, 37, 13, 3, 16, 9 })
        {
            var (rows, b) = Problem(seed: n, n);
            Assert.Equal(Solve(new SymmetricSystem<float>(Capacity), rows, b, v => (float)v), Solve(used, rows, b, v => (float)v));
        }
    }

    [Fact]
    public void Inner_products_of_rows_are_those_of_a_naive_loop()
    {
        var system = new SymmetricSystem<double>(Capacity);
        foreach (var n in new[] { 2, 5, 37, 11 })
        {
            var rows = Problem(seed: n, Capacity).Rows;
            system.SetInnerProducts(Padded(rows, system.Stride, v => v), n, Capacity);
            for (var i = 0; i < n; i++)
                for (var j = i; j < n; j++)
                    Assert.Equal(rows[i].Zip(rows[j]).Sum(p => p.First * p.Second), system.Cells[i * system.Stride + j], 1e-12);
        }
    }

    [Theory, InlineData(1), InlineData(4), InlineData(6)]
    public void A_system_that_is_not_positive_definite_is_refused(int bad)
    {
        var system = new SymmetricSystem<float>(7);
        for (var i = 0; i < 7; i++)
            system.Cells[i * system.Stride + i] = i == bad ? -1 : 1;
        Assert.False(system.Factor(7));
        system.Clear(7);
        system.Cells[0] = float.NaN;
        Assert.False(system.Factor(1));
    }

    // More rows than columns, so that R'R is well conditioned.
    private static (double[][] Rows, double[] B) Problem(int seed, int n)
    {
        var random = new Random(seed);
        double[] Row() => [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() - .5)];
        return ([.. Enumerable.Range(0, 2 * n + 3).Select(_ => Row())], Row());
    }

    private static T[] Solve<T>(SymmetricSystem<T> system, double[][] rows, double[] b, Func<double, T> to) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        system.Clear(b.Length);
        system.AddCrossProducts(Padded(rows, system.Stride, to), rows.Length, b.Length);
        Assert.True(system.Factor(b.Length));
        var x = Array.ConvertAll(b, v => to(v));
        system.Solve(x);
        return x;
    }

    private static T[] Padded<T>(double[][] rows, int stride, Func<double, T> to)
    {
        var padded = new T[(rows.Length + 3) * stride];
        for (var row = 0; row < rows.Length; row++)
            Array.ConvertAll(rows[row], v => to(v)).CopyTo(padded, row * stride);
        return padded;
    }

    // R'R x - b, beside b.
    private static double Residual<T>(double[][] rows, double[] b, T[] x) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var left = Array.ConvertAll(b, v => -v);
        foreach (var row in rows)
        {
            var product = row.Zip(x).Sum(p => p.First * double.CreateTruncating(p.Second));
            for (var i = 0; i < b.Length; i++)
                left[i] += row[i] * product;
        }
        return Math.Sqrt(left.Sum(v => v * v) / b.Sum(v => v * v));
    }
}
