namespace PetShop.Web.Recommendations.Training;

/// <summary>How a training ended.</summary>
public enum TrainingResult { Promoted, Refused, Busy, TooLittleData }

/// <summary>How a training ended, in words and figures.</summary>
/// <param name="Version">Of the model published or refused; null when none was made.</param>
public sealed record TrainingOutcome(TrainingResult Result, int? Version, string Decision, QualityReport? Quality = null)
{
    public static TrainingOutcome Busy { get; } = new(TrainingResult.Busy, null, "Another process is training at this moment; try again when it is done.");
}
