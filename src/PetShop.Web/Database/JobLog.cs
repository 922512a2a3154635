using Npgsql;

namespace PetShop.Web.Database;

/// <summary>Leaves a row in job_runs for each run of a background job, so that the admin sees what ran, when, and how it ended.</summary>
public sealed class JobLog(NpgsqlDataSource source, TimeProvider clock)
{
    /// <summary>Runs a job between its start and its end; what it returns is what the admin reads.</summary>
    /// <remarks>A failure is recorded with its message and thrown on.</remarks>
    public async Task<string> RecordAsync(string job, Func<CancellationToken, Task<string>> work, CancellationToken cancel)
    {
        var run = await StartAsync(job, "", cancel);
        try
        {
            var detail = await work(cancel);
            await FinishAsync(run, succeeded: true, detail, CancellationToken.None);
            return detail;
        }
        catch (Exception e)
        {
            await FailAsync(run, e);
            throw;
        }
    }

    /// <summary>Notes why a run failed; what failed because the database is away is told by what failed, not by its record.</summary>
    public async Task FailAsync(long run, Exception problem)
    {
        try
        {
            await FinishAsync(run, succeeded: false, problem is OperationCanceledException ? "Cancelled." : $"Failed: {(problem as PostgresException)?.MessageText ?? problem.Message}", CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // The row stays without an end, as after a crash.
        }
    }

    public Task<long> StartAsync(string job, string detail, CancellationToken cancel) =>
        ScalarAsync<long>("INSERT INTO job_runs (name, started_at, succeeded, detail) VALUES ($1, $2, false, $3) RETURNING id", [job, Now, detail], cancel);

    public Task FinishAsync(long run, bool succeeded, string detail, CancellationToken cancel) =>
        ScalarAsync<long>("UPDATE job_runs SET finished_at = $2, succeeded = $3, detail = $4 WHERE id = $1 RETURNING id", [run, Now, succeeded, detail], cancel);

    /// <summary>When the last run began that came to an end, wherever; null when none did. One that was cancelled, by a restart for instance, does not count.</summary>
    public Task<DateTimeOffset?> LastStartAsync(string job, CancellationToken cancel) =>
        TimeAsync("SELECT max(started_at) FROM job_runs WHERE name = $1 AND finished_at IS NOT NULL AND detail NOT LIKE 'Cancelled%'", [job], cancel);

    /// <summary>When the last run began that came to a result, good or bad, or failed since a moment.</summary>
    public Task<DateTimeOffset?> LastResultAsync(string job, DateTimeOffset failedSince, CancellationToken cancel) => TimeAsync(
        "SELECT max(started_at) FROM job_runs WHERE name = $1 AND finished_at IS NOT NULL AND detail NOT LIKE 'Cancelled%' AND (detail NOT LIKE 'Failed%' OR started_at > $2)", [job, failedSince.UtcDateTime], cancel);

    /// <summary>When the last run began that succeeded; null when none did.</summary>
    public Task<DateTimeOffset?> LastSuccessAsync(string job, CancellationToken cancel) =>
        TimeAsync("SELECT max(started_at) FROM job_runs WHERE name = $1 AND succeeded", [job], cancel);

    private object Now => clock.GetUtcNow().UtcDateTime;

    private async Task<DateTimeOffset?> TimeAsync(string sql, object[] values, CancellationToken cancel) =>
        await ScalarAsync<object?>(sql, values, cancel) is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : null;

    private async Task<T> ScalarAsync<T>(string sql, object[] values, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return (T)(await command.ExecuteScalarAsync(cancel))!;
    }
}
