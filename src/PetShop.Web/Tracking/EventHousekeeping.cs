using System.Globalization;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Web.Database;

namespace PetShop.Web.Tracking;

/// <summary>Makes the partitions of coming months ahead of need, and removes what has been kept long enough; every run, failed ones too, leaves a row in the job log.</summary>
public sealed partial class EventHousekeeping(NpgsqlDataSource source, JobLog jobs, TimeProvider clock, IOptions<TrackingOptions> options, ILogger<EventHousekeeping> logger) : BackgroundService
{
    public const string JobName = "retention";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A start that is followed by a bulk load should not compete with it.
        var pause = TimeSpan.FromMinutes(1);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(pause, clock, stoppingToken);
                pause = options.Value.HousekeepingInterval;
                await RunAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                pause = TimeSpan.FromMinutes(5);
                LogFailed(pause.TotalMinutes, e);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Does one round, unless another replica is at it.</summary>
    /// <returns>What was removed, in words; null when another replica is at it.</returns>
    public async Task<string?> RunAsync(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        if (!await ScalarAsync<bool>(connection, $"SELECT pg_try_advisory_lock(hashtext('petshop.{JobName}'))", [], cancel))
            return null;
        try
        {
            var detail = await jobs.RecordAsync(JobName, token => KeepAsync(connection, token), cancel);
            LogRemoved(detail);
            return detail;
        }
        finally
        {
            await ScalarAsync<bool>(connection, $"SELECT pg_advisory_unlock(hashtext('petshop.{JobName}'))", [], CancellationToken.None);
        }
    }

    private async Task<string> KeepAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await ScalarAsync<int>(connection, "SELECT ensure_event_partitions($1, $2)", [Day(now), Day(now.AddMonths(3))], cancel);
        return await Retention.ApplyAsync(connection, now, options.Value, cancel);
    }

    internal static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, object[] values, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return (T)Convert.ChangeType((await command.ExecuteScalarAsync(cancel))!, typeof(T), CultureInfo.InvariantCulture);
    }

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    [LoggerMessage(LogLevel.Error, "Housekeeping failed; next try in {DelayMinutes:0} min")]
    private partial void LogFailed(double delayMinutes, Exception exception);

    [LoggerMessage(LogLevel.Information, "Retention: {Detail}")]
    private partial void LogRemoved(string detail);
}
