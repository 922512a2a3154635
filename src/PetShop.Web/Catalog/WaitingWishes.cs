using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Npgsql;
using PetShop.Data.Events;
using PetShop.Web.Tracking;

namespace PetShop.Web.Catalog;

/// <summary>Puts what is wished for onto wish lists. What a guest wished for waits in a sealed cookie of the visit, and is on the list once they are signed in.</summary>
public sealed class WaitingWishes(NpgsqlDataSource source, ProductCache cache, EventRecorder events, ITempDataDictionaryFactory tempData, TimeProvider clock)
{
    // So many are a list; more would only make the cookie long.
    private const int Most = 20;
    private const string Key = "Wishes";

    // Whoever sits down at this browser later is likely somebody else.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(3);

    /// <summary>Remembers one more wish; wished for twice is wished for once.</summary>
    public void Add(HttpContext http, int productId) =>
        Keep(http, [.. Of(http).Where(id => id != productId).TakeLast(Most - 1), productId]);

    /// <summary>What waits, the oldest wish first.</summary>
    public int[] Of(HttpContext http) =>
        tempData.GetTempData(http).Peek(Key) is string kept && kept.Split('|') is [var since, var ids] && long.Parse(since) > (clock.GetUtcNow() - Patience).Ticks ? Read(ids) : [];

    /// <summary>The products in a text as a link in a mail carries it; what is no number is left out.</summary>
    public static int[] Read(string? ids) =>
        [.. (ids ?? "").Split(',').Select(id => int.TryParse(id, out var product) ? product : 0).Where(id => id > 0).Distinct().Take(Most)];

    /// <summary>Puts what waits, and what else is named, onto a shopper's wish list; nothing leaves it.</summary>
    /// <returns>Whether something new is on it.</returns>
    public async Task<bool> BringAsync(HttpContext http, Guid shopperId, int[] alsoWished, CancellationToken cancel)
    {
        int[] wished = [.. Of(http).Union(alsoWished)];
        tempData.GetTempData(http).Remove(Key);
        return wished.Length > 0 && await PutAsync(shopperId, wished, cancel);
    }

    /// <summary>Puts products onto a shopper's wish list, each that is sold and not on it yet.</summary>
    /// <returns>Whether any was.</returns>
    public async Task<bool> PutAsync(Guid shopperId, int[] wished, CancellationToken cancel)
    {
        var added = await WriteAsync(shopperId, wished, cancel);
        cache.ForgetWishes(shopperId);
        foreach (var productId in added)
            events.Record(EventType.WishListed, productId);
        return added.Count > 0;
    }

    private async Task<List<int>> WriteAsync(Guid shopperId, int[] wished, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            """
            INSERT INTO wish_list_items (shopper_id, product_id, added_at)
            SELECT $1, id, $3 FROM products WHERE id = ANY($2) AND is_active
            ON CONFLICT DO NOTHING RETURNING product_id
            """);
        command.Parameters.Add(new() { Value = shopperId });
        command.Parameters.Add(new() { Value = wished });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        List<int> added = [];
        while (await reader.ReadAsync(cancel))
            added.Add(reader.GetInt32(0));
        return added;
    }

    private void Keep(HttpContext http, int[] wished) => tempData.GetTempData(http)[Key] = $"{clock.GetUtcNow().Ticks}|{string.Join(',', wished)}";
}
