using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Campaigns;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting.Insight;

/// <summary>One thing that names a segment.</summary>
/// <param name="What">banner, offer, campaign, merchandising rule or segment.</param>
/// <param name="How">What the segment does there, to be read after the name.</param>
public sealed record SegmentUse(string What, int Id, string Name, string How, bool IsOn)
{
    public string Link => What switch { "banner" => $"/admin/banners/{Id}", "offer" => $"/admin/offers/{Id}", "campaign" => $"/admin/campaigns/{Id}", "segment" => $"/admin/segments/{Id}", _ => $"/admin/merchandising/{Id}" };

    public override string ToString() => $"the {What} “{Name}”";
}

/// <summary>Finds what names segments: banners, offers, campaigns, merchandising rules and other segments.</summary>
public sealed class SegmentUsages(PetShopDb db)
{
    public async Task<IReadOnlyList<SegmentUse>> OfAsync(int segment, CancellationToken cancel) => [.. (await AllAsync(cancel))[segment]];

    /// <summary>By the id of the segment.</summary>
    public async Task<ILookup<int, SegmentUse>> AllAsync(CancellationToken cancel)
    {
        var banners = await db.Banners.AsNoTracking().Select(b => new { b.Id, b.Name, b.IsActive, b.SegmentIds, b.ExcludedSegmentIds }).OrderBy(b => b.Name).ToListAsync(cancel);
        var offers = await db.PriceOffers.AsNoTracking().Select(o => new { o.Id, o.Name, o.IsActive, o.SegmentIds }).OrderBy(o => o.Name).ToListAsync(cancel);
        // A letter that was sent needs its segments no more.
        var campaigns = await db.Campaigns.AsNoTracking().Where(c => c.State != CampaignState.Finished && !(c.State == CampaignState.Stopped && c.Kind == CampaignKind.Once))
            .Select(c => new { c.Id, c.Name, IsOn = c.State == CampaignState.Sending || c.State == CampaignState.Scheduled, c.SegmentIds, c.ExcludedSegmentIds }).OrderBy(c => c.Name).ToListAsync(cancel);
        var rules = await db.MerchandisingRules.AsNoTracking().Where(r => r.SegmentId != null).Select(r => new { r.Id, r.Name, r.IsActive, r.SegmentId }).OrderBy(r => r.Name).ToListAsync(cancel);
        var segments = await db.Segments.AsNoTracking().Select(s => new { s.Id, s.Slug, s.Name, s.Rule, s.IsActive }).OrderBy(s => s.Name).ToListAsync(cancel);
        var ids = segments.ToDictionary(s => s.Slug, s => s.Id, StringComparer.Ordinal);
        IEnumerable<(int Segment, SegmentUse Use)> uses =
        [
            .. banners.SelectMany(b => b.SegmentIds.Select(s => (s, new SegmentUse("banner", b.Id, b.Name, "is shown to its members", b.IsActive)))),
            .. banners.SelectMany(b => b.ExcludedSegmentIds.Select(s => (s, new SegmentUse("banner", b.Id, b.Name, "is kept from its members", b.IsActive)))),
            .. offers.SelectMany(o => o.SegmentIds.Select(s => (s, new SegmentUse("offer", o.Id, o.Name, "lowers prices for its members", o.IsActive)))),
            .. campaigns.SelectMany(c => c.SegmentIds.Select(s => (s, new SegmentUse("campaign", c.Id, c.Name, "is sent to its members", c.IsOn)))),
            .. campaigns.SelectMany(c => c.ExcludedSegmentIds.Select(s => (s, new SegmentUse("campaign", c.Id, c.Name, "is kept from its members", c.IsOn)))),
            .. rules.Select(r => (r.SegmentId!.Value, new SegmentUse("merchandising rule", r.Id, r.Name, "holds for its members", r.IsActive))),
            .. segments.SelectMany(s => (RuleJson.TryParse(s.Rule, out var rule, out _) ? RuleReferences.Own(rule!).Segments : []).Where(ids.ContainsKey)
                .Select(slug => (ids[slug], new SegmentUse("segment", s.Id, s.Name, "refers to it", s.IsActive)))),
        ];
        return uses.ToLookup(u => u.Segment, u => u.Use);
    }
}
