using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Insight;

namespace PetShop.Web.Areas.Admin.Pages.Segments;

/// <summary>The versions of a segment's rule: what changed between any two, for today's shoppers, and the way back to an earlier one.</summary>
public sealed class VersionsModel(PetShopDb db, SegmentSaving saving, RuleComparison comparison) : PageModel
{
    private const int Shown = 50;

    /// <param name="Rule">Null when it can no longer be read.</param>
    public sealed record Line(int Version, DateTimeOffset SavedAt, string SavedBy, Rule? Rule)
    {
        public string Sentence => Rule is null ? "A rule that can no longer be read." : RuleSentence.Of(Rule);
    }

    public Segment Segment { get; private set; } = null!;
    public IReadOnlyList<Line> Versions { get; private set; } = [];
    public int From { get; private set; }
    public int To { get; private set; }
    /// <summary>Null when the two rules are the same, or one cannot be asked.</summary>
    public RuleDifference? Difference { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, int? from, int? to, CancellationToken cancel)
    {
        if (await db.Segments.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } segment)
            return NotFound();
        Segment = segment;
        var versions = await db.SegmentVersions.AsNoTracking().Where(v => v.SegmentId == id).OrderByDescending(v => v.Version).Take(Shown).ToListAsync(cancel);
        Versions = [.. versions.Select(v => new Line(v.Version, v.SavedAt, v.SavedBy, RuleJson.TryParse(v.Rule, out var rule, out _) ? rule : null))];
        To = to ?? segment.Version;
        From = from ?? Versions.Select(v => v.Version).FirstOrDefault(v => v < To, To);
        if (Find(From) is { } before && Find(To) is { } after && before != after)
            Difference = await CompareAsync(before, after, cancel);
        return Page();
    }

    /// <summary>Brings an earlier rule back as a new version.</summary>
    public async Task<IActionResult> OnPostRollbackAsync(int id, int version, CancellationToken cancel)
    {
        if (await db.Segments.SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } segment || await db.SegmentVersions.FindAsync([id, version], cancel) is not { } earlier)
            return NotFound();
        TempData["Toast"] = await saving.SaveAsync(segment, earlier.Rule, AuditLog.Who(HttpContext), cancel)
            ? $"Version {version} is back, as version {segment.Version}." : "Somebody else saved this segment at the same moment; look at what it is now and try again.";
        return Redirect($"/admin/segments/{id}");
    }

    private Rule? Find(int version) => Versions.FirstOrDefault(v => v.Version == version)?.Rule;

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
