using System.Globalization;

namespace PetShop.Recommender.Evaluation;

/// <summary>Settings of <see cref="PromotionGate"/>.</summary>
public sealed record GateOptions
{
    /// <summary>The lower bound of the difference must lie above minus this share of the served model's NDCG.</summary>
    public double MaxRelativeLoss { get; init; } = 0.01;

    /// <summary>A served model older than this may be replaced by one that is not better.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Least coverage, as a share of the served model's.</summary>
    public double MinCoverage { get; init; } = 0.9;

    /// <summary>Largest loss any slice may take, as a share of the served model's NDCG there.</summary>
    public double MaxSliceLoss { get; init; } = 0.05;

    /// <summary>A slice with fewer cases is too noisy to decide by.</summary>
    public int MinSliceCases { get; init; } = 30;

    /// <summary>Slices that are shown but not judged, because no rail has its order from the model there: "buy it again" goes by what runs out first.</summary>
    public IReadOnlyCollection<string> Unjudged { get; init; } = [SliceNames.Repeat];

    /// <summary>Seed of the bootstrap.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>Whether a model goes into service, and why, in words for the models page.</summary>
/// <param name="Promoted">True when it may serve.</param>
/// <param name="Reasons">Sentences.</param>
/// <param name="Difference">How much better it is than the model in service; null when there was nothing to compare with.</param>
public sealed record GateDecision(bool Promoted, IReadOnlyList<string> Reasons, PairedDifference? Difference = null);

/// <summary>Decides whether a freshly trained model may replace the one in service; both must be measured on the same holdout.</summary>
public sealed class PromotionGate(GateOptions options)
{
    /// <param name="served">The model in service, measured again on this holdout; null when there is none.</param>
    /// <param name="servedAge">How long ago it was trained.</param>
    /// <param name="candidate">The new model.</param>
    /// <param name="safetyViolations">Products in the candidate's lists that a rule forbids for that shopper.</param>
    public GateDecision Decide(EvaluationResult? served, TimeSpan servedAge, EvaluationResult candidate, int safetyViolations)
    {
        var refusals = new List<string>();
        if (!candidate.Overall.IsFinite || !candidate.Spread.IsFinite || !candidate.NdcgByCase.All(double.IsFinite) || !candidate.Slices.Values.All(s => s.IsFinite))
            return new GateDecision(false, ["A quality figure is not a finite number; the model is broken."]);
        if (safetyViolations > 0)
            refusals.Add(Say($"{safetyViolations} products in its lists break a rule of safety for the household they were made for; none may."));
        if (candidate.Overall.Cases == 0)
            refusals.Add("There are no held-out purchases to test it with; more orders are needed.");
        if (refusals.Count == 0 && served is null)
            return new GateDecision(true, [Say($"No model is in service; this one has an NDCG@10 of {candidate.Overall.Ndcg10:0.0000} over {candidate.Overall.Cases:#,0} shoppers.")]);
        if (served is null || candidate.Overall.Cases == 0)
            return new GateDecision(false, refusals);
        var difference = PairedBootstrap.Compare(served.NdcgByCase, candidate.NdcgByCase, options.Seed);
        var quality = CompareQuality(served, servedAge, candidate, difference, refusals);
        CompareCoverage(served, candidate, refusals);
        CompareSlices(served, candidate, refusals);
        return refusals.Count > 0 ? new GateDecision(false, refusals, difference) : new GateDecision(true, [quality], difference);
    }

    private static string Days(TimeSpan age) => age.TotalDays < 1 ? "less than a day" : Say($"{age.TotalDays:0.0} days");

    private string CompareQuality(EvaluationResult served, TimeSpan servedAge, EvaluationResult candidate, PairedDifference difference, List<string> refusals)
    {
        var figures = Say($"NDCG@10 {candidate.Overall.Ndcg10:0.0000} against {served.Overall.Ndcg10:0.0000}, difference {difference.Mean:+0.0000;-0.0000;0} (95 % interval {difference.Lower:+0.0000;-0.0000;0} to {difference.Upper:+0.0000;-0.0000;0})");
        var floor = -options.MaxRelativeLoss * difference.ReferenceMean;
        if (difference.Lower <= floor)
            refusals.Add(Say($"It may be worse: {figures}; the lower end must lie above {floor:0.0000}."));
        else if (difference.Mean <= 0 && servedAge <= options.StaleAfter)
            refusals.Add(Say($"It is not better: {figures}; the model in service is only {Days(servedAge)} old."));
        return difference.Mean > 0 ? Say($"It is better: {figures}.") : Say($"It is as good and the model in service is {Days(servedAge)} old: {figures}.");
    }

    private void CompareCoverage(EvaluationResult served, EvaluationResult candidate, List<string> refusals)
    {
        if (candidate.Spread.Coverage < options.MinCoverage * served.Spread.Coverage)
            refusals.Add(Say($"It shows too little of the catalogue: {candidate.Spread.Coverage:P1} against {served.Spread.Coverage:P1}; at least {options.MinCoverage:P0} of that is needed."));
    }

    private void CompareSlices(EvaluationResult served, EvaluationResult candidate, List<string> refusals)
    {
        foreach (var (slice, before) in served.Slices.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            var after = candidate.Slices.GetValueOrDefault(slice)?.Ndcg10 ?? 0;
            if (!options.Unjudged.Contains(slice) && before.Cases >= options.MinSliceCases && after < (1 - options.MaxSliceLoss) * before.Ndcg10)
                refusals.Add(Say($"Shoppers of the slice \"{slice}\" lose: NDCG@10 {after:0.0000} against {before.Ndcg10:0.0000} over {before.Cases:#,0} shoppers; at most {options.MaxSliceLoss:P0} may be lost."));
        }
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
