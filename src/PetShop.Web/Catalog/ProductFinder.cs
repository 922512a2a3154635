using System.Collections.Concurrent;
using Npgsql;
using PetShop.Web.Database;

namespace PetShop.Web.Catalog;

/// <summary>How near a search came to its words.</summary>
public enum Nearness { Exact = 1, Prefix = 2, Partly = 3, Similar = 4, None = 5 }

/// <summary>What a search found, best first.</summary>
/// <param name="Corrected">The words that were searched for instead, when the shopper's own led nowhere.</param>
public sealed record Found(IReadOnlyList<int> ProductIds, Nearness Nearness, string? Corrected)
{
    public static Found Nothing { get; } = new([], Nearness.None, null);
}

/// <summary>Searches products: PostgreSQL full text, then beginnings of words, then some of the words, then trigrams against typing errors.</summary>
/// <remarks>Answers are kept with the shelf they belong to, so a word that many shoppers search for is looked up once a minute; the last ones longer, for a database that is away.</remarks>
public sealed class ProductFinder(NpgsqlDataSource source, OutageCover cover)
{
    private const int MaxFound = 1000;
    private const int MaxKept = 5000;
    private const int MaxLast = 2000;
    private const int MaxQueryLength = 100;

    private const string TextSql = """
        WITH exact AS (
            SELECT id, ts_rank_cd(search_vector, q, 1) AS score FROM products, websearch_to_tsquery('english', $1) AS q
            WHERE search_vector @@ q AND is_active AND sku_count > 0),
        prefix AS (
            SELECT id, ts_rank(search_vector, q, 1) AS score FROM products, to_tsquery('english', $2) AS q
            WHERE NOT EXISTS (SELECT FROM exact) AND search_vector @@ q AND is_active AND sku_count > 0),
        -- No product has all the words: those with the most, and the rarest, of them.
        partly AS (
            SELECT id, score FROM (
                SELECT id, ts_rank(search_vector, q) AS score, max(ts_rank(search_vector, q)) OVER () AS best FROM products, to_tsquery('english', $4) AS q
                WHERE NOT EXISTS (SELECT FROM exact) AND NOT EXISTS (SELECT FROM prefix) AND search_vector @@ q AND is_active AND sku_count > 0) ranked
            WHERE score >= best * 0.6)
        """;

    private const string TrigramSql = TextSql + """
        , near AS (
            SELECT id, word_similarity(lower($1), lower(name)) AS score FROM products
            WHERE NOT EXISTS (SELECT FROM exact) AND NOT EXISTS (SELECT FROM prefix) AND NOT EXISTS (SELECT FROM partly)
              AND lower($1) <% lower(name) AND is_active AND sku_count > 0)
        SELECT id, 1 AS tier, score FROM exact UNION ALL SELECT id, 2, score FROM prefix UNION ALL SELECT id, 3, score FROM partly
        UNION ALL SELECT id, 4, score FROM near ORDER BY score DESC, id LIMIT $3
        """;

    private const string PlainSql = TextSql + """
        SELECT id, 1 AS tier, score FROM exact UNION ALL SELECT id, 2, score FROM prefix UNION ALL SELECT id, 3, score FROM partly ORDER BY score DESC, id LIMIT $3
        """;

    private readonly ConcurrentDictionary<string, Found> _last = new(StringComparer.Ordinal);

    public async Task<Found> FindAsync(Shelf shelf, string query, CancellationToken cancel)
    {
        var key = string.Join(' ', Vocabulary.Split(query.Length > MaxQueryLength ? query[..MaxQueryLength] : query));
        if (key.Length == 0)
            return Found.Nothing;
        if (shelf.Searches.TryGetValue(key, out var kept))
            return kept;
        return await FindCoveredAsync(shelf, key, cancel);
    }

    private Task<Found> FindCoveredAsync(Shelf shelf, string key, CancellationToken cancel) =>
        cover.ReadAsync(() => FindAnewAsync(shelf, key, cancel), () => _last.GetValueOrDefault(key));

    private async Task<Found> FindAnewAsync(Shelf shelf, string key, CancellationToken cancel)
    {
        var found = await SearchAsync(shelf, key, cancel);
        // Words that others begin with are half typed, not wrong.
        if (found.Nearness > Nearness.Prefix && shelf.Words.Correct(key) is { } corrected && await SearchAsync(shelf, corrected, cancel) is { } better && better.Nearness <= found.Nearness && better.Nearness != Nearness.None)
            found = better with { Corrected = corrected };
        if (shelf.Searches.Count < MaxKept)
            shelf.Searches.TryAdd(key, found);
        if (_last.Count >= MaxLast)
            _last.Clear();
        _last[key] = found;
        return found;
    }

    private async Task<Found> SearchAsync(Shelf shelf, string words, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(shelf.HasTrigrams ? TrigramSql : PlainSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = words });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = string.Join(" & ", words.Split(' ').Select(w => w + ":*")) });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MaxFound });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = string.Join(" | ", words.Split(' ')) });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var (ids, nearness) = (new List<int>(), Nearness.None);
        while (await reader.ReadAsync(cancel))
        {
            ids.Add(reader.GetInt32(0));
            nearness = (Nearness)reader.GetInt32(1);
        }
        return ids.Count == 0 ? Found.Nothing : new(ids, nearness, null);
    }
}
