using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Extensions.Options;
using PetShop.Web.Catalog;
using PetShop.Web.Database;
using PetShop.Web.Recommendations.Rails;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Targeting;
using PetShop.Web.Tracking;

namespace PetShop.Web.Recommendations;

/// <summary>Makes the rails of one page. Those a page declares beforehand share one statement for all their cards; an undeclared one reads its own.</summary>
public sealed class RailBatch(
    IHttpContextAccessor accessor, ModelHolder holder, Tastes tastes, ProductCards cards, ShownProducts shown, VisitorProfiles profiles, TimeProvider clock, IOptions<RecommendationOptions> options,
    IOptions<ShopOptions> shop)
{
    private readonly List<RailRequest> _declared = [];
    private readonly Dictionary<(string, int?, string?, Guid?), IReadOnlyList<Rail>> _made = [];

    /// <summary>Whose rails are made: whoever asks, unless a member of staff looks as somebody else, or a letter is written while nobody asks.</summary>
    public Visitor? As { get; set; }

    /// <summary>Names the rails that the page will show, the most important first: no product stands in two of them.</summary>
    public void Declare(params ReadOnlySpan<RailRequest> requests) => _declared.AddRange(requests);

    /// <summary>The rails of a request: none when there is too little to show, several for a household with several pets.</summary>
    public async ValueTask<IReadOnlyList<Rail>> GetAsync(RailRequest request, CancellationToken cancel)
    {
        if (_made.TryGetValue(request.Key, out var rails))
            return rails;
        if (!_declared.Exists(d => d.Key == request.Key))
            _declared.Add(request);
        await MakeAsync(cancel);
        return _made[request.Key];
    }

    private async Task MakeAsync(CancellationToken cancel)
    {
        var http = accessor.HttpContext;
        var visitor = As ?? http?.Visitor() ?? throw new InvalidOperationException("Rails are made for a request, or for the person that As names.");
        var now = clock.GetUtcNow();
        var taste = await tastes.GetAsync(visitor, cancel);
        var state = taste?.State ?? holder.Current;
        var context = new RailContext(state, taste, shown, now, DateOnly.FromDateTime(now.UtcDateTime))
        {
            Rules = await RulesAsync(state.Rules, visitor, http, now, cancel),
            ShopDay = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, shop.Value.Zone).DateTime),
        };
        var planner = new RailPlanner(context, RandomOf(visitor, now), options.Value.ExploreShare, options.Value.RailSize);
        List<(RailRequest Request, List<Draft> Drafts)> planned = [];
        foreach (var request in _declared)
            if (!_made.ContainsKey(request.Key))
                planned.Add((request, planner.Plan(request)));
        _declared.Clear();
        var byId = await ReadCardsAsync(planned.SelectMany(p => p.Drafts), context, http, cancel);
        foreach (var (request, drafts) in planned)
            _made[request.Key] = [.. drafts.Select(d => Fill(d, context, byId, now)).OfType<Rail>()];
    }

    // Memberships are asked for only where a rule holds for a segment; the page's banners have worked them out already.
    private async ValueTask<IReadOnlyList<ShelfRule>> RulesAsync(ShelfRules rules, Visitor visitor, HttpContext? http, DateTimeOffset now, CancellationToken cancel)
    {
        if (rules.All.Count == 0)
            return [];
        var memberships = !rules.AskForSegments ? FrozenSet<string>.Empty
            : (As is null && http is not null ? await profiles.GetAsync(http, cancel) : await profiles.GetAsync(visitor, cancel)).Memberships;
        return [.. rules.All.Where(r => r.IsOn(now, memberships))];
    }

    private async Task<Dictionary<int, ProductCard>> ReadCardsAsync(IEnumerable<Draft> drafts, RailContext context, HttpContext? http, CancellationToken cancel)
    {
        int[] ids = [.. drafts.SelectMany(d => d.Places).Select(p => context.Catalogue[p.Column].Id)];
        try
        {
            var read = await cards.ReadAsync(ids, http?.User, cancel);
            return read.ToDictionary(c => c.Id);
        }
        catch (Exception e) when (http is not null && DatabaseAway.Explains(e))
        {
            // A page goes without its rails; a letter waits for them.
            return [];
        }
    }

    // What sold out since the catalogue was read is passed over: its row, just read, says so.
    private Rail? Fill(Draft draft, RailContext context, Dictionary<int, ProductCard> byId, DateTimeOffset now)
    {
        List<ProductCard> filled = new(options.Value.RailSize);
        foreach (var place in draft.Places)
        {
            if (filled.Count == options.Value.RailSize)
                break;
            if (!byId.TryGetValue(context.Catalogue[place.Column].Id, out var card) || !card.InStock)
                continue;
            filled.Add(card with
            {
                Position = filled.Count + 1,
                Why = place.Reason,
                Explanation = ExplanationOf(draft, place, context.Taste),
                WhyUrl = $"/why/{card.Id}?by={ChooserOf(draft, place)}",
                MayRefuse = context.Taste is not null,
                Strategy = StrategyOf(draft, place),
            });
        }
        return filled.Count == 0 ? null
            : new(draft.Placement, draft.Title, draft.Why, draft.Strategy, draft.ModelVersion, Guid.CreateVersion7(now), filled);
    }

    private static string ExplanationOf(Draft draft, Place place, Taste? taste) =>
        place.Propensity is not null ? "A product we know little of yet: one place in eight is for those, so that they get a chance."
        : place.IsPinned ? "Promoted: the shop put it here. We do so only with what suits your pets."
        : (draft.ModelVersion is null ? null : taste?.Explain(place.Column)) ?? $"{draft.Why}.";

    // What chose a card when that is not what chose the rail alone; null when it is.
    private static string? StrategyOf(Draft draft, Place place) =>
        place.Propensity is { } propensity ? string.Create(CultureInfo.InvariantCulture, $"explore p={propensity:0.0000}")
        : place.Rule is not { } rule ? null : place.IsPinned ? $"pin-{rule.Id}" : $"{draft.Strategy} boost-{rule.Id}";

    private static string ChooserOf(Draft draft, Place place) =>
        place.Propensity is not null ? "explore" : place.Rule is { } rule ? $"{(place.IsPinned ? "pin" : "boost")}-{rule.Id}" : Uri.EscapeDataString(draft.Strategy);

    // The same draw all day for a person, so that a page does not shuffle when it is loaded again.
    private static Random RandomOf(Visitor visitor, DateTimeOffset now)
    {
        Span<byte> key = stackalloc byte[16];
        (visitor.HistoryKey ?? Guid.Empty).TryWriteBytes(key);
        return new(BitConverter.ToInt32(key[12..]) ^ (int)(now.Ticks / TimeSpan.TicksPerDay) * 7919);
    }
}
