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
public sealed class IndexModel(PetShopDb db, ModelStore models, ModelTrainer trainer, ModelHolder holder, RailFigures rails, TimeProvider clock) : PageModel
{
    private const int Shown = 30, FigureDays = 7;

    /// <summary>One version in the list.</summary>
    public sealed record Row(int Version, string Trainer, ModelStatus Status, DateTimeOffset TrainedAt, DateTimeOffset DataCutOff, string Trigger, string Decision,
        int Interactions, int Shoppers, int Products, TimeSpan TrainingTime, bool HasContent, QualityReport? Quality)
    {
        public QualityRow? Best => Quality?.Rows.FirstOrDefault(r => r.Name == Quality.Best);
    }

    /// <summary>The last training, wherever it ran.</summary>
    public sealed record Run(DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, bool Succeeded, string Detail);

    public IReadOnlyList<Row> Versions { get; private set; } = [];
    public IReadOnlyList<Run> Runs { get; private set; } = [];
    public IReadOnlyList<RailFigure> Rails { get; private set; } = [];
    public int? InMemory => holder.Current.Model?.Version;
    public string? Complaint => holder.Complaint;
    public string? Progress => trainer.Progress;
    public bool MayChange => User.IsInRole(ShopRoles.Administrator);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var rows = await db.RecommenderModels.AsNoTracking().OrderByDescending(m => m.Id).Take(Shown).Select(m => new
        {
            m.Id, m.Trainer, m.Status, m.TrainedAt, m.DataCutOff, m.Trigger, m.Decision, m.InteractionCount, m.ShopperCount, m.ProductCount, m.TrainingTime,
            m.Quality, HasContent = m.Content.Length > 0,
        }).ToListAsync(cancel);
        Versions = [.. rows.Select(m => new Row(m.Id, m.Trainer, m.Status, m.TrainedAt, m.DataCutOff, m.Trigger, m.Decision, m.InteractionCount, m.ShopperCount,
            m.ProductCount, m.TrainingTime, m.HasContent, QualityReport.FromJson(m.Quality)))];
        Runs = await db.JobRuns.Where(r => r.Name == JobLog.Training).OrderByDescending(r => r.StartedAt).Take(5)
            .Select(r => new Run(r.StartedAt, r.FinishedAt, r.Succeeded, r.Detail)).ToListAsync(cancel);
        var now = clock.GetUtcNow();
        Rails = await rails.ReadAsync(now.AddDays(-FigureDays), now, cancel);
    }

    public IActionResult OnPostTrain()
    {
        if (!MayChange)
            return Forbid();
        trainer.Request();
        TempData["Toast"] = "Training begins in a moment. The shop goes on with the model in service; this page shows the result when it is there.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostRollBackAsync(int version, CancellationToken cancel)
    {
        if (!MayChange)
            return Forbid();
        try
        {
            await models.RollBackAsync(version, User.Identity?.Name ?? "an administrator", cancel);
            TempData["Toast"] = $"Model {version} is in service.";
        }
        catch (InvalidDataException e)
        {
            TempData["Toast"] = $"Model {version} cannot serve: {e.Message}";
        }
        return RedirectToPage();
    }
}
