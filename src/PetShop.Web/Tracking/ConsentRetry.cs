using Npgsql;

namespace PetShop.Web.Tracking;

/// <summary>Writes down the answers that waited for PostgreSQL, and erases what they asked to erase.</summary>
public sealed partial class ConsentRetry(ConsentSpool spool, ConsentLedger ledger, VisitorEraser eraser, TimeProvider clock, ILogger<ConsentRetry> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var (path, given) in spool.Waiting())
                    await WriteAsync(path, given, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // While the database is away this is expected every time; what waits is safe.
                if (e is not (NpgsqlException or TimeoutException))
                    LogFailed(e);
            }
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WriteAsync(string path, GivenConsent given, CancellationToken cancel)
    {
        await ledger.WriteAsync(given, isLate: true, cancel);
        if (given.Erases is { } visitor)
            await eraser.EraseAsync(visitor, cancel);
        spool.Remove(path, given);
        LogWritten(given.Method, given.At);
    }

    [LoggerMessage(LogLevel.Information, "Wrote down a consent answer ({Method}) of {GivenAt:u} that had waited for the database")]
    private partial void LogWritten(string method, DateTimeOffset givenAt);

    [LoggerMessage(LogLevel.Error, "Could not write down consent answers that wait in the spool")]
    private partial void LogFailed(Exception exception);
}
