using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Banners;
using PetShop.Targeting.Banners;
using PetShop.Targeting.Experiments;
using PetShop.Web.Areas.Admin.Reports;
using PetShop.Web.Targeting;

namespace PetShop.Web.Areas.Admin.Pages.Banners;

/// <summary>Starts a test of a banner's variants, tells how it stands, and keeps the winner.</summary>
public sealed class ExperimentModel(PetShopDb db, BannerExperiments experiments, ActiveRules rules, AuditLog audit, TimeProvider clock) : PageModel
{
    public sealed record Form
    {
        [Required(ErrorMessage = "Say what you expect, and why."), StringLength(400, ErrorMessage = "Keep it under 400 letters.")] public string Hypothesis { get; init; } = "";
        [EnumDataType(typeof(ExperimentMeasure), ErrorMessage = "Choose one of the list.")] public ExperimentMeasure Measure { get; init; } = ExperimentMeasure.Clicks;
        [Range(1, 200, ErrorMessage = "Between 1 and 200 per cent.")] public short LiftPercent { get; init; } = 20;
    }

    /// <param name="Lift">Per cent.</param>
    public sealed record Need(int Lift, long? Each, int? Weeks);

    public static IReadOnlyList<(ExperimentMeasure Key, string Label, string Unit)> Measures { get; } =
    [
        (ExperimentMeasure.Clicks, "Click rate: visitors who click it", "clicked"), (ExperimentMeasure.Orders, "Conversion: visitors who order within 7 days of first meeting it", "ordered"),
        (ExperimentMeasure.Revenue, "Revenue a visitor within 7 days of first meeting it", "a visitor"),
    ];

    [BindProperty] public Form Input { get; set; } = new();
    public Banner Banner { get; private set; } = null!;
    public IReadOnlyList<BannerExperiment> Runs { get; private set; } = [];
    public BannerExperiment? Shown { get; private set; }
    public ExperimentReading? Reading { get; private set; }
    public IReadOnlyList<BannerVariant> Variants { get; private set; } = [];
    public BannerTraffic? Traffic { get; private set; }
    public IReadOnlyList<Need> Needs { get; private set; } = [];
    public long Strays { get; private set; }
    public int DaysSince => (int)((Shown!.EndedAt ?? clock.GetUtcNow()) - Shown.StartedAt).TotalDays;

    /// <summary>The smallest share of visitors that a variant of the test gets.</summary>
    private double Smallest => Compared.Count > 1 ? Compared.Min(v => v.Weight) / (double)BannerVariants.Weights(BannerVariants.Of(Banner), Banner.HoldoutPercent).Sum(v => v.Weight) : 0;
    private int Sides => Compared.Count;

    // Nobody held out can click: for clicks they are no variant.
    private List<Variant> Compared => [.. BannerVariants.Weights(BannerVariants.Of(Banner), Banner.HoldoutPercent).Where(v => v.Weight > 0 && (Input.Measure != ExperimentMeasure.Clicks || v.Name != BannerCandidate.HeldOut))];

    /// <summary>Whether there is anything to compare.</summary>
    public bool CanStart => Compared.Count > 1;

    public async Task<IActionResult> OnGetAsync(int id, int? run, CancellationToken cancel)
    {
        if (!await LoadAsync(id, run, cancel))
            return NotFound();
        if (Shown is null)
            await ReckonAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, string? action, CancellationToken cancel)
    {
        if (!await LoadAsync(id, null, cancel))
            return NotFound();
        await ReckonAsync(cancel);
        if (action != "start")
        {
            ModelState.Clear();
            Shown = null;
            return Page();
        }
        if (!CanStart)
            ModelState.AddModelError("Input.Measure", "There is nothing to compare: add a look, or keep the banner from a share of visitors and compare orders or revenue.");
        if (Runs.Any(r => r.EndedAt is null))
            ModelState.AddModelError("Input.Hypothesis", "A test is under way: stop it first.");
        return ModelState.IsValid ? await StartAsync(cancel) : Page();
    }

    private async Task<IActionResult> StartAsync(CancellationToken cancel)
    {
        var banner = await db.Banners.SingleAsync(b => b.Id == Banner.Id, cancel);
        var (needed, who, now) = (BannerExperiments.Needed(Traffic!, Input.Measure, Input.LiftPercent, Sides), AuditLog.Who(HttpContext), clock.GetUtcNow());
        (banner.Run, banner.UpdatedAt, banner.UpdatedBy) = (banner.Run + 1, now, who);
        db.BannerExperiments.Add(new()
        {
            BannerId = banner.Id, Run = banner.Run, Hypothesis = Input.Hypothesis.Trim(), Measure = (short)Input.Measure, LiftPercent = Input.LiftPercent,
            // Without anything to reckon with, the interval is tuned to a size at which most tests of a small shop end.
            PlannedVisitors = (needed ?? 2500) * Sides, PlannedWeeks = needed is { } n ? Power.Weeks(n, Smallest, Traffic!.VisitorsAWeek) : null,
            Variants = BannerExperiments.Snapshot(banner), StartedAt = now, StartedBy = who,
        });
        await db.SaveChangesAsync(cancel);
        await rules.RefreshAsync(cancel);
        await audit.WriteAsync(HttpContext, "banner test started", $"banner {banner.Id}, run {banner.Run}: {Input.Hypothesis.Trim()}", cancel);
        TempData["Toast"] = "The test runs. Look whenever you like: what it says holds however often one looks.";
        return Redirect($"/admin/banners/{banner.Id}/test");
    }

    /// <param name="keep">Key of the variant to keep, "holdout" to switch the banner off; empty to stop without keeping any.</param>
    public async Task<IActionResult> OnPostEndAsync(int id, string? keep, CancellationToken cancel)
    {
        var banner = await db.Banners.SingleOrDefaultAsync(b => b.Id == id, cancel);
        if (banner is null)
            return NotFound();
        var who = AuditLog.Who(HttpContext);
        var variant = BannerVariants.Of(banner).FirstOrDefault(l => l.Key == keep);
        if (await experiments.EndAsync(db, id, who, string.IsNullOrEmpty(keep) ? "it was stopped" : "it was decided", variant?.Key ?? (keep == BannerCandidate.HeldOut ? keep : null), cancel) is not { } experiment)
            return Redirect($"/admin/banners/{id}/test");
        if (experiment.Kept is not null)
            Keep(banner, variant);
        (banner.UpdatedAt, banner.UpdatedBy) = (clock.GetUtcNow(), who);
        await db.SaveChangesAsync(cancel);
        await rules.RefreshAsync(cancel);
        await audit.WriteAsync(HttpContext, experiment.Kept is null ? "banner test stopped" : "banner test decided", $"banner {id}, run {experiment.Run}: {(experiment.Kept is { } kept ? $"kept {kept}" : "nothing kept")}", cancel);
        TempData["Toast"] = experiment.Kept is null ? "The test is stopped; its looks go on taking turns." : variant is null ? "The banner is off: the shop did better without it." : $"Look {variant.Key} is kept; everyone sees it from now on.";
        return Redirect($"/admin/banners/{id}/test?run={experiment.Run}");
    }

    private static void Keep(Banner banner, BannerVariant? variant)
    {
        banner.Run++;
        (banner.Variants, banner.HoldoutPercent) = ("[]", 0);
        if (variant is null)
            banner.IsActive = false;
        else
            (banner.Title, banner.Text, banner.Illustration, banner.Hue, banner.LinkLabel, banner.Weight) = (variant.Title, variant.Text, variant.Illustration, (short)variant.Hue, variant.LinkLabel, 50);
    }

    private async Task<bool> LoadAsync(int id, int? run, CancellationToken cancel)
    {
        if (await db.Banners.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, cancel) is not { } banner)
            return false;
        Banner = banner;
        Runs = await db.BannerExperiments.AsNoTracking().Where(t => t.BannerId == id).OrderByDescending(t => t.Run).ToListAsync(cancel);
        Shown = run is { } wanted ? Runs.FirstOrDefault(r => r.Run == wanted) : Runs.FirstOrDefault(r => r.EndedAt is null);
        if (Shown is null)
            return true;
        Variants = BannerVariants.Read(Shown.Variants);
        var days = await experiments.DaysAsync(Shown, cancel);
        Strays = days.Sum(d => d.Strays);
        var known = Variants.Select(l => l.Key).ToHashSet(StringComparer.Ordinal);
        Reading = new((ExperimentMeasure)Shown.Measure, [.. Variants.Select(l => (l.Key, (double)l.Weight))], Shown.PlannedVisitors, [.. days.Where(d => known.Contains(d.Variant))]);
        return true;
    }

    private async Task ReckonAsync(CancellationToken cancel)
    {
        Traffic = await experiments.TrafficAsync(Banner, cancel);
        Needs = [.. new[] { 5, 10, 20, 30, 50 }.Append(Input.LiftPercent).Where(l => l is >= 1 and <= 200).Distinct().Order().Select(lift =>
            BannerExperiments.Needed(Traffic, Input.Measure, lift, Sides) is { } each ? new Need(lift, each, Power.Weeks(each, Smallest, Traffic.VisitorsAWeek)) : new Need(lift, null, null))];
    }

    /// <summary>A variant in words.</summary>
    public string Name(string key) => key == BannerCandidate.HeldOut ? "Held out" : $"Look {key}";

    public static string Percent(double share) => (share * 100).ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture) + "\u00a0%";

    /// <summary>The bounds of a lift: nothing falls by more than everything, whatever the arithmetic says of few figures.</summary>
    public static string Between(Sequential bounds) => $"{Percent(Math.Max(-1, bounds.Low))} and {Percent(bounds.High)}";

    /// <summary>What may be said, and no more.</summary>
    public (string Words, string Tone) Verdict => Reading!.State switch
    {
        ExperimentState.SharesOff => ($"No verdict: the looks did not get their shares (chance {Reading.Ratio!.P.ToString("0.0e+0", CultureInfo.InvariantCulture)} if all were well). Something counts wrongly; do not decide by these figures.", "bad"),
        ExperimentState.Waiting => (Shown!.EndedAt is null ? "Nothing to compare yet." : "It ended before there was anything to compare.", ""),
        ExperimentState.Better => ($"Decided: {Name(Reading.Leader!)} does better than {Name(Variants[0].Key)}.", "good"),
        ExperimentState.Worse => ($"Decided: {Name(Variants[0].Key)} does better.", "good"),
        ExperimentState.PlanOver => ($"The plan is over and no difference showed. If there is one, it is likely smaller than {Shown!.LiftPercent} %: keep whichever you like.", ""),
        _ => (Shown!.EndedAt is null ? "Not decided yet." : "It ended before the figures decided.", ""),
    };

    /// <summary>The lift of a variant over the first, day by day, within the bounds that hold at every look.</summary>
    public Chart? Plot(string variant)
    {
        var points = Reading!.Curves[variant];
        return points.Count == 0 ? null : new($"{Name(variant)} against {Name(Variants[0].Key)}, by day of first meeting", [.. points.Select(p => p.Day)],
            new("Lift", [.. points.Select(p => (double?)Math.Round(p.Lift * 100, 2))], "%"), new("At least", [.. points.Select(p => Bound(p.Low))], "%", "dashes"), new("At most", [.. points.Select(p => Bound(p.High))], "%", "dashes"));

        // The first days' bounds are so wide that nothing else would be seen beside them.
        static double? Bound(double value) => Math.Abs(value) > 3 ? null : Math.Round(value * 100, 2);
    }
}
