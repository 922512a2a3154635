using System.Collections.Frozen;
using Npgsql;
using PetShop.Web.Database;

namespace PetShop.Web.Catalog;

/// <summary>The products on a shopper's wish list, for the hearts on cards.</summary>
public sealed class Wishes(NpgsqlDataSource source, ProductCache cache, OutageCover cover)
{
    /// <param name="shopperId">Null for a visitor, who has none.</param>
    public ValueTask<FrozenSet<int>> OfAsync(Guid? shopperId, CancellationToken cancel) =>
        shopperId is not { } shopper ? new(FrozenSet<int>.Empty)
        : cache.Wishes(shopper) is { } kept ? new(kept)
        : new(ReadCoveredAsync(shopper, cancel));

    private Task<FrozenSet<int>> ReadCoveredAsync(Guid shopper, CancellationToken cancel) =>
        cover.ReadAsync(() => ReadAsync(shopper, cancel), () => cache.LastWishes(shopper) ?? FrozenSet<int>.Empty);

    private async Task<FrozenSet<int>> ReadAsync(Guid shopper, CancellationToken cancel)
    {
        var since = cache.Changes;
        await using var command = source.CreateCommand("SELECT product_id FROM wish_list_items WHERE shopper_id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = shopper });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        HashSet<int> products = [];
        while (await reader.ReadAsync(cancel))
            products.Add(reader.GetInt32(0));
        var wishes = products.ToFrozenSet();
        cache.KeepWishes(shopper, wishes, since);
        return wishes;
    }
}
