using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Models;
using PetShop.Web.Accounts;
using PetShop.Web.Recommendations;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Recommendations.Training;

namespace PetShop.Web.Areas.Admin.Pages.Models;

/// <summary>The versions of the recommender: how good each is, what the gate said, train now, roll back.</summary>
[Authorize(Roles = $"{ShopRoles.Administrator},{ShopRoles.Merchandiser}")]
public sealed class IndexModel(PetShopDb db, ModelStore models, ModelTrainer trainer, ModelHolder holder, RailFigures rails, AuditLog audit, TimeProvider clock) : PageModel
{
    private const int Shown = 30, FigureDays = 7;
    // A run without an end that is older was cut off with its process.
    private static readonly TimeSpan LongestTraining = TimeSpan.FromMinutes(30);

    /// <summary>One training, wherever it ran.</summary>
    public sealed record Run(DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, bool Succeeded, string Detail);

    /// <summary>The training under way.</summary>
    /// <param name="Step">What it does at the moment, as it says itself.</param>
    /// <param name="StartedAt">Null while it waits to begin.</param>
    public sealed record UnderWay(string Step, DateTimeOffset? StartedAt);

    public IReadOnlyList<ModelVersion> Versions { get; private set; } = [];
    public IReadOnlyList<Run> Runs { get; private set; } = [];
    public IReadOnlyList<RailFigure> Rails { get; private set; } = [];
    /// <summary>Null when no replica trains.</summary>
    public UnderWay? Training { get; private set; }
    public DateTimeOffset Now => clock.GetUtcNow();
    public int? InMemory => holder.Current.Model?.Version;
    public ModelVersion? Serving => Versions.FirstOrDefault(v => v.Status == ModelStatus.Serving);
    public string? Complaint => holder.Complaint;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Versions = await ModelVersion.ReadAsync(db, Shown, cancel);
        await ReadRunsAsync(cancel);
        Rails = await rails.ReadAsync(Now.AddDays(-FigureDays), Now, cancel);
    }

    /// <summary>Where the training stands, asked for every other second; once it is done the whole page is loaded again.</summary>
    public async Task<IActionResult> OnGetProgressAsync(CancellationToken cancel)
    {
        await ReadRunsAsync(cancel);
        if (Training is null)
            Response.Headers["HX-Refresh"] = "true";
        return Partial("_Training", this);
    }

    public async Task<IActionResult> OnPostTrainAsync(CancellationToken cancel)
    {
        trainer.Request();
        await audit.WriteAsync(HttpContext, "model.train", "a training asked for", cancel);
        TempData["Toast"] = "Training begins in a moment. The shop goes on with the model in service; this page shows the result when it is there.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostRollBackAsync(int version, CancellationToken cancel)
    {
        try
        {
            await models.RollBackAsync(version, AuditLog.Who(HttpContext), cancel);
            TempData["Toast"] = $"Model {version} is in service.";
        }
        catch (InvalidDataException e)
        {
            TempData["Toast"] = $"Model {version} cannot serve: {e.Message}";
        }
        return RedirectToPage();
    }

    private async Task ReadRunsAsync(CancellationToken cancel)
    {
        Runs = await db.JobRuns.Where(r => r.Name == ModelTrainer.JobName).OrderByDescending(r => r.StartedAt).Take(5)
            .Select(r => new Run(r.StartedAt, r.FinishedAt, r.Succeeded, r.Detail)).ToListAsync(cancel);
        var open = Runs.Count > 0 && Runs[0].FinishedAt is null && Now - Runs[0].StartedAt < LongestTraining ? Runs[0] : null;
        if (open is not null || trainer.IsAsked || trainer.Progress is not null)
            Training = new(trainer.Progress ?? (open is null ? "Waiting to begin" : trainer.IsAsked ? "Beginning" : "Under way on another server"), open?.StartedAt);
    }
}
