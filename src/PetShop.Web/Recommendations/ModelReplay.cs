using Npgsql;
using PetShop.Web.Recommendations.Rails;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Targeting;
using PetShop.Web.Tracking;

namespace PetShop.Web.Recommendations;

/// <summary>One product in a list that was made twice.</summary>
/// <param name="Before">Its place from 1 under the first model; null where it was not there.</param>
/// <param name="After">Under the second.</param>
public sealed record ComparedPlace(int ProductId, string Name, int? Before, int? After);

/// <summary>One shopper's list under two models. Who it is stays untold: the id serves as the address of other pages only.</summary>
/// <param name="Species">Of the pets that live there.</param>
/// <param name="Deeds">Products of which it is known what the shopper did with them.</param>
/// <param name="Places">Every product of either list.</param>
public sealed record ComparedLists(Guid ShopperId, string Pseudonym, IReadOnlyList<string> Species, int Deeds, bool IsKnown, IReadOnlyList<ComparedPlace> Places)
{
    public IEnumerable<ComparedPlace> Before => Places.Where(p => p.Before is not null).OrderBy(p => p.Before);
    public IEnumerable<ComparedPlace> After => Places.Where(p => p.After is not null).OrderBy(p => p.After);
    public int Came => Places.Count(p => p.Before is null);
    public int Left => Places.Count(p => p.After is null);
    public int Moved => Places.Count(p => p.Before is not null && p.After is not null && p.Before != p.After);
    public bool IsChanged => Places.Any(p => p.Before != p.After);
}

/// <summary>Makes the lists of a sample of shoppers under two models, as they would be served at this moment. Nothing is recorded.</summary>
public sealed class ModelReplay(NpgsqlDataSource source, ModelHolder holder, Tastes tastes, ProfilePreview preview, VisitorProfiles profiles, TimeProvider clock)
{
    /// <summary>Places of a list.</summary>
    public const int Size = 8;

    // Enough to draw from without sorting the shoppers of a large shop.
    private const double Drawn = 5_000;
    // Some of those drawn have told nothing yet.
    private const int Spare = 4;

    private const string ShareSql = "SELECT greatest(reltuples, 1)::float8 FROM pg_class WHERE oid = 'shoppers'::regclass";
    private const string Sql =
        """
        SELECT s.id FROM shoppers s TABLESAMPLE SYSTEM ($1) REPEATABLE ($2)
        WHERE s.consent_personalisation AND coalesce(extract(year FROM $4::timestamptz) - s.birth_year > 18, true)
          AND (EXISTS (SELECT FROM orders o WHERE o.shopper_id = s.id) OR EXISTS (SELECT FROM events e WHERE e.shopper_id = s.id))
        ORDER BY md5(s.id::text || $2::text) LIMIT $3
        """;

    /// <param name="seed">The same seed draws the same shoppers, as long as they agree to personalisation.</param>
    /// <param name="most">Shoppers to draw.</param>
    public async Task<IReadOnlyList<ComparedLists>> RunAsync(ServedModel before, ServedModel after, int seed, int most, CancellationToken cancel)
    {
        var (now, current) = (clock.GetUtcNow(), holder.Current);
        // The state of the model in service is the shop's own, not a copy of it.
        ServingState Under(ServedModel model) => ReferenceEquals(model, current.Model) ? current : current.Under(model);
        var (first, second) = (Under(before), Under(after));
        List<ComparedLists> lists = [];
        foreach (var id in await DrawAsync(seed, most * Spare, now, cancel))
        {
            if (await preview.VisitorAsync(id, "desktop", cancel) is not { } visitor
                || await tastes.UnderAsync(first, visitor, cancel) is not { } taste || await tastes.UnderAsync(second, visitor, cancel) is not { } other)
                continue;
            var memberships = (await profiles.GetAsync(visitor, cancel)).Memberships;
            ShelfRule[] rules = [.. current.Rules.All.Where(r => r.IsOn(now, memberships))];
            var places = Merge(List(taste, rules, now), List(other, rules, now));
            if (places.Count > 0)
                lists.Add(new(id, Pseudonyms.Of(id), [.. taste.Household.Pets.Select(p => p.Species)], taste.Bought.Union(taste.Viewed).Count(), taste.IsKnown || other.IsKnown, places));
            if (lists.Count == most)
                break;
        }
        return lists;
    }

    private static (int Id, string Name)[] List(Taste taste, ShelfRule[] rules, DateTimeOffset now)
    {
        var context = new RailContext(taste.State, taste, new ShownProducts(), now, taste.Day) { Rules = rules };
        var draft = new RailPlanner(context, new Random(1), exploreShare: 0, Size).Plan(new(Placements.HomeForYou)).FirstOrDefault();
        return draft is null ? [] : [.. draft.Places.Take(Size).Select(p => (taste.State.Catalogue[p.Column].Id, taste.State.Catalogue[p.Column].Name))];
    }

    private static List<ComparedPlace> Merge((int Id, string Name)[] before, (int Id, string Name)[] after)
    {
        int? PlaceIn((int Id, string Name)[] list, int id) => Array.FindIndex(list, p => p.Id == id) is >= 0 and var at ? at + 1 : null;
        return [.. before.Concat(after).DistinctBy(p => p.Id).Select(p => new ComparedPlace(p.Id, p.Name, PlaceIn(before, p.Id), PlaceIn(after, p.Id)))];
    }

    private async Task<List<Guid>> DrawAsync(int seed, int most, DateTimeOffset now, CancellationToken cancel)
    {
        await using var counting = source.CreateCommand(ShareSql);
        var share = Math.Min(100, 100 * Drawn / (double)(await counting.ExecuteScalarAsync(cancel))!);
        await using var command = source.CreateCommand(Sql);
        foreach (var value in (ReadOnlySpan<object>)[(float)share, seed, most, now])
            command.Parameters.Add(new() { Value = value });
        await using var row = await command.ExecuteReaderAsync(cancel);
        List<Guid> drawn = [];
        while (await row.ReadAsync(cancel))
            drawn.Add(row.GetGuid(0));
        return drawn;
    }
}
