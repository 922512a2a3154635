using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;
using PetShop.Web.Catalog;
using PetShop.Web.Targeting;

namespace PetShop.Web.Areas.Admin.Pages.Segments;

/// <summary>Why a shopper is in a segment, or why not: what each part needs and finds, the events that count, the nearest miss, and when time alone turns it. Every look is noted.</summary>
public sealed class WhyModel(PetShopDb db, ActiveRules rules, ProfilePreview preview, AuditLog audit, IOptions<ShopOptions> shop) : PageModel
{
    private const int Offered = 12;

    public sealed record Person(Guid Id, string Name, string Email);

    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    public Segment Segment { get; private set; } = null!;
    public IReadOnlyList<Person> Found { get; private set; } = [];
    /// <summary>Who is explained; null while nobody is chosen.</summary>
    public Person? Chosen { get; private set; }
    /// <summary>Null when the rule cannot be read, or nobody is chosen.</summary>
    public RuleExplanation? Why { get; private set; }
    public DateTimeOffset At { get; private set; }
    /// <summary>That nobody is or comes in as the segment stands, whatever its rule says; null while somebody may.</summary>
    public string? Standstill => !Segment.IsActive ? "The segment is off, so nobody is in it. Below stands what its rule says."
        : At >= Segment.EndsAt ? $"{SegmentWords.OutOfTime(Segment, shop.Value, At)} Below stands what its rule says." : null;

    public async Task<IActionResult> OnGetAsync(int id, Guid? shopper, CancellationToken cancel)
    {
        if (await db.Segments.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } segment)
            return NotFound();
        Segment = segment;
        if (Q is { Length: > 0 })
            Found = await FindAsync(Q, cancel);
        if ((shopper ?? (Found.Count == 1 ? Found[0].Id : null)) is { } chosen)
            await ExplainAsync(chosen, cancel);
        return Page();
    }

    private async Task<List<Person>> FindAsync(string words, CancellationToken cancel)
    {
        var shoppers = db.Shoppers.AsNoTracking();
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(4))
        {
            var pattern = $"%{word}%";
            shoppers = shoppers.Where(s => EF.Functions.ILike(s.FirstName, pattern) || EF.Functions.ILike(s.LastName, pattern) || EF.Functions.ILike(s.Email!, pattern));
        }
        return await shoppers.OrderBy(s => s.FirstName).ThenBy(s => s.LastName).ThenBy(s => s.Id).Take(Offered)
            .Select(s => new Person(s.Id, (s.FirstName + " " + s.LastName).Trim(), s.Email ?? "")).ToListAsync(cancel);
    }

    private async Task ExplainAsync(Guid shopper, CancellationToken cancel)
    {
        Chosen = await db.Shoppers.AsNoTracking().Where(s => s.Id == shopper).Select(s => new Person(s.Id, (s.FirstName + " " + s.LastName).Trim(), s.Email ?? "")).SingleOrDefaultAsync(cancel);
        if (Chosen is null)
            return;
        // The segment above was read a moment ago, perhaps before the word of an edit arrived here; the answer is to be of the same rule.
        await rules.RefreshAsync(cancel);
        if (await preview.OfShopperAsync(shopper, "desktop", cancel) is not { } profile)
            return;
        await audit.WriteAsync(HttpContext, "shopper explained", $"shopper {shopper}, segment {Segment.Slug}", cancel);
        At = profile.At.AsOf;
        if (profile.Rules.Segments.TryGet(Segment.Slug, out var compiled))
            Why = MembershipExplanation.Of(profile, compiled);
        ViewData[WhyWords.Products] = await WhyWords.ProductsAsync(db, Why is null ? [] : [Why], cancel);
    }
}
