namespace PetShop.Targeting.Experiments;

/// <summary>What a test compares.</summary>
public enum ExperimentMeasure { Clicks = 1, Orders = 2, Revenue = 3 }

/// <summary>Visitors who met a variant first on one day, and what became of them.</summary>
/// <param name="IsRipe">Whether the days in which orders count have passed for all of them.</param>
/// <param name="Strays">How many of them met another variant later.</param>
/// <param name="Revenue">After and before the first meeting, in minor units.</param>
public sealed record ExperimentDay(string Variant, DateOnly Day, bool IsRipe, long Visitors, long Clickers, long Buyers, long Strays, BeforeAfterSums Revenue);

/// <summary>One variant so far.</summary>
/// <param name="Counted">Visitors whose outcome is in: all of them for clicks, the ripe ones otherwise.</param>
/// <param name="Hits">Those who clicked or bought, as the measure has it.</param>
/// <param name="Chance">To be the best of all.</param>
public sealed record VariantReading(string Variant, double Weight, long Visitors, long Counted, long Clickers, long Buyers, double Revenue, long Hits, double? Chance);

/// <summary>A variant against the first one.</summary>
/// <param name="Shares">Pooled z; null for revenue.</param>
/// <param name="Always">Of the relative lift; holds however often one looks.</param>
/// <param name="Adjusted">Absolute lift with earlier revenue taken out, and how much narrower it is; null where nobody had any, and for shares.</param>
public sealed record VariantContrast(string Variant, TwoProportions? Shares, Lift Lift, Sequential Always, (Lift Lift, Sequential Always, double Narrower)? Adjusted);

/// <summary>What may be said of a test.</summary>
public enum ExperimentState { Waiting, SharesOff, NotDecided, Better, Worse, PlanOver }

/// <summary>A day of the plot: the relative lift of a variant as it stood, with its interval.</summary>
public sealed record ExperimentPoint(DateOnly Day, double Lift, double Low, double High);

/// <summary>Reads a test: how the variants do, and whether that is decided.</summary>
public sealed class ExperimentReading
{
    private const double Alpha = 0.05;

    /// <param name="weights">Of every variant, the first one first.</param>
    /// <param name="planned">Visitors of all variants that the plan foresees.</param>
    public ExperimentReading(ExperimentMeasure measure, IReadOnlyList<(string Variant, double Weight)> weights, long planned, IReadOnlyList<ExperimentDay> days)
    {
        // Nobody held out can click what they do not see.
        var compared = weights.Where(w => w.Weight > 0 && (measure != ExperimentMeasure.Clicks || w.Variant != Banners.BannerCandidate.HeldOut)).ToList();
        // The interval is tuned to the visitors of the two variants that it compares.
        var plannedOfTwo = Math.Max(2, planned / Math.Max(1, compared.Count) * 2);
        var sums = weights.ToDictionary(w => w.Variant, w => Total(days, w.Variant));
        var ripe = weights.ToDictionary(w => w.Variant, w => measure == ExperimentMeasure.Clicks ? sums[w.Variant] : Total([.. days.Where(d => d.IsRipe)], w.Variant));
        Ratio = weights.Count(w => w.Weight > 0) > 1 && sums.Values.Any(s => s.Visitors > 0)
            ? SampleRatio.Test([.. weights.Select(w => sums[w.Variant].Visitors)], [.. weights.Select(w => w.Weight)]) : null;
        var chances = Chances(measure, compared, ripe);
        Arms = [.. weights.Select(w => new VariantReading(w.Variant, w.Weight, sums[w.Variant].Visitors, ripe[w.Variant].Visitors, ripe[w.Variant].Clickers, ripe[w.Variant].Buyers,
            ripe[w.Variant].Revenue.After, Hits(measure, ripe[w.Variant]), chances.TryGetValue(w.Variant, out var c) ? c : null))];
        var alpha = Alpha / Math.Max(1, compared.Count - 1);
        Contrasts = [.. compared.Skip(1).Select(w => Contrast(measure, w.Variant, ripe[compared[0].Variant], ripe[w.Variant], plannedOfTwo, alpha)).OfType<VariantContrast>()];
        Curves = compared.Skip(1).ToDictionary(w => w.Variant, IReadOnlyList<ExperimentPoint> (w) => Curve(measure, compared[0].Variant, w.Variant, days, plannedOfTwo, alpha));
        (State, Leader) = Judge(planned, alpha);
    }

    /// <summary>Whether the variants got their shares; null before anybody came.</summary>
    public SampleRatio? Ratio { get; }
    public IReadOnlyList<VariantReading> Arms { get; }
    public IReadOnlyList<VariantContrast> Contrasts { get; }
    public IReadOnlyDictionary<string, IReadOnlyList<ExperimentPoint>> Curves { get; }
    public ExperimentState State { get; }

    /// <summary>The variant to keep, once that is decided.</summary>
    public string? Leader { get; }

    private (ExperimentState, string?) Judge(long planned, double alpha)
    {
        if (Ratio?.P < SampleRatio.Alarm)
            return (ExperimentState.SharesOff, null);
        if (Contrasts.Count == 0)
            return (ExperimentState.Waiting, null);
        if (Contrasts.Where(c => c.Always.Low > 0).MaxBy(c => c.Lift.Value) is { } best)
            return (ExperimentState.Better, best.Variant);
        if (Contrasts.All(c => c.Always.P < alpha && c.Lift.Value < 0))
            return (ExperimentState.Worse, Arms[0].Variant);
        return (Arms.Sum(a => a.Counted) >= planned ? ExperimentState.PlanOver : ExperimentState.NotDecided, null);
    }

    private static VariantContrast? Contrast(ExperimentMeasure measure, string variant, ExperimentDay first, ExperimentDay second, long planned, double alpha)
    {
        if (Read(measure, first, second, planned, alpha) is not { } read)
            return null;
        var shares = measure == ExperimentMeasure.Revenue ? null : TwoProportions.Compare(Hits(measure, first), first.Visitors, Hits(measure, second), second.Visitors);
        return new(variant, shares, read.Lift, read.Always, measure == ExperimentMeasure.Revenue ? Adjust(first, second, planned, alpha, read.Lift) : null);
    }

    private static (Lift Lift, Sequential Always)? Read(ExperimentMeasure measure, ExperimentDay first, ExperimentDay second, long planned, double alpha)
    {
        if (EstimateOf(measure, first) is not { Mean: > 0 } a || EstimateOf(measure, second) is not { } b)
            return null;
        var lift = Lift.Relative(a, b);
        return lift.Error > 0 ? (lift, Sequential.Of(lift.Value, lift.Error, a.Count + b.Count, planned, alpha)) : null;
    }

    private static (Lift, Sequential, double)? Adjust(ExperimentDay first, ExperimentDay second, long planned, double alpha, Lift raw)
    {
        if (Cuped.Adjust(first.Revenue, second.Revenue) is not { First.Mean: > 0, Error: > 0 } adjusted)
            return null;
        var lift = Lift.Relative(adjusted.First, adjusted.Second);
        return (lift, Sequential.Of(lift.Value, lift.Error, first.Visitors + second.Visitors, planned, alpha), 1 - lift.Error / raw.Error);
    }

    private static Estimate? EstimateOf(ExperimentMeasure measure, ExperimentDay day) => day.Visitors < 2 ? null
        : measure == ExperimentMeasure.Revenue ? Estimate.OfValues(day.Visitors, day.Revenue.After, day.Revenue.AfterSquared) : Estimate.OfShare(Hits(measure, day), day.Visitors);

    private static long Hits(ExperimentMeasure measure, ExperimentDay day) => measure == ExperimentMeasure.Clicks ? day.Clickers : day.Buyers;

    private static Dictionary<string, double> Chances(ExperimentMeasure measure, List<(string Variant, double Weight)> compared, Dictionary<string, ExperimentDay> ripe)
    {
        if (compared.Count < 2 || compared.Any(c => ripe[c.Variant].Visitors == 0))
            return [];
        if (measure != ExperimentMeasure.Revenue)
            return compared.Zip(BestVariant.Chances([.. compared.Select(c => (Hits(measure, ripe[c.Variant]), ripe[c.Variant].Visitors))])).ToDictionary(p => p.First.Variant, p => p.Second);
        // Of two means the chance follows from their difference; of more it is not told.
        if (compared.Count != 2 || EstimateOf(measure, ripe[compared[0].Variant]) is not { } a || EstimateOf(measure, ripe[compared[1].Variant]) is not { } b)
            return [];
        var second = Lift.Absolute(a, b).ChanceToBeBetter;
        return new() { [compared[0].Variant] = 1 - second, [compared[1].Variant] = second };
    }

    private static List<ExperimentPoint> Curve(ExperimentMeasure measure, string first, string second, IReadOnlyList<ExperimentDay> days, long planned, double alpha)
    {
        var counted = days.Where(d => measure == ExperimentMeasure.Clicks || d.IsRipe).ToList();
        var points = new List<ExperimentPoint>();
        foreach (var day in counted.Select(d => d.Day).Distinct().Order())
        {
            ExperimentDay[] sofar = [.. counted.Where(d => d.Day <= day)];
            if (Read(measure, Total(sofar, first), Total(sofar, second), planned, alpha) is { } read)
                points.Add(new(day, read.Lift.Value, read.Always.Low, read.Always.High));
        }
        return points;
    }

    private static ExperimentDay Total(IReadOnlyList<ExperimentDay> days, string variant)
    {
        var total = new ExperimentDay(variant, default, true, 0, 0, 0, 0, default);
        foreach (var d in days.Where(d => d.Variant == variant))
            total = total with { Visitors = total.Visitors + d.Visitors, Clickers = total.Clickers + d.Clickers, Buyers = total.Buyers + d.Buyers, Strays = total.Strays + d.Strays, Revenue = total.Revenue + d.Revenue };
        return total;
    }
}
