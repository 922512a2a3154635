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

    /// <summary>Its rows, as they come.</summary>
    /// <param name="patience">After which it is given up.</param>
    /// <exception cref="NpgsqlException">It failed, or took too long.</exception>
    public static async IAsyncEnumerable<T> RowsAsync<T>(NpgsqlDataSource source, SqlQuery query, Func<NpgsqlDataReader, T> row, TimeSpan patience, [EnumeratorCancellation] CancellationToken cancel)
    {
        // Without a transaction of its own, a batch is one: the settings end with it.
        await using var batch = source.CreateBatch();
        batch.Timeout = (int)Math.Ceiling(patience.TotalSeconds);
        batch.BatchCommands.Add(new(Settings));
        var command = new NpgsqlBatchCommand(query.Text);
        foreach (var value in query.Parameters)
            command.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel))
            yield return row(reader);
    }

    /// <inheritdoc cref="RowsAsync"/>
    public static async Task<List<T>> ReadAsync<T>(NpgsqlDataSource source, SqlQuery query, Func<NpgsqlDataReader, T> row, TimeSpan patience, CancellationToken cancel)
    {
        var rows = new List<T>();
        await foreach (var read in RowsAsync(source, query, row, patience, cancel))
            rows.Add(read);
        return rows;
    }
}
