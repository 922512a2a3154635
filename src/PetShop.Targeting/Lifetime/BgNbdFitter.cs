namespace PetShop.Targeting.Lifetime;

/// <summary>Fits <see cref="BgNbd"/> by maximum likelihood.</summary>
public static class BgNbdFitter
{
    /// <summary>Fewer repeat buyers than this say nothing that would hold next month.</summary>
    public const int MinRepeatBuyers = 30;

    // A parameter beyond these, in units of the longest age, is running away: the likelihood has no top.
    private const double Largest = 1e4;
    private const double Smallest = 1e-4;

    /// <summary>Fits the histories of all buyers, one-time buyers included.</summary>
    /// <remarks>
    /// Where the likelihood has no top (nobody seems to stop, or all stop alike, so that A and B may grow without end) a weak prior holds the parameters; forecasts
    /// hardly depend on where. O(n) a step for n different histories; some thousand steps. The same histories give the same model, in whatever order.
    /// </remarks>
    /// <exception cref="ArgumentException">A history contradicts itself.</exception>
    public static Fit<BgNbd> FitTo(IReadOnlyCollection<PurchaseHistory> histories)
    {
        foreach (var history in histories)
            history.Check();
        var repeaters = histories.Count(h => h.Repeats > 0);
        if (repeaters < MinRepeatBuyers)
            return Fit<BgNbd>.None($"Only {repeaters} of {histories.Count} buyers came back; {MinRepeatBuyers} are needed to tell how buyers return.");
        var span = histories.Max(h => h.Age);
        var data = new Likelihood(histories, span);
        var (point, _, settled) = NelderMead.Minimise(data.MeanLoss, [0, 0, 0, 0]);
        var held = !settled || RunsAway(point);
        if (held)
            (point, _, settled) = NelderMead.Minimise(logs => data.MeanLoss(logs) + Pull(logs) / histories.Count, [0, 0, 0, 0]);
        if (!settled || RunsAway(point))
            return Fit<BgNbd>.None(
                $"The orders of {histories.Count} buyers fit no single pattern of returning and stopping; this mends itself as orders of a longer time come in.");
        var p = Array.ConvertAll(point, Math.Exp);
        var repeats = histories.Sum(h => (long)h.Repeats);
        return Fit<BgNbd>.Of(new(p[0], p[1] * span, p[2], p[3], -data.MeanLoss(point) * histories.Count - repeats * Math.Log(span), histories.Count, held));
    }

    private static bool RunsAway(double[] logs) => Array.Exists(logs, p => Math.Exp(p) is not (> Smallest and < Largest));

    // A normal law of the logarithms with a deviation of 3 (a factor of 20): next to nothing against buyers who have a say.
    private static double Pull(double[] logs) => logs.Sum(p => p * p) / (2 * 9);

    /// <summary>The histories, equal ones together, on a time scale of 0 to 1.</summary>
    private sealed class Likelihood
    {
        private readonly (PurchaseHistory History, int Times)[] _rows;
        private readonly int _mostRepeats;
        private readonly double _shoppers;

        public Likelihood(IReadOnlyCollection<PurchaseHistory> histories, double span)
        {
            _rows = [.. histories.CountBy(h => h).Select(g => (new PurchaseHistory(g.Key.Repeats, g.Key.LastAt / span, g.Key.Age / span), g.Value))];
            Array.Sort(_rows, (x, y) => Comparer<(int, double, double)>.Default.Compare((x.History.Repeats, x.History.LastAt, x.History.Age), (y.History.Repeats, y.History.LastAt, y.History.Age)));
            (_mostRepeats, _shoppers) = (_rows[^1].History.Repeats, histories.Count);
        }

        /// <summary>Minus the mean log likelihood at the logarithms of r, alpha, a and b.</summary>
        public double MeanLoss(double[] logs)
        {
            var (r, alpha, a, b) = (Math.Exp(logs[0]), Math.Exp(logs[1]), Math.Exp(logs[2]), Math.Exp(logs[3]));
            var (head, stops) = (Heads(r, a, b, logs[1]), Math.Log(a));
            var sum = 0.0;
            foreach (var ((x, last, age), times) in _rows)
            {
                var tail = -(r + x) * Math.Log(alpha + age);
                if (x > 0)
                    tail = LogSum(tail, stops - Math.Log(b + x - 1) - (r + x) * Math.Log(alpha + last));
                sum += times * (head[x] + tail);
            }
            return -sum / _shoppers;
        }

        /// <summary>The part of the likelihood that depends on the number of repeats alone.</summary>
        private double[] Heads(double r, double a, double b, double logAlpha)
        {
            var heads = new double[_mostRepeats + 1];
            heads[0] = r * logAlpha;
            for (var x = 0; x < _mostRepeats; x++)
                heads[x + 1] = heads[x] + Math.Log(r + x) + Math.Log((b + x) / (a + b + x));
            return heads;
        }

        private static double LogSum(double x, double y) => Math.Max(x, y) + Math.Log(1 + Math.Exp(-Math.Abs(x - y)));
    }
}
