using System.Text.Json;
using PetShop.Recommender.Evaluation;

namespace PetShop.Web.Recommendations.Training;

/// <summary>How a training ended.</summary>
public enum TrainingResult { Promoted, Refused, Busy, TooLittleData }

/// <summary>How a training ended, in words and figures.</summary>
/// <param name="Version">Of the model published or refused; null when none was made.</param>
public sealed record TrainingOutcome(TrainingResult Result, int? Version, string Decision, QualityReport? Quality = null)
{
    public static TrainingOutcome Busy { get; } = new(TrainingResult.Busy, null, "Another process is training at this moment; try again when it is done.");
}

/// <summary>The figures of every contender on one holdout, as kept with a model.</summary>
/// <param name="Best">Name of the contender that became the candidate.</param>
/// <param name="Incumbent">Name of the row that stands for the model in service; null when there is none.</param>
public sealed record QualityReport(string Best, string? Incumbent, DateTimeOffset HeldOutSince, int Cases, IReadOnlyList<QualityRow> Rows)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public string ToJson() => JsonSerializer.Serialize(this, Web);

    /// <summary>Null when the model has no figures.</summary>
    public static QualityReport? FromJson(string json) => JsonSerializer.Deserialize<QualityReport>(json, Web) is { Rows: not null } report ? report : null;
}

/// <summary>One contender's figures.</summary>
public sealed record QualityRow(string Name, double Ndcg10, double Recall20, double Coverage, double HitRate10, double Gini, double Seconds)
{
    public static QualityRow Of(EvaluationResult result, double seconds) => new(result.Contender, result.Overall.Ndcg10, result.Overall.Recall20,
        result.Spread.Coverage, result.Overall.HitRate10, result.Spread.Gini, Math.Round(seconds, 2));
}
