using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Models;
using PetShop.Web.Catalog;
using PetShop.Web.Recommendations.Training;

namespace PetShop.Web.Areas.Admin.Pages.Models;

/// <summary>One version of the recommender as the pages about models show it.</summary>
/// <param name="HasContent">Whether it can be put into service: its file is kept.</param>
/// <param name="Quality">Null when nothing readable was kept.</param>
public sealed record ModelVersion(int Version, string Trainer, ModelStatus Status, DateTimeOffset TrainedAt, DateTimeOffset DataCutOff, string Trigger, string Decision,
    int Interactions, int Shoppers, int Products, TimeSpan TrainingTime, bool HasContent, QualityReport? Quality, IReadOnlyDictionary<string, string> Parameters)
{
    public QualityRow? Figures => Quality?.OfCandidate;

    /// <summary>Products that nobody had touched, which have their place by content; null when the model maps none or is older than that.</summary>
    public int? Mapped => Parameters.TryGetValue(ColdProducts.Count, out var count) && int.TryParse(count, CultureInfo.InvariantCulture, out var mapped) ? mapped : null;

    /// <summary>As a sentence begins with it.</summary>
    public string TrainerName => Trainer is "als" or "ease" ? Trainer.ToUpperInvariant() : Words.Say(Trainer);

    public string State => Status switch { ModelStatus.Serving => "In service", ModelStatus.Refused => "Refused", ModelStatus.Retired => "Retired", _ => "Candidate" };

    public string StateTag => Status switch { ModelStatus.Serving => "tag--good", ModelStatus.Refused => "tag--warn", ModelStatus.Retired => "tag--quiet", _ => "" };

    /// <summary>Why it was trained.</summary>
    public string Because => Trigger switch
    {
        "start" => "there was none", "schedule" => "it was time", "events" => "much had happened", "admin" => "asked for here", "command" => "by command", "import" => "made elsewhere", _ => Trigger,
    };

    /// <summary>The gate's reasons, a sentence each; the decision in one piece where they were not kept apart.</summary>
    public IReadOnlyList<string> Reasons => Quality is { Reasons.Count: > 0 } report ? report.Reasons : Decision.Length > 0 ? [Decision] : [];

    /// <summary>What was added to the decision later: put back into service, could not be loaded.</summary>
    public string? Later => Quality is { Reasons.Count: > 0 } report && Decision.StartsWith(string.Join(' ', report.Reasons), StringComparison.Ordinal)
        && Decision[string.Join(' ', report.Reasons).Length..].Trim() is { Length: > 0 } rest ? rest : null;

    /// <summary>The newest versions first.</summary>
    public static async Task<IReadOnlyList<ModelVersion>> ReadAsync(PetShopDb db, int most, CancellationToken cancel)
    {
        var rows = await db.RecommenderModels.AsNoTracking().OrderByDescending(m => m.Id).Take(most).Select(m => new
        {
            m.Id, m.Trainer, m.Status, m.TrainedAt, m.DataCutOff, m.Trigger, m.Decision, m.InteractionCount, m.ShopperCount, m.ProductCount, m.TrainingTime,
            m.Quality, m.Parameters, HasContent = m.Content.Length > 0,
        }).ToListAsync(cancel);
        return [.. rows.Select(m => new ModelVersion(m.Id, m.Trainer, m.Status, m.TrainedAt, m.DataCutOff, m.Trigger, m.Decision, m.InteractionCount, m.ShopperCount,
            m.ProductCount, m.TrainingTime, m.HasContent, QualityReport.FromJson(m.Quality), Named(m.Parameters)))];
    }

    // Written by this program as strings; whoever wrote others is still read.
    private static Dictionary<string, string> Named(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind != JsonValueKind.Object ? []
            : document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString()! : p.Value.GetRawText());
    }
}
