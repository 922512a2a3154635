using Npgsql;

namespace PetShop.Web.Database;

/// <summary>Listens to channels of PostgreSQL for as long as the shop serves; when the connection breaks it listens anew.</summary>
/// <param name="subject">What the announcements are about, for the log.</param>
/// <param name="channels">Names given to LISTEN.</param>
public abstract partial class AnnouncementListener(
    NpgsqlDataSource source, TimeProvider clock, ILogger logger, string subject, params string[] channels) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected NpgsqlDataSource Source { get; } = source;

    protected TimeProvider Clock { get; } = clock;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogDeaf(subject, Pause.TotalSeconds, e.Message);
                await Task.Delay(Pause, Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>One announcement, at once, on the connection's own thread: keep it short.</summary>
    protected virtual void Hear(string channel, string payload)
    {
    }

    /// <summary>Runs while the connection listens. What is kept must be read anew first: something may have been announced to nobody.</summary>
    protected abstract Task AttendAsync(NpgsqlConnection connection, CancellationToken cancel);

    private async Task ListenAsync(CancellationToken cancel)
    {
        await using var connection = await Source.OpenConnectionAsync(cancel);
        connection.Notification += (_, note) => Hear(note.Channel, note.Payload);
        await using (var listen = new NpgsqlCommand(string.Join("; ", channels.Select(c => $"LISTEN {c}")), connection))
            await listen.ExecuteNonQueryAsync(cancel);
        await AttendAsync(connection, cancel);
    }

    [LoggerMessage(LogLevel.Warning, "Cannot hear announcements about {Subject}, the shop goes on with what it keeps; next try in {DelaySeconds:0} s: {Problem}")]
    private partial void LogDeaf(string subject, double delaySeconds, string problem);
}
