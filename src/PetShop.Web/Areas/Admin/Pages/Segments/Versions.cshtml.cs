using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;
using PetShop.Web.Catalog;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Insight;

namespace PetShop.Web.Areas.Admin.Pages.Segments;

/// <summary>The versions of a segment: its rule, whether it was on, and its schedule; what changed between any two, for today's shoppers, and the way back to an earlier one.</summary>
public sealed class VersionsModel(PetShopDb db, SegmentSaving saving, SegmentUsages usages, ActiveRules rules, RulePreviewer previewer, RuleComparison comparison, IOptions<ShopOptions> shop) : PageModel
{
    private const int Shown = 50;

    /// <param name="Rule">Null when it can no longer be read.</param>
    /// <param name="Changes">What was changed against the version before, in words.</param>
    public sealed record Line(SegmentVersion Stored, Rule? Rule, string Sentence, string State, string Changes)
    {
        public int Version => Stored.Version;
    }

    public Segment Segment { get; private set; } = null!;
    public IReadOnlyList<Line> Versions { get; private set; } = [];
    public Line? From { get; private set; }
    public Line? To { get; private set; }
    /// <summary>Null when the two rules are the same, or one cannot be asked.</summary>
    public RuleDifference? Difference { get; private set; }
    /// <summary>What names the segment, where one of the two versions would switch it off.</summary>
    public IReadOnlyList<SegmentUse> Uses { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int id, int? from, int? to, CancellationToken cancel)
    {
        if (await db.Segments.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } segment)
            return NotFound();
        Segment = segment;
        // One more than is shown, for what changed with the oldest of them.
        var stored = await db.SegmentVersions.AsNoTracking().Where(v => v.SegmentId == id).OrderByDescending(v => v.Version).Take(Shown + 1).ToListAsync(cancel);
        var words = (await rules.GetAsync(cancel)).Words;
        Versions = [.. stored.Take(Shown).Select((v, i) => Say(v, stored.ElementAtOrDefault(i + 1), words))];
        To = Versions.FirstOrDefault(v => v.Version == (to ?? segment.Version));
        From = Versions.FirstOrDefault(v => from is null ? v.Version < To?.Version : v.Version == from) ?? To;
        if (From?.Rule is { } before && To?.Rule is { } after && before != after)
            Difference = await CompareAsync(before, after, cancel);
        if (segment.IsActive && (From?.Stored.IsActive == false || To?.Stored.IsActive == false))
            Uses = await usages.OfAsync(id, cancel);
        return Page();
    }

    /// <summary>Brings an earlier rule back as a new version, on or off and with the schedule of then.</summary>
    /// <param name="seen">The version that stood when the page was made: nobody takes back what they have not seen.</param>
    public async Task<IActionResult> OnPostRollbackAsync(int id, int version, int seen, CancellationToken cancel)
    {
        if (await db.Segments.SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } segment || await db.SegmentVersions.FindAsync([id, version], cancel) is not { } earlier)
            return NotFound();
        if (await WhyNotAsync(segment, earlier, seen, cancel) is { } problem)
        {
            TempData["Toast"] = problem;
            return Redirect($"/admin/segments/{id}/versions?from={version}");
        }
        if (earlier.IsActive is { } wasOn)
            (segment.IsActive, segment.StartsAt, segment.EndsAt) = (wasOn, earlier.StartsAt, earlier.EndsAt);
        TempData["Toast"] = await saving.SaveAsync(segment, earlier.Rule, AuditLog.Who(HttpContext), cancel)
            ? $"Version {version} is back, as version {segment.Version}{(segment.IsActive ? "" : "; the segment is off, as it was then")}." : SavedMeanwhile;
        return Redirect($"/admin/segments/{id}");
    }

    private const string SavedMeanwhile = "Somebody else saved this segment meanwhile; look at what it is now and try again.";

    private async Task<string?> WhyNotAsync(Segment segment, SegmentVersion earlier, int seen, CancellationToken cancel)
    {
        if (segment.Version != seen)
            return SavedMeanwhile;
        if (!RuleJson.TryParse(earlier.Rule, out _, out var errors))
            return $"The rule of version {earlier.Version} can no longer be read: {errors[0].Cause}";
        var faults = (await previewer.StoredReferencesAsync(cancel)).Faults(earlier.Rule, segment.Slug);
        return faults.Count == 0 ? null : $"Version {earlier.Version} does not work any more. {faults[0].Cause} {faults[0].Mend}";
    }

    private Line Say(SegmentVersion v, SegmentVersion? before, FigureWords words)
    {
        var rule = RuleJson.TryParse(v.Rule, out var read, out _) ? read : null;
        return new(v, rule, rule is null ? "A rule that can no longer be read." : RuleSentence.Of(rule, words), State(v), Changes(before, v));
    }

    private string State(SegmentVersion v) => v.IsActive switch
    {
        null => "not stored",
        true when v.StartsAt is null && v.EndsAt is null => "on",
        var isOn => string.Join(" ", new[] { isOn.Value ? "on" : "off", v.StartsAt is { } from ? $"from {shop.Value.Say(from)}" : "", v.EndsAt is { } until ? $"until {shop.Value.Say(until)}" : "" }.Where(w => w.Length > 0)),
    };

    private static string Changes(SegmentVersion? before, SegmentVersion after)
    {
        if (before is null)
            return after.Version == 1 ? "made" : "";
        List<string> changes = [];
        if (before.Rule != after.Rule)
            changes.Add("rule");
        if (before.IsActive is { } was && after.IsActive is { } isOn && was != isOn)
            changes.Add(isOn ? "switched on" : "switched off");
        if (before.IsActive is not null && (before.StartsAt, before.EndsAt) != (after.StartsAt, after.EndsAt))
            changes.Add("schedule");
        return changes.Count > 0 ? string.Join(", ", changes) : before.IsActive is null ? "not the rule" : "name, note or owner";
    }

    private async Task<RuleDifference?> CompareAsync(Rule before, Rule after, CancellationToken cancel)
    {
        try
        {
            return await comparison.CompareAsync(before, after, cancel);
        }
        catch (SegmentReferenceException)
        {
            return null;
        }
    }
}
