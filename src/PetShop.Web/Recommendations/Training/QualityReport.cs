using System.Text.Json;
using System.Text.Json.Serialization;
using PetShop.Recommender.Evaluation;

namespace PetShop.Web.Recommendations.Training;

/// <summary>Everything measured in a training, as kept with its model.</summary>
/// <param name="Best">Name of the contender that became the candidate.</param>
/// <param name="Incumbent">Name of the model in service when it was compared; null when there was none.</param>
/// <param name="HeldOutSince">Start of the first window.</param>
/// <param name="Cases">People tested in the first window.</param>
/// <param name="Rows">Every contender in the first window, by which the best was chosen.</param>
public sealed record QualityReport(string Best, string? Incumbent, DateTimeOffset HeldOutSince, int Cases, IReadOnlyList<QualityRow> Rows)
{
    /// <summary>Raised when the meaning of a field changes; reports without one are of shape 1 and know <see cref="Rows"/> with six figures only.</summary>
    public const int CurrentShape = 2;

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public int Shape { get; init; } = 1;

    /// <summary>Version of the model in service when it was compared; null when there was none or the report is older than this field.</summary>
    public int? IncumbentVersion { get; init; }

    /// <summary>The windows of time, oldest first.</summary>
    public IReadOnlyList<WindowRow> Windows { get; init; } = [];

    /// <summary>Candidate, model in service and popularity over the later windows, by which the gate decided. The candidate is first; the one in service is named <see cref="Incumbent"/>.</summary>
    public IReadOnlyList<QualityRow> Judged { get; init; } = [];

    /// <summary>NDCG@10 of the candidate minus that of the model in service; null when there was none.</summary>
    public DifferenceRow? Difference { get; init; }

    /// <summary>What the candidate's lists held that they must not; null when it was not looked at.</summary>
    public SafetyCount? Safety { get; init; }

    /// <summary>Contenders that were left out.</summary>
    public IReadOnlyList<FailureRow> Failures { get; init; } = [];

    public bool? Promoted { get; init; }

    /// <summary>The gate's reasons, a sentence each.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    public string ToJson() => JsonSerializer.Serialize(this, Web);

    /// <summary>Null when the model has no figures, or none that this program can read.</summary>
    public static QualityReport? FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<QualityReport>(json, Web) is { Rows: not null, Best: not null } report ? report : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Figures by which this model is known: of the windows it was judged in, else of the one it was chosen in.</summary>
    [JsonIgnore]
    public QualityRow? OfCandidate => Judged.Count > 0 ? Judged[0] : Rows.FirstOrDefault(r => r.Name == Best);

    /// <summary>Figures of the model in service over the same windows; null when there was none or it could not be measured.</summary>
    [JsonIgnore]
    public QualityRow? OfIncumbent => Incumbent is null ? null : Judged.Skip(1).FirstOrDefault(r => r.Name == Incumbent);
}

/// <summary>One contender's figures.</summary>
/// <param name="Seconds">Time its training took; 0 where that was not taken.</param>
public sealed record QualityRow(string Name, double Ndcg10, double Recall20, double Coverage, double HitRate10, double Gini, double Seconds)
{
    public int Cases { get; init; }
    public double Ndcg20 { get; init; }
    public double Recall10 { get; init; }
    public double HitRate20 { get; init; }
    public double Mrr { get; init; }
    /// <summary>Mean number of people who had touched what was shown.</summary>
    public double MeanPopularity { get; init; }
    /// <summary>Mean surprise of what was shown, in bits.</summary>
    public double Novelty { get; init; }
    /// <summary>By name: cold shoppers, cold items, repeat, exploring, and each species.</summary>
    public IReadOnlyDictionary<string, SliceRow> Slices { get; init; } = new Dictionary<string, SliceRow>();
    /// <summary>Share of all places that each tenth of the catalogue takes, the most popular tenth first.</summary>
    public IReadOnlyList<double> ByPopularity { get; init; } = [];
    /// <summary>Share of all places taken by the least shown 10 %, 20 %, ... 100 % of the catalogue.</summary>
    public IReadOnlyList<double> Lorenz { get; init; } = [];

    public static QualityRow Of(EvaluationResult result, double seconds) => new(result.Contender, result.Overall.Ndcg10, result.Overall.Recall20,
        result.Spread.Coverage, result.Overall.HitRate10, result.Spread.Gini, Math.Round(seconds, 2))
    {
        Cases = result.Overall.Cases, Ndcg20 = result.Overall.Ndcg20, Recall10 = result.Overall.Recall10, HitRate20 = result.Overall.HitRate20, Mrr = result.Overall.Mrr,
        MeanPopularity = result.Spread.MeanPopularity, Novelty = result.Spread.Novelty, ByPopularity = result.Spread.ByPopularity, Lorenz = result.Spread.Lorenz,
        Slices = result.Slices.ToDictionary(s => s.Key, s => SliceRow.Of(s.Value)),
    };
}

/// <summary>Figures of the cases of one slice.</summary>
public sealed record SliceRow(int Cases, double Ndcg10, double Ndcg20, double Recall10, double Recall20, double HitRate10, double HitRate20, double Mrr)
{
    public static SliceRow Of(Quality q) => new(q.Cases, q.Ndcg10, q.Ndcg20, q.Recall10, q.Recall20, q.HitRate10, q.HitRate20, q.Mrr);
}

/// <summary>One window of time.</summary>
/// <param name="Cases">People tested.</param>
/// <param name="ColdShoppers">People who bought but had no past; every contender shows them what is popular.</param>
/// <param name="Purpose">choice or gate.</param>
public sealed record WindowRow(DateTimeOffset From, DateTimeOffset Until, int Cases, int ColdShoppers, string Purpose);

/// <summary>A mean difference with its 95 % interval, and the mean it is a difference to.</summary>
public sealed record DifferenceRow(double Mean, double Lower, double Upper, double ReferenceMean);

/// <summary>A contender that was left out, and why.</summary>
public sealed record FailureRow(string Name, string Reason);

/// <summary>What a look at lists as served found.</summary>
/// <param name="Violations">Products in a list that its household must not be shown.</param>
/// <param name="Example">The first of them, in words; null when there is none.</param>
public sealed record SafetyCount(int Households, int Lists, int Products, int Violations, string? Example);
