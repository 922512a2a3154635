using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Pricing;
using PetShop.Targeting.Pricing;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting.Pricing;

/// <summary>What an offer makes of one SKU.</summary>
/// <param name="PriceMinor">Null where it changes nothing.</param>
/// <param name="IsHeldUp">Whether a floor, not the offer, sets the price.</param>
public sealed record PricedSku(int ProductId, string Product, string Label, long PublicMinor, long? CostMinor, long? PriceMinor, bool IsHeldUp)
{
    /// <summary>Share of the price that is left over the cost; null where the cost is not known.</summary>
    public double? Margin => CostMinor is { } cost && (PriceMinor ?? PublicMinor) is > 0 and var price ? (double)(price - cost) / price : null;
}

/// <summary>Another offer that the same people may get on the same products at the same time.</summary>
public sealed record OfferOverlap(int Id, string Name, int Products, IReadOnlyList<string> Segments, bool IsSameScope);

/// <summary>What an offer would do to the shop.</summary>
/// <param name="Lowered">SKUs whose price it lowers, the thinnest margin first; those without a known cost last.</param>
/// <param name="Unmoved">SKUs it covers without effect.</param>
/// <param name="BelowCost">SKUs that it would sell below cost, were it not for the floor.</param>
public sealed record OfferEffect(int Products, IReadOnlyList<PricedSku> Lowered, IReadOnlyList<PricedSku> Unmoved, int BelowCost, IReadOnlyList<OfferOverlap> Overlaps)
{
    public PricedSku? Thinnest => Lowered.FirstOrDefault(s => s.Margin is not null);
    public int WithoutCost => Lowered.Count(s => s.CostMinor is null);
}

/// <summary>Works out what an offer would do before it is saved.</summary>
public sealed class OfferEffects(PetShopDb db, TimeProvider clock)
{
    private sealed record Row(int ProductId, string Product, string Label, long PriceMinor, long? CostMinor, string Brand, ValueList<string> Path);

    public async Task<OfferEffect> OfAsync(PriceOffer draft, CancellationToken cancel)
    {
        var rows = (await db.Skus.AsNoTracking().Where(s => s.IsActive)
            .Join(db.Products.Where(p => p.IsActive), s => s.ProductId, p => p.Id, (s, p) => new { s.ProductId, p.Name, s.Label, s.PriceMinor, s.CostMinor, Brand = p.Brand!.Slug, p.Category!.Path, s.SortOrder, s.Id })
            .OrderBy(r => r.ProductId).ThenBy(r => r.SortOrder).ThenBy(r => r.Id).ToListAsync(cancel))
            .ConvertAll(r => new Row(r.ProductId, r.Name, r.Label, r.PriceMinor, r.CostMinor, r.Brand, new(r.Path)));
        var terms = new OfferTerms
        {
            Id = draft.Id, Reason = draft.Reason, Cut = new((PriceCutKind)draft.Kind, draft.Size), Scope = OfferBook.ScopeOf(draft), AnyOf = [], LeastMarginPercent = draft.LeastMarginPercent,
        };
        var covered = rows.FindAll(r => Covers(terms.Scope, r));
        var priced = covered.ConvertAll(r => Priced(terms, r));
        return new(covered.Select(r => r.ProductId).Distinct().Count(), [.. priced.Where(p => p.PriceMinor is not null).OrderBy(p => p.Margin ?? double.MaxValue)], [.. priced.Where(p => p.PriceMinor is null)],
            covered.Count(r => r.CostMinor is { } cost && terms.Cut.Of(r.PriceMinor) < cost), await OverlapsAsync(draft, covered, cancel));
    }

    private static PricedSku Priced(OfferTerms terms, Row r)
    {
        var price = PriceChoice.PriceOf(terms, r.PriceMinor, r.CostMinor);
        return new(r.ProductId, r.Product, r.Label, r.PriceMinor, r.CostMinor, price, price is { } p && p > terms.Cut.Of(r.PriceMinor));
    }

    private static bool Covers(OfferScope scope, Row r) => scope.Covers(r.ProductId, r.Brand, r.Path);

    private async Task<IReadOnlyList<OfferOverlap>> OverlapsAsync(PriceOffer draft, List<Row> covered, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var others = await db.PriceOffers.AsNoTracking().Where(o => o.Id != draft.Id && o.IsActive && (o.EndsAt == null || o.EndsAt > now)).OrderBy(o => o.Id).ToListAsync(cancel);
        var names = await db.Segments.AsNoTracking().Where(s => draft.SegmentIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, cancel);
        return [.. others.Where(o => o.SegmentIds.Intersect(draft.SegmentIds).Any() && !(o.EndsAt <= draft.StartsAt) && !(draft.EndsAt <= o.StartsAt))
            .Select(o => new OfferOverlap(o.Id, o.Name, covered.Where(r => Covers(OfferBook.ScopeOf(o), r)).Select(r => r.ProductId).Distinct().Count(),
                [.. o.SegmentIds.Intersect(draft.SegmentIds).Select(id => names.GetValueOrDefault(id, "a deleted segment"))], OfferBook.ScopeOf(o) == OfferBook.ScopeOf(draft)))
            .Where(o => o.Products > 0)];
    }
}
