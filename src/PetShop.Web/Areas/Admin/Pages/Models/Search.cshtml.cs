using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Data.Models;
using PetShop.Recommender.Training;
using PetShop.Web.Areas.Admin.Reports;
using PetShop.Web.Recommendations;

namespace PetShop.Web.Areas.Admin.Pages.Models;

/// <summary>The searches for better settings: when, what was tried, what it brought, and when the next one comes.</summary>
public sealed class SearchModel(PetShopDb db, IOptions<RecommendationOptions> options, TimeProvider clock) : PageModel
{
    private const int Shown = 30;
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>One search of one trainer.</summary>
    /// <param name="Trials">Empty when they cannot be read.</param>
    public sealed record Search(long Id, string Trainer, string Trigger, DateTimeOffset StartedAt, DateTimeOffset FinishedAt, double Score, double UsualScore, IReadOnlyList<TuningTrial> Trials)
    {
        public int StoppedEarly => Trials.Count(t => t.IsStoppedEarly);
        /// <summary>Settings that were varied, in the order they were written.</summary>
        public IReadOnlyList<string> Settings => [.. Trials.SelectMany(t => t.Parameters.Keys).Distinct(StringComparer.Ordinal)];
        public TuningTrial? Best => Trials.Where(t => t is { IsStoppedEarly: false, Failure: null }).MaxBy(t => t.Ndcg10);
        public string Because => Trigger switch { "command" => "by command", "schedule" => "it was time", "events" => "much had happened", _ => Trigger };
    }

    /// <summary>Id of the search looked at; unset: the best of the last round.</summary>
    [BindProperty(SupportsGet = true)] public long? Run { get; set; }
    public IReadOnlyList<Search> Searches { get; private set; } = [];
    public Search? Chosen { get; private set; }
    public Chart? Plot { get; private set; }
    public DateTimeOffset? Last { get; private set; }
    public bool TrainsByItself => options.Value.TrainInBackground;
    public TimeSpan Every => options.Value.TuneEvery;
    /// <summary>From when on a training of the background looks for settings first; null: with the next one.</summary>
    public DateTimeOffset? Next => Last is { } last && last + Every > clock.GetUtcNow() ? last + Every : null;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var runs = await db.TuningRuns.AsNoTracking().OrderByDescending(r => r.FinishedAt).ThenByDescending(r => r.Id).Take(Shown).ToListAsync(cancel);
        var now = clock.GetUtcNow();
        // As the trainer reckons: an end in the future is that of a clock that was put back.
        Last = runs.Where(r => r.FinishedAt <= now).Select(r => (DateTimeOffset?)r.FinishedAt).FirstOrDefault();
        Searches = [.. runs.Select(r => new Search(r.Id, r.Trainer, r.Trigger, r.StartedAt, r.FinishedAt, r.Score, r.UsualScore, TrialsOf(r)))];
        Chosen = Searches.FirstOrDefault(s => s.Id == Run) ?? Searches.Where(s => Searches[0].FinishedAt - s.FinishedAt < 2 * options.Value.TuneFor).MaxBy(s => s.Score);
        Plot = Chosen is { Trials.Count: > 0 } chosen ? Draw(chosen) : null;
    }

    /// <summary>A setting in as many digits as matter.</summary>
    public static string Say(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static Chart Draw(Search search)
    {
        var trials = search.Trials;
        List<double?> best = [];
        foreach (var trial in trials)
            best.Add(IsFull(trial) ? Math.Max(best.LastOrDefault() ?? 0, trial.Ndcg10) : best.LastOrDefault());
        return new($"{search.Trainer}: NDCG@10 of each trial", new ChartAxis("Trial", [.. trials.Select(t => (double)t.Number)]),
            new("Best so far", best), new("Stopped early", Where(t => t.IsStoppedEarly), Kind: "points"), new("Trained in full", Where(IsFull), Kind: "points"))
        { FromZero = false };

        List<double?> Where(Func<TuningTrial, bool> counts) => [.. trials.Select(t => counts(t) && t.Failure is null ? (double?)Math.Round(t.Ndcg10, 5) : null)];
        static bool IsFull(TuningTrial trial) => trial is { IsStoppedEarly: false, Failure: null };
    }

    private static List<TuningTrial> TrialsOf(TuningRun run)
    {
        try
        {
            return JsonSerializer.Deserialize<List<TuningTrial>>(run.Trials, Web)?.Where(t => t?.Parameters is not null).ToList() ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
