using System.Runtime.CompilerServices;
using Npgsql;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting;

/// <summary>Runs a statement that asks rules of shoppers, with memory for its joins and without what costs such statements more than it saves, in one round trip.</summary>
public static class SegmentScan
{
    // Four million bytes would send the join of a million shoppers with their pets through files; a plan for any moment would read every month of events;
    // compiling a statement of many rules takes longer than running it; and who comes first in a scan shall be the same every time.
    private const string Settings = "SELECT set_config('work_mem', '256MB', true), set_config('jit', 'off', true), set_config('plan_cache_mode', 'force_custom_plan', true), set_config('synchronize_seqscans', 'off', true)";

    // Statements that run side by side have a core each: helpers of one would take the other's, and gather twice what they counted.
    private const string SideBySide = Settings + ", set_config('max_parallel_workers_per_gather', '0', true)";

    /// <summary>Its rows, as they come.</summary>
    /// <param name="patience">After which it is given up.</param>
    /// <exception cref="NpgsqlException">It failed, or took too long.</exception>
    public static IAsyncEnumerable<T> RowsAsync<T>(NpgsqlDataSource source, SqlQuery query, Func<NpgsqlDataReader, T> row, TimeSpan patience, CancellationToken cancel) =>
        RowsAsync(source, Settings, query, row, patience, cancel);

    /// <inheritdoc cref="RowsAsync{T}(NpgsqlDataSource, SqlQuery, Func{NpgsqlDataReader, T}, TimeSpan, CancellationToken)"/>
    public static Task<List<T>> ReadAsync<T>(NpgsqlDataSource source, SqlQuery query, Func<NpgsqlDataReader, T> row, TimeSpan patience, CancellationToken cancel) =>
        ListAsync(RowsAsync(source, Settings, query, row, patience, cancel), cancel);

    /// <summary>The rows of several statements that run side by side, one after the other.</summary>
    /// <inheritdoc cref="RowsAsync{T}(NpgsqlDataSource, SqlQuery, Func{NpgsqlDataReader, T}, TimeSpan, CancellationToken)"/>
    public static async Task<List<T>> ReadSideBySideAsync<T>(NpgsqlDataSource source, IEnumerable<SqlQuery> queries, Func<NpgsqlDataReader, T> row, TimeSpan patience, CancellationToken cancel) =>
        [.. (await Task.WhenAll(queries.Select(q => ListAsync(RowsAsync(source, SideBySide, q, row, patience, cancel), cancel)))).SelectMany(rows => rows)];

    private static async IAsyncEnumerable<T> RowsAsync<T>(
        NpgsqlDataSource source, string settings, SqlQuery query, Func<NpgsqlDataReader, T> row, TimeSpan patience, [EnumeratorCancellation] CancellationToken cancel)
    {
        // Without a transaction of its own, a batch is one: the settings end with it.
        await using var batch = source.CreateBatch();
        batch.Timeout = (int)Math.Ceiling(patience.TotalSeconds);
        batch.BatchCommands.Add(new(settings));
        var command = new NpgsqlBatchCommand(query.Text);
        foreach (var value in query.Parameters)
            command.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel))
            yield return row(reader);
    }

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> rows, CancellationToken cancel)
    {
        var list = new List<T>();
        await foreach (var row in rows.WithCancellation(cancel))
            list.Add(row);
        return list;
    }
}
