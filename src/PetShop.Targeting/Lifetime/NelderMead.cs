namespace PetShop.Targeting.Lifetime;

/// <summary>Finds the lowest point of a smooth function of a few variables without its gradient.</summary>
/// <remarks>
/// Nelder and Mead, Computer Journal 1965, with the usual factors 1, 2, 1/2, 1/2. Restarts at its own answer with a fresh simplex until that
/// no longer helps, because a simplex may collapse beside the minimum. O(d) evaluations a step for d variables; no chance in it.
/// </remarks>
internal static class NelderMead
{
    private const int MaxRestarts = 20;
    private const int MaxSteps = 4000;
    private const double Settled = 1e-13;

    /// <summary>No coordinate goes beyond this: arguments are logarithms on a scale near 1.</summary>
    private const double Wall = 12;

    /// <returns>The best point, its value, and whether the search came to rest.</returns>
    public static (double[] Point, double Value, bool Converged) Minimise(Func<double[], double> function, double[] start, double step = 0.5)
    {
        var best = (Point: start, Value: Evaluate(function, start));
        for (var restart = 0; restart < MaxRestarts; restart++)
        {
            var found = Descend(function, best.Point, step);
            var gain = best.Value - found.Value;
            if (found.Value <= best.Value)
                best = found;
            if (restart > 0 && gain <= Settled * (1 + Math.Abs(best.Value)))
                return (best.Point, best.Value, double.IsFinite(best.Value));
            step = Math.Max(step / 2, 0.01);
        }
        return (best.Point, best.Value, false);
    }

    private static (double[] Point, double Value) Descend(Func<double[], double> function, double[] start, double step)
    {
        var simplex = Enumerable.Range(0, start.Length + 1).Select(corner => Moved(start, corner - 1, step)).Select(p => (Point: p, Value: Evaluate(function, p))).ToArray();
        for (var i = 0; i < MaxSteps; i++)
        {
            Array.Sort(simplex, (a, b) => a.Value.CompareTo(b.Value));
            if (Spread(simplex) < 1e-9 && simplex[^1].Value - simplex[0].Value <= Settled * (1 + Math.Abs(simplex[0].Value)))
                break;
            Step(function, simplex);
        }
        return simplex.MinBy(corner => corner.Value);
    }

    private static void Step(Func<double[], double> function, (double[] Point, double Value)[] simplex)
    {
        var worst = simplex[^1];
        var centre = Centre(simplex);
        var reflected = At(function, centre, worst.Point, -1);
        if (reflected.Value < simplex[0].Value)
        {
            var expanded = At(function, centre, worst.Point, -2);
            simplex[^1] = expanded.Value < reflected.Value ? expanded : reflected;
            return;
        }
        if (reflected.Value < simplex[^2].Value)
        {
            simplex[^1] = reflected;
            return;
        }
        var contracted = reflected.Value < worst.Value ? At(function, centre, worst.Point, -0.5) : At(function, centre, worst.Point, 0.5);
        if (contracted.Value < Math.Min(worst.Value, reflected.Value))
            simplex[^1] = contracted;
        else
            for (var i = 1; i < simplex.Length; i++)
                simplex[i] = At(function, simplex[0].Point, simplex[i].Point, 0.5);
    }

    /// <summary>The point centre + share (corner - centre).</summary>
    private static (double[] Point, double Value) At(Func<double[], double> function, double[] centre, double[] corner, double share)
    {
        var point = centre.Zip(corner, (c, w) => c + share * (w - c)).ToArray();
        return (point, Evaluate(function, point));
    }

    private static double[] Centre((double[] Point, double Value)[] simplex)
    {
        var centre = new double[simplex.Length - 1];
        foreach (var (point, _) in simplex.AsSpan(0, centre.Length))
            for (var i = 0; i < centre.Length; i++)
                centre[i] += point[i] / centre.Length;
        return centre;
    }

    private static double[] Moved(double[] start, int axis, double step) => [.. start.Select((value, i) => i == axis ? value + step : value)];

    private static double Spread((double[] Point, double Value)[] simplex) =>
        simplex.Max(corner => corner.Point.Zip(simplex[0].Point, (a, b) => Math.Abs(a - b)).Max());

    // Beyond the wall stands no answer that a caller would take: a search that runs away stops there instead of wandering on.
    private static double Evaluate(Func<double[], double> function, double[] point) =>
        Array.Exists(point, p => Math.Abs(p) > Wall) ? double.PositiveInfinity : function(point) is var value && double.IsNaN(value) ? double.PositiveInfinity : value;
}
