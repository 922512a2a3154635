using Npgsql;
using PetShop.Web.Recommendations.Rails;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Targeting;
using PetShop.Web.Tracking;

namespace PetShop.Web.Recommendations;

/// <summary>One product that a draft rule moves, and in how many lists it comes in, drops out, rises or falls.</summary>
public sealed record ReplayedProduct(string Name, int Enters, int Leaves, int Rises, int Falls)
{
    /// <summary>Lists in which it has a better place than before, less those in which it has a worse one.</summary>
    public int Gain => Enters + Rises - Leaves - Falls;
}

/// <summary>One list as it is and as it would be; the names of products the rule moved in are marked.</summary>
public sealed record ReplayedList(string Placement, IReadOnlyList<string> Before, IReadOnlyList<(string Name, bool IsNew)> After);

/// <summary>What yesterday's requests would have been answered with under a draft rule.</summary>
/// <param name="Lists">Lists made again.</param>
/// <param name="Changed">Of them, those that the rule changes.</param>
/// <param name="Gain">Products that have better places, the most lists first.</param>
/// <param name="Lose">Products that have worse places.</param>
public sealed record ReplayOutcome(int Lists, int Changed, IReadOnlyList<ReplayedProduct> Gain, IReadOnlyList<ReplayedProduct> Lose, IReadOnlyList<ReplayedList> Samples);

/// <summary>Makes a sample of the lists of the last day again, with and without a draft rule. Nobody is named, nothing is recorded.</summary>
/// <remarks>
/// Each list is made alone, as people stand today. A list about one product, category or department is made for the page of it that the visitor opened last before it was seen;
/// lists beside a cart or an order are left out, since those are not recorded with them.
/// </remarks>
public sealed class RuleReplay(NpgsqlDataSource source, ModelHolder holder, Tastes tastes, VisitorProfiles profiles, TimeProvider clock)
{
    private const int MostRequests = 200, MostSamples = 3, Size = 8, MostProducts = 8;

    private const string Sql =
        """
        SELECT visitor_id, shopper_id, placement, product_id, category FROM (
            SELECT DISTINCT e.visitor_id, e.shopper_id, e.placement, page.product_id, page.category FROM events e
            LEFT JOIN LATERAL (
                SELECT v.product_id, c.slug AS category FROM events v LEFT JOIN categories c ON c.id = v.category_id AND v.type = 2
                WHERE v.visitor_id = e.visitor_id AND v.occurred_at > $1::timestamptz - interval '1 hour' AND v.occurred_at > e.occurred_at - interval '1 hour' AND v.occurred_at <= e.occurred_at
                  AND v.type = CASE WHEN e.placement = ANY($4) THEN 1 ELSE 2 END
                ORDER BY v.occurred_at DESC LIMIT 1) page ON e.placement = ANY($4) OR e.placement = ANY($5)
            LEFT JOIN shoppers s ON s.id = e.shopper_id
            LEFT JOIN LATERAL (SELECT r.personalisation FROM consent_receipts r WHERE r.visitor_id = e.visitor_id ORDER BY r.given_at DESC LIMIT 1) a ON e.shopper_id IS NULL
            WHERE e.type = 8 AND e.occurred_at > $1 AND (e.placement = ANY($2) OR e.placement = ANY($4) AND page.product_id IS NOT NULL OR e.placement = ANY($5) AND page.category IS NOT NULL)
              AND CASE WHEN e.shopper_id IS NULL THEN coalesce(a.personalisation, false) ELSE coalesce(s.consent_personalisation AND coalesce(extract(year FROM $1::timestamptz) - s.birth_year > 18, true), false) END
        ) lists ORDER BY md5(visitor_id::text || placement || coalesce(product_id::text, category, '')) LIMIT $3
        """;

    private static readonly string[] Replayable =
        [Placements.HomeForYou, Placements.HomePet, Placements.HomeBecauseViewed, Placements.HomeTrending, Placements.HomeBuyAgain, Placements.HomeRecent, Placements.AccountForYou, Placements.AccountBuyAgain, Placements.SearchEmpty];

    private static readonly string[] AboutProduct = [Placements.ProductSimilar, Placements.ProductTogether, Placements.ProductBecause];

    private static readonly string[] AboutCategory = [Placements.DepartmentTrending, Placements.CategoryForYou];

    /// <param name="draft">As it would be saved.</param>
    /// <param name="replaces">The id of the saved rule it takes the place of.</param>
    public async Task<ReplayOutcome> RunAsync(ShelfRule draft, int? replaces, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var without = holder.Current.Rules.All.Where(r => r.Id != replaces).ToArray();
        ShelfRule[] with = [.. without.Append(draft).OrderByDescending(r => r.Priority)];
        List<(string Placement, Draft? Before, Draft? After, ServingState State)> lists = [];
        foreach (var (visitor, request) in await RequestsAsync(now, cancel))
        {
            if (await tastes.GetAsync(visitor, cancel) is not { } taste)
                continue;
            var memberships = (await profiles.GetAsync(visitor, cancel)).Memberships;
            List<Draft> Plan(IEnumerable<ShelfRule> rules) => new RailPlanner(
                new RailContext(taste.State, taste, new ShownProducts(), now, DateOnly.FromDateTime(now.UtcDateTime)) { Rules = [.. rules.Where(r => r.IsOn(now, memberships))] },
                new Random(1), exploreShare: 0, Size).Plan(request);
            var (before, after) = (Plan(without), Plan(with));
            for (var i = 0; i < Math.Max(before.Count, after.Count); i++)
                lists.Add((request.Placement, before.ElementAtOrDefault(i), after.ElementAtOrDefault(i), taste.State));
        }
        return Compare(lists);
    }

    private static ReplayOutcome Compare(List<(string Placement, Draft? Before, Draft? After, ServingState State)> lists)
    {
        Dictionary<string, ReplayedProduct> moved = [];
        List<ReplayedList> samples = [];
        var changed = 0;
        foreach (var (placement, before, after, state) in lists)
        {
            var (old, now) = (Names(before, state), Names(after, state));
            if (old.SequenceEqual(now))
                continue;
            changed++;
            foreach (var name in old.Union(now))
                moved[name] = Count(moved.GetValueOrDefault(name) ?? new(name, 0, 0, 0, 0), Array.IndexOf(old, name), Array.IndexOf(now, name));
            if (samples.Count < MostSamples)
                samples.Add(new(placement, old, [.. now.Select(n => (n, !old.Contains(n)))]));
        }
        return new(lists.Count, changed, Most(moved.Values.Where(m => m.Gain > 0)), Most(moved.Values.Where(m => m.Gain < 0)), samples);
    }

    // -1 stands for "not in the list".
    private static ReplayedProduct Count(ReplayedProduct product, int before, int after) =>
        before < 0 ? product with { Enters = product.Enters + 1 }
        : after < 0 ? product with { Leaves = product.Leaves + 1 }
        : after < before ? product with { Rises = product.Rises + 1 }
        : after > before ? product with { Falls = product.Falls + 1 } : product;

    private static string[] Names(Draft? draft, ServingState state) => draft is null ? [] : [.. draft.Places.Take(Size).Select(p => state.Catalogue[p.Column].Name)];

    private static ReplayedProduct[] Most(IEnumerable<ReplayedProduct> moved) =>
        [.. moved.OrderByDescending(m => Math.Abs(m.Gain)).ThenBy(m => m.Name, StringComparer.Ordinal).Take(MostProducts)];

    private async Task<List<(Visitor Visitor, RailRequest Request)>> RequestsAsync(DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Sql);
        foreach (var value in (ReadOnlySpan<object>)[now.AddDays(-1).UtcDateTime, Replayable, MostRequests, AboutProduct, AboutCategory])
            command.Parameters.Add(new() { Value = value });
        await using var row = await command.ExecuteReaderAsync(cancel);
        List<(Visitor, RailRequest)> requests = [];
        while (await row.ReadAsync(cancel))
            requests.Add((new() { Id = row.GetGuid(0), ShopperId = row.IsDBNull(1) ? null : row.GetGuid(1), Consent = Consent.Accepted },
                new(row.GetString(2), row.IsDBNull(3) ? null : row.GetInt32(3), row.IsDBNull(4) ? null : row.GetString(4))));
        return requests;
    }
}
