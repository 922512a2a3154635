using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Data.Segments;
using PetShop.Web.Targeting;

namespace PetShop.Web.Areas.Admin.Pages.Segments;

/// <summary>A segment as a file: its rule as JSON, or its members as CSV; the page itself only shows why there is none.</summary>
public sealed class ExportModel(PetShopDb db, ActiveRules rules, SegmentCounter counter, MemberFile members, AuditLog audit, IOptions<ShopOptions> shop, TimeProvider clock) : PageModel
{
    public Segment Segment { get; private set; } = null!;
    public string Refusal { get; private set; } = "";

    // A second route, export.json, leads here too.
    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        if (await db.Segments.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } segment)
            return NotFound();
        Segment = segment;
        return Request.Path.Value!.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? await MembersAsync(cancel) : await RuleAsync(cancel);
    }

    private async Task<IActionResult> RuleAsync(CancellationToken cancel)
    {
        await audit.WriteAsync(HttpContext, $"rule exported, version {Segment.Version}", $"segment {Segment.Slug}", cancel);
        return File(SegmentFile.Write(Segment, clock.GetUtcNow()), "application/json; charset=utf-8", $"{Segment.Slug}.segment.json");
    }

    private async Task<IActionResult> MembersAsync(CancellationToken cancel)
    {
        var book = await rules.RefreshAsync(cancel);
        if (!book.Segments.TryGet(Segment.Slug, out var compiled))
            return Refused(book.Broken.FirstOrDefault(b => b.Id == Segment.Id)?.Problem ?? "Its rule is not in use yet. Try again in a minute.");
        if (Segment.IsActive && SegmentWords.OutOfTime(Segment, shop.Value, clock.GetUtcNow()) is { } outside)
            return Refused(outside);
        var count = await counter.CountAsync(compiled, book.Segments, cancel);
        if (members.Refusal(compiled, count) is { } refusal)
            return Refused(refusal);
        await audit.WriteAsync(HttpContext, $"members exported, {count} shoppers", $"segment {Segment.Slug}", cancel);
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename=\"{Segment.Slug}.csv\"";
        await members.WriteAsync(compiled, book.Segments, Response.Body, cancel);
        return new EmptyResult();
    }

    private PageResult Refused(string why)
    {
        Refusal = why;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
