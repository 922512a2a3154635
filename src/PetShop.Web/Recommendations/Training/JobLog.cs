using Npgsql;

namespace PetShop.Web.Recommendations.Training;

/// <summary>Leaves a row in job_runs for each training, so that the admin sees what ran, when, and how it ended.</summary>
public sealed class JobLog(NpgsqlDataSource source, TimeProvider clock)
{
    public const string Training = "train";

    public async Task<long> StartAsync(string detail, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("INSERT INTO job_runs (name, started_at, succeeded, detail) VALUES ($1, $2, false, $3) RETURNING id");
        foreach (var value in new object[] { Training, clock.GetUtcNow(), detail })
            command.Parameters.Add(new() { Value = value });
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    public async Task FinishAsync(long run, bool succeeded, string detail, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("UPDATE job_runs SET finished_at = $2, succeeded = $3, detail = $4 WHERE id = $1");
        foreach (var value in new object[] { run, clock.GetUtcNow(), succeeded, detail })
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>When the last training began that came to an end, wherever; null when none did. One that was cancelled, by a restart for instance, does not count.</summary>
    public async Task<DateTimeOffset?> LastStartAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("SELECT max(started_at) FROM job_runs WHERE name = $1 AND finished_at IS NOT NULL AND detail NOT LIKE 'Cancelled%'");
        command.Parameters.Add(new() { Value = Training });
        return await command.ExecuteScalarAsync(cancel) is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : null;
    }
}
