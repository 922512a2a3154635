using System.Collections.Frozen;
using Npgsql;
using PetShop.Data.Models;

namespace PetShop.Web.Recommendations.Serving;

/// <summary>The precomputed neighbours of every product, in memory so that a page needs no statement for them.</summary>
public sealed class NeighbourLists
{
    private readonly FrozenDictionary<(int Product, NeighbourKind Kind), Neighbours> _lists;

    public NeighbourLists(Dictionary<(int, NeighbourKind), Neighbours> lists) => _lists = lists.ToFrozenDictionary();

    public static NeighbourLists Empty { get; } = new([]);

    public int Count => _lists.Count;

    public Neighbours Of(int productId, NeighbourKind kind) => _lists.GetValueOrDefault((productId, kind), Neighbours.None);

    public static async Task<NeighbourLists> ReadAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("SELECT product_id, kind, neighbour_ids, scores FROM product_neighbours");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        Dictionary<(int, NeighbourKind), Neighbours> lists = [];
        while (await reader.ReadAsync(cancel))
            lists[(reader.GetInt32(0), (NeighbourKind)reader.GetInt16(1))] = new(reader.GetFieldValue<int[]>(2), reader.GetFieldValue<float[]>(3));
        return new(lists);
    }
}

/// <summary>Product ids that go with another, best first, and how strongly.</summary>
public readonly record struct Neighbours(int[] Ids, float[] Scores)
{
    public static Neighbours None { get; } = new([], []);
}
