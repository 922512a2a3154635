using Npgsql;
using NpgsqlTypes;
using PetShop.Data.Segments;

namespace PetShop.Web.Targeting;

/// <summary>Makes what rules ask of a shopper's past from orders and events.</summary>
public sealed class ShopperFeaturesWriter(NpgsqlDataSource source, TimeProvider clock)
{
    /// <summary>Makes everyone's features and scores anew, of orders and events that just came in.</summary>
    /// <returns>How many shoppers had other figures than before.</returns>
    public Task<int> RefreshAllAsync(CancellationToken cancel) => RefreshAllAsync(TransitionCause.Event, null, cancel);

    /// <param name="cause">Of the memberships that change thereby.</param>
    /// <param name="look">Whose connection is used; null for one of its own.</param>
    internal async Task<int> RefreshAllAsync(TransitionCause cause, FeatureLook? look, CancellationToken cancel)
    {
        var rows = await RefreshAsync(null, cause, look, cancel);
        await ScoreAsync(look, cancel);
        return rows;
    }

    /// <summary>Makes the features of these shoppers anew after something they did; their scores wait for <see cref="ScoreAsync"/>.</summary>
    public Task<int> RefreshAsync(IReadOnlyCollection<Guid> shoppers, CancellationToken cancel) => RefreshAsync(shoppers, TransitionCause.Event, null, cancel);

    /// <summary>Makes the features anew of whom something arrived, came due or left a window since the look before.</summary>
    /// <returns>How many shoppers had other figures than before, by what moved them.</returns>
    internal async Task<IReadOnlyDictionary<TransitionCause, int>> RefreshAsync(FeatureLook look, CancellationToken cancel)
    {
        var rows = new Dictionary<TransitionCause, int>();
        foreach (var (cause, shoppers) in await look.TakeAsync(cancel))
            rows.Add(cause, await RefreshAsync(shoppers, cause, look, cancel));
        return rows;
    }

    /// <summary>Ranks all buyers again.</summary>
    public Task ScoreAsync(CancellationToken cancel) => ScoreAsync(null, cancel);

    internal Task ScoreAsync(FeatureLook? look, CancellationToken cancel) => RunAsync(TransitionCause.Model, ShopperFeaturesSql.Scores, [], look, cancel);

    private Task<int> RefreshAsync(IReadOnlyCollection<Guid>? shoppers, TransitionCause cause, FeatureLook? look, CancellationToken cancel) => RunAsync(cause, ShopperFeaturesSql.Refresh,
    [
        new() { Value = shoppers?.ToArray() ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
        new() { Value = clock.GetUtcNow().UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
    ], look, cancel);

    // A look has read events in its transaction. A second connection would queue behind whoever waits for that transaction, such as a month that is being added, and the look behind it: forever.
    private async Task<int> RunAsync(TransitionCause cause, string sql, NpgsqlParameter[] values, FeatureLook? look, CancellationToken cancel)
    {
        await using var batch = look?.Connection.CreateBatch() ?? source.CreateBatch();
        batch.Timeout = 600;
        batch.BatchCommands.Add(new(TransitionCauses.Name(cause)));
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value);
        batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync(cancel);
        return (int)command.RecordsAffected;
    }
}
