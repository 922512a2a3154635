using System.Diagnostics.Metrics;

namespace PetShop.Web.Recommendations.Training;

/// <summary>How often training ended how, and how long it took.</summary>
public sealed class TrainingMetrics(IMeterFactory meters)
{
    private readonly Histogram<double> _seconds = meters.Create("PetShop").CreateHistogram<double>("petshop.training.duration", "s", "Time from the first row read to the end of a training");

    public void Record(TimeSpan took, string result) => _seconds.Record(took.TotalSeconds, new KeyValuePair<string, object?>("result", result));
}
