using System.Globalization;
using PetShop.Web.Areas.Admin.Reports;
using PetShop.Web.Recommendations.Training;

namespace PetShop.Web.Areas.Admin.Pages.Models;

/// <summary>The figures of two versions side by side: with differences where both were measured on the same purchases, without where they were not.</summary>
public sealed class Comparison
{
    private const double Least = 5e-5;
    private static readonly string[] SlicesFirst = ["cold shoppers", "cold items", "exploring", "repeat"];

    public Comparison(ModelVersion before, ModelVersion after)
    {
        (Before, After) = (before, after);
        if (after.Quality is { OfIncumbent: { } served } report && report.IncumbentVersion == before.Version)
            (Left, Right, Difference, IsFair) = (served, report.OfCandidate, report.Difference, true);
        else if (before.Quality is { OfIncumbent: { } later } turned && turned.IncumbentVersion == after.Version)
            (Left, Right, Difference, IsFair) = (turned.OfCandidate, later, Turned(turned.Difference), true);
        else
            (Left, Right) = (before.Figures, after.Figures);
    }

    /// <summary>A line of the table.</summary>
    /// <param name="Change">Null where none may be told.</param>
    /// <param name="IsBetter">Null where neither direction is better in itself.</param>
    public sealed record Line(string Name, string Meaning, string Before, string After, string? Change, bool? IsBetter);

    /// <summary>One slice under both.</summary>
    /// <param name="Share">How long its bars are, from 0 to 1.</param>
    public sealed record Slice(string Name, int Cases, SliceRow? Before, SliceRow? After, double ShareBefore, double ShareAfter);

    public ModelVersion Before { get; }
    public ModelVersion After { get; }
    public QualityRow? Left { get; }
    public QualityRow? Right { get; }
    public DifferenceRow? Difference { get; }

    /// <summary>Measured on the same purchases, one when the other was judged.</summary>
    public bool IsFair { get; }

    public IReadOnlyList<Line> Lines =>
    [
        Of("NDCG@10", "how high up the next purchases stood among ten", r => r.Ndcg10, isEarly: true), Of("NDCG@20", "the same among twenty", r => r.Ndcg20),
        Of("Recall@10", "share of the next purchases among ten", r => r.Recall10), Of("Recall@20", "share of the next purchases among twenty", r => r.Recall20, isEarly: true),
        Of("Hit rate@10", "people who bought at least one of ten", r => r.HitRate10, isEarly: true), Of("Hit rate@20", "people who bought at least one of twenty", r => r.HitRate20),
        Of("MRR", "one divided by the place of the first hit, on average", r => r.Mrr), Of("Coverage", "share of all products that anybody is shown", r => r.Coverage, isEarly: true),
        Of("Gini", "0: all products alike, 1: always the same few", r => r.Gini, isEarly: true, isNeutral: true),
        Of("Mean popularity", "people who had touched what was shown", r => r.MeanPopularity, isNeutral: true, format: "0.0"),
        Of("Novelty", "surprise of what was shown, in bits", r => r.Novelty, isNeutral: true, format: "0.00"),
    ];

    /// <summary>Settings of the trainers; those that differ first.</summary>
    public IReadOnlyList<(string Name, string? Before, string? After)> Settings =>
        [.. Before.Parameters.Keys.Union(After.Parameters.Keys).Where(k => k != ColdProducts.Count).Select(k => (k, Before.Parameters.GetValueOrDefault(k), After.Parameters.GetValueOrDefault(k)))
            .OrderBy(s => s.Item2 == s.Item3).ThenBy(s => s.k, StringComparer.Ordinal)];

    /// <summary>The groups of people and purchases that are told apart, those of behaviour first, species by size.</summary>
    public IReadOnlyList<Slice> Slices()
    {
        var (left, right) = (Left?.Slices ?? new Dictionary<string, SliceRow>(), Right?.Slices ?? new Dictionary<string, SliceRow>());
        var most = Math.Max(1e-9, left.Values.Concat(right.Values).Select(s => s.Ndcg10).DefaultIfEmpty().Max());
        return [.. left.Keys.Union(right.Keys).Select(name =>
        {
            var (a, b) = (left.GetValueOrDefault(name), right.GetValueOrDefault(name));
            return new Slice(name, (b ?? a)!.Cases, a, b, (a?.Ndcg10 ?? 0) / most, (b?.Ndcg10 ?? 0) / most);
        }).OrderBy(s => Array.IndexOf(SlicesFirst, s.Name) is >= 0 and var at ? at : SlicesFirst.Length).ThenByDescending(s => s.Cases).ThenBy(s => s.Name, StringComparer.Ordinal)];
    }

    /// <summary>How evenly places are shared, and how popular what is shown is.</summary>
    public IReadOnlyList<Chart> Curves()
    {
        double[] tenths = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100];
        List<Chart> charts = [];
        if (Lines10(r => r.Lorenz) is { Length: > 0 } shared)
            charts.Add(new("Coverage: share of all places taken by the least shown products", new ChartAxis("Least shown", [0, .. tenths], "%"),
                [.. shared.Select(l => l with { Values = [0, .. l.Values] }), new("All alike", [0, .. tenths.Select(t => (double?)t)], "%", "dashes")]));
        if (Lines10(r => r.ByPopularity) is { Length: > 0 } popular)
            charts.Add(new("Popularity: share of all places for each tenth of the products, the most popular first", new ChartAxis("Most popular", tenths, "%"), popular));
        return charts;
    }

    // The newer one is drawn first and so has the stronger colour.
    private Chart.Series[] Lines10(Func<QualityRow, IReadOnlyList<double>> curve) =>
        [.. new[] { (After.Version, Row: Right, Kind: "line"), (Before.Version, Row: Left, Kind: "dashes") }.Where(v => v.Row is not null && curve(v.Row).Count == 10)
            .Select(v => new Chart.Series($"Model {v.Version}", [.. curve(v.Row!).Select(share => (double?)Math.Round(100 * share, 1))], "%", v.Kind))];

    // Reports of the first shape know six figures; the others read as 0 there and were not measured.
    private Line Of(string name, string meaning, Func<QualityRow, double> figure, bool isEarly = false, bool isNeutral = false, string format = "0.0000")
    {
        double? Known(QualityRow? row) => row is not null && (isEarly || row.Cases > 0) ? figure(row) : null;
        string Say(double? value) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
        var (a, b) = (Known(Left), Known(Right));
        var change = IsFair ? b - a : null;
        return new(name, meaning, Say(a), Say(b), change?.ToString($"+{format};−{format};0", CultureInfo.InvariantCulture), isNeutral || change is null || Math.Abs(change.Value) < Least ? null : change > 0);
    }

    private static DifferenceRow? Turned(DifferenceRow? d) => d is null ? null : new(-d.Mean, -d.Upper, -d.Lower, d.ReferenceMean + d.Mean);
}
