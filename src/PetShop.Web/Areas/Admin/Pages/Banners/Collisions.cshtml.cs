using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Targeting.Banners;
using PetShop.Web.Targeting;

namespace PetShop.Web.Areas.Admin.Pages.Banners;

/// <summary>Which banners the same shoppers would meet, who wins, and which is never seen by anybody.</summary>
public sealed class CollisionsModel(PetShopDb db, BannerCollisions collisions, ActiveRules rules) : PageModel
{
    public IReadOnlyList<(Placement Placement, CollisionBoard Board)> Boards { get; private set; } = [];
    public long Shoppers { get; private set; }
    public IReadOnlyList<string> Live { get; private set; } = [];
    /// <summary>The pair whose examples are asked for.</summary>
    [BindProperty(SupportsGet = true)] public int? Winner { get; set; }
    [BindProperty(SupportsGet = true)] public int? Loser { get; set; }
    /// <summary>A few shoppers who would meet both of that pair.</summary>
    public IReadOnlyList<SegmentCounter.Member> Examples { get; private set; } = [];
    public IReadOnlyDictionary<int, string> Names { get; private set; } = new Dictionary<int, string>();

    private Dictionary<string, int> _segments = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Names = await db.Banners.AsNoTracking().ToDictionaryAsync(b => b.Id, b => b.Name, cancel);
        var active = (await rules.GetAsync(cancel)).Active;
        _segments = active.ToDictionary(s => s.Slug, s => s.Id, StringComparer.Ordinal);
        var read = await collisions.ReadAsync(cancel);
        (Boards, Shoppers, Live) = (read.Boards, read.Shoppers, [.. active.Where(s => read.Live.Contains(s.Slug)).Select(s => s.Name)]);
        if (Boards.SelectMany(b => b.Board.Collisions).FirstOrDefault(IsAsked) is { } pair)
            Examples = await collisions.SomeAsync(pair.Winner, pair.Loser, cancel);
    }

    public bool IsAsked(Collision c) => c.Winner.Id == Winner && c.Loser.Id == Loser;

    public string Name(BannerCandidate banner) => Names.GetValueOrDefault(banner.Id, $"Banner {banner.Id}");

    /// <summary>Opens the editor of the loser with a priority above the winner's, to look at and save.</summary>
    public static string PutFirst(Collision c) => $"/admin/banners/{c.Loser.Id}?priority={c.Winner.Priority + 1}";

    /// <summary>Opens the editor of the winner with the loser's segments spared; null where the loser has none to name.</summary>
    public string? Spare(Collision c)
    {
        var ids = c.Loser.AnyOf.Where(_segments.ContainsKey).Except(c.Winner.AnyOf).Select(s => $"exclude={_segments[s]}").ToList();
        return ids.Count == 0 ? null : $"/admin/banners/{c.Winner.Id}?{string.Join('&', ids)}#spared";
    }

    /// <summary>Opens the editor of a shadowed banner with a priority above all that outrank it.</summary>
    public static string Lift(Reach r) => $"/admin/banners/{r.Banner.Id}?priority={r.OutrankedBy.Max(b => b.Priority) + 1}";
}
