using Npgsql;
using NpgsqlTypes;

namespace PetShop.Web.Targeting;

/// <summary>Makes what rules ask of a shopper's past from orders and events.</summary>
public sealed class ShopperFeaturesWriter(NpgsqlDataSource source, TimeProvider clock)
{
    /// <summary>Makes everyone's features and scores anew.</summary>
    /// <returns>How many shoppers had other figures than before.</returns>
    public async Task<int> RefreshAllAsync(CancellationToken cancel)
    {
        var rows = await RefreshAsync(null, cancel);
        await ScoreAsync(cancel);
        return rows;
    }

    /// <summary>Makes the features of these shoppers anew; their scores wait for <see cref="ScoreAsync"/>.</summary>
    public async Task<int> RefreshAsync(IReadOnlyCollection<Guid>? shoppers, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(ShopperFeaturesSql.Refresh);
        command.CommandTimeout = 600;
        command.Parameters.Add(new() { Value = shoppers?.ToArray() ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = clock.GetUtcNow().UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        return await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Ranks all buyers again.</summary>
    public async Task ScoreAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand(ShopperFeaturesSql.Scores);
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Takes, within the transaction of the connection, the marks of whose events and orders arrived since.</summary>
    public static async Task<IReadOnlyList<Guid>> TakeMarksAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(ShopperFeaturesSql.Take, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var changed = new List<Guid>();
        while (await reader.ReadAsync(cancel))
            changed.Add(reader.GetGuid(0));
        return changed;
    }

    /// <summary>Leaves a mark, within the transaction of the connection, for those of whom something arrived that lies ahead of this moment.</summary>
    public static async Task AwaitAsync(NpgsqlConnection connection, IReadOnlyCollection<Guid> shoppers, DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(ShopperFeaturesSql.Await, connection);
        command.Parameters.Add(new() { Value = shoppers.ToArray() });
        command.Parameters.Add(new() { Value = now.UtcDateTime });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
