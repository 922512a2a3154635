using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Evaluation;

/// <summary>Anything that makes a list: a model's <see cref="IModel.Top"/>, or the whole pipeline as served.</summary>
public delegate int Contender(ReadOnlySpan<Interaction> history, Eligibility eligible, Span<Ranked> top);

/// <summary>Settings of an evaluation.</summary>
public sealed record EvaluationOptions
{
    /// <summary>True tests discovery: what a shopper has settled (see <see cref="HeldOut.Settled"/>) is neither shown nor counted. False lets repeat purchases count.</summary>
    public bool ExcludeSeen { get; init; } = true;

    /// <summary>Names of further slices that the purchase of a product (by its id) belongs to, such as its species.</summary>
    public Func<int, IEnumerable<string>>? SlicesOfProduct { get; init; }

    /// <summary>A shopper who had touched at most this many products is cold.</summary>
    public int ColdHistory { get; init; } = 2;

    /// <summary>A product that at most this many shoppers had touched is cold.</summary>
    public int ColdProduct { get; init; } = 4;

    /// <summary>At most this many cases are measured, spread evenly over all, so that the cost has a bound; 0 for all.</summary>
    public int MaxCases { get; init; }

    /// <summary>Cores used; 0 for all.</summary>
    public int Threads { get; init; }
}

/// <summary>Measures contenders on a holdout against the full catalogue.</summary>
public static class Evaluator
{
    /// <summary>Measures one contender.</summary>
    public static EvaluationResult Evaluate(string name, Contender contender, Holdout holdout, EvaluationOptions options, CancellationToken cancel = default)
    {
        var cases = Sample(holdout.Cases, options.MaxCases);
        var measured = new CaseFigures[cases.Count];
        var measure = new CaseMeasure(contender, holdout, options);
        var parallel = new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = options.Threads > 0 ? options.Threads : Environment.ProcessorCount };
        Parallel.For(0, cases.Count, parallel, i => measured[i] = measure.Of(cases[i]));
        CaseQuality[] counted = [.. measured.Where(m => m.Overall is not null).Select(m => m.Overall!.Value)];
        var slices = measured.SelectMany(m => m.Slices).GroupBy(s => s.Slice, s => s.Figures).ToDictionary(g => g.Key, g => Quality.MeanOf([.. g]));
        return new EvaluationResult(name, Quality.MeanOf(counted), slices, Spread.Of(measure.Shown, holdout.Training), Array.ConvertAll(counted, m => m.Ndcg10));
    }

    private static IReadOnlyList<HeldOut> Sample(IReadOnlyList<HeldOut> cases, int most) => most <= 0 || cases.Count <= most ? cases
        : [.. Enumerable.Range(0, most).Select(i => cases[(int)((long)i * cases.Count / most)])];
}

/// <summary>Figures of one case: null when it counts in slices only.</summary>
internal readonly record struct CaseFigures(CaseQuality? Overall, List<(string Slice, CaseQuality Figures)> Slices);
