using PetShop.Data.Models;
using PetShop.Recommender.Ranking;
using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Recommendations.Rails;

/// <summary>What the merchandisers' rules do to one rail: keep products away, lift or lower them, put some first. Only among what the visitor may be shown.</summary>
public sealed class Merchandising
{
    // A rail with more pinned cards than this is an advertisement.
    private const int MostPins = 3;
    private readonly RailContext _context;
    private readonly List<ShelfRule> _rules;
    private readonly Eligibility? _excluded;

    private Merchandising(RailContext context, List<ShelfRule> rules)
    {
        (_context, _rules) = (context, rules);
        foreach (var rule in rules.Where(r => r.Kind == MerchandisingKind.Exclude))
            _excluded = (_excluded ?? new Eligibility(context.Catalogue.Count)).Or(context.State.TargetOf(rule));
    }

    /// <summary>Null when no rule is about this rail.</summary>
    public static Merchandising? Of(RailContext context, RailRequest request)
    {
        List<ShelfRule>? rules = null;
        foreach (var rule in context.Rules)
            if ((rule.Placement is null || rule.Placement == request.Placement) && (rule.PageCategory is null || IsOnPageOf(context.Catalogue, rule.PageCategory, request)))
                (rules ??= []).Add(rule);
        return rules is null ? null : new(context, rules);
    }

    public bool Excludes(int column) => _excluded is not null && _excluded[column];

    /// <summary>Moves the scores of boosted products by a part of the span between the best and the last, and sorts again.</summary>
    public void Lift(Ranked[] candidates)
    {
        if (candidates.Length == 0 || !_rules.Exists(r => r.Kind == MerchandisingKind.Boost))
            return;
        var span = Math.Max(candidates.Max(c => c.Score) - candidates.Min(c => c.Score), 1e-6f);
        for (var i = 0; i < candidates.Length; i++)
            foreach (var rule in _rules)
                if (rule.Kind == MerchandisingKind.Boost && _context.State.TargetOf(rule)[candidates[i].Item])
                    candidates[i] = candidates[i] with { Score = candidates[i].Score + span * rule.Strength / 100 };
        Array.Sort(candidates, (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Item.CompareTo(b.Item));
    }

    /// <summary>The rule that lifts a product, if one does.</summary>
    public ShelfRule? LifterOf(int column) => _rules.Find(r => r is { Kind: MerchandisingKind.Boost, Strength: > 0 } && _context.State.TargetOf(r)[column]);

    /// <summary>Puts pinned products into their places, as far as they may be shown.</summary>
    /// <param name="mayShow">Eligible for this visitor in this rail, and not on the page yet.</param>
    public void Pin(Draft draft, Func<int, bool> mayShow)
    {
        var pinned = 0;
        foreach (var rule in _rules)
        {
            if (rule.Kind != MerchandisingKind.Pin)
                continue;
            var at = Math.Clamp(rule.Position, 1, Math.Max(1, draft.Places.Count)) - 1;
            foreach (var id in rule.ProductIds)
            {
                if (pinned == MostPins || _context.Catalogue.Items.ColumnOf(id) is not (>= 0 and var column) || !mayShow(column) || draft.Places.Exists(p => p.Column == column && p.IsPinned))
                    continue;
                draft.Places.RemoveAll(p => p.Column == column);
                while (at < draft.Places.Count && draft.Places[at].IsPinned)
                    at++;
                draft.Places.Insert(Math.Min(at, draft.Places.Count), new(column, "Promoted", Rule: rule));
                pinned++;
            }
        }
    }

    private static bool IsOnPageOf(Catalogue catalogue, string category, RailRequest request) =>
        request.Category is { } page ? catalogue.IsWithin(page, category)
        : request.ProductId is { } id && catalogue.Find(id) is { } product && product.CategoryPath.Contains(category);
}
