using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Operations;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Members;

namespace PetShop.Web.Areas.Admin.Pages.Segments;

/// <summary>Every segment with its size, its meaning and who uses it.</summary>
public sealed class IndexModel(PetShopDb db, ActiveRules rules) : PageModel
{
    /// <param name="Problem">Why the rule cannot be used; null when it can.</param>
    public sealed record Row(Segment Segment, string Sentence, string? Problem, bool IsLiveOnly, int Banners, IReadOnlyList<string> ReferredBy);

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public long Shoppers { get; private set; }
    /// <summary>The moment stored members are true for; null before the first look.</summary>
    public DateTimeOffset? AsOf { get; private set; }
    /// <summary>The last check of stored members against the rules.</summary>
    public JobRun? Check { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var book = await rules.GetAsync(cancel);
        AsOf = await db.MembershipStates.Select(s => (DateTimeOffset?)s.AsOf).FirstOrDefaultAsync(cancel);
        Check = await db.JobRuns.AsNoTracking().Where(r => r.Name == MembershipCheck.JobName).OrderByDescending(r => r.StartedAt).FirstOrDefaultAsync(cancel);
        Shoppers = await db.Shoppers.LongCountAsync(cancel);
        var segments = await db.Segments.AsNoTracking().OrderBy(s => s.Name).ToListAsync(cancel);
        var banners = await db.Banners.AsNoTracking().Select(b => new { b.SegmentIds, b.ExcludedSegmentIds }).ToListAsync(cancel);
        var references = segments.Select(s => (s.Slug, Names: RuleJson.TryParse(s.Rule, out var rule, out _) ? RuleBook.References(rule!) : [])).ToList();
        Rows = [.. segments.Select(s => new Row(
            s, book.Segments.TryGet(s.Slug, out var known) ? RuleSentence.Of(known.Rule) : "",
            book.Broken.FirstOrDefault(b => b.Id == s.Id)?.Problem, known?.Needs.IsLiveOnly == true,
            banners.Count(b => b.SegmentIds.Contains(s.Id) || b.ExcludedSegmentIds.Contains(s.Id)),
            [.. references.Where(r => r.Names.Contains(s.Slug)).Select(r => r.Slug)]))];
    }
}
