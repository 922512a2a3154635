using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data.Events;

namespace PetShop.Web.Tracking;

/// <summary>Moves events from the queue and the spool into PostgreSQL in batches, and never stops trying.</summary>
public sealed partial class EventWriter(
    EventQueue queue, EventSpool spool, DroppedEventCounter dropped, TrackingMetrics metrics, NpgsqlDataSource source,
    TimeProvider clock, IOptions<TrackingOptions> options, ILogger<EventWriter> logger) : BackgroundService
{
    private readonly List<QueuedEvent> _batch = [];
    private DateTimeOffset _nextCount;
    private DateTimeOffset _nextReplay;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var delay = options.Value.FlushInterval;
        while (await WaitAsync(stoppingToken))
        {
            try
            {
                await Task.Delay(delay, clock, stoppingToken);
                await WriteBatchAsync(stoppingToken);
                await TendAsync(stoppingToken);
                delay = options.Value.FlushInterval;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                delay = delay * 2 < options.Value.LongestDelay ? delay * 2 : options.Value.LongestDelay;
                metrics.Failed();
                LogWriteFailed(_batch.Count, delay.TotalSeconds, e.Message);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Complete();
        await base.StopAsync(cancellationToken);
        using var patience = new CancellationTokenSource(options.Value.LastFlush, clock);
        try
        {
            while (FillBatch())
                await WriteBatchAsync(patience.Token);
            await dropped.FlushAsync(source, patience.Token);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException or IOException)
        {
            SpoolRest();
        }
    }

    /// <summary>Waits for an event, at most until the spool and the counts need tending.</summary>
    private async Task<bool> WaitAsync(CancellationToken cancel)
    {
        if (_batch.Count > 0 || cancel.IsCancellationRequested)
            return !cancel.IsCancellationRequested;
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        idle.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            return await queue.Reader.WaitToReadAsync(idle.Token);
        }
        catch (OperationCanceledException)
        {
            return !cancel.IsCancellationRequested;
        }
    }

    private bool FillBatch()
    {
        while (_batch.Count < options.Value.BatchSize && queue.Reader.TryRead(out var next))
            _batch.Add(next);
        return _batch.Count > 0;
    }

    /// <summary>Writes one full batch after another until the queue is empty.</summary>
    private async Task WriteBatchAsync(CancellationToken cancel)
    {
        while (FillBatch())
        {
            await InsertAsync(_batch.ConvertAll(q => q.Event), cancel);
            foreach (var written in _batch)
                written.Receipt?.OneCommitted();
            _batch.Clear();
        }
    }

    /// <summary>Inserts the events; where a row cannot be stored at all, finds it by halves and leaves it out.</summary>
    private async Task InsertAsync(List<ShopEvent> events, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            await EventTable.InsertAsync(connection, events, cancel);
            metrics.Written(events.Count, clock.GetElapsedTime(started));
        }
        catch (PostgresException e) when (IsAboutTheData(e) && events.Count > 1)
        {
            await InsertAsync(events[..(events.Count / 2)], cancel);
            await InsertAsync(events[(events.Count / 2)..], cancel);
        }
        catch (PostgresException e) when (IsAboutTheData(e))
        {
            dropped.Count(DropReason.Unstorable);
            LogUnstorable(events[0].Id, e.MessageText);
        }
    }

    /// <summary>Class 22 is a value that does not fit, class 23 a constraint: no later try would end otherwise.</summary>
    private static bool IsAboutTheData(PostgresException e) => e.SqlState.StartsWith("22", StringComparison.Ordinal) || e.SqlState.StartsWith("23", StringComparison.Ordinal);

    private async Task TendAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (now >= _nextReplay)
        {
            await ReplayAsync(cancel);
            _nextReplay = now.AddSeconds(5);
        }
        if (now >= _nextCount)
        {
            await dropped.FlushAsync(source, cancel);
            _nextCount = now.AddSeconds(10);
        }
    }

    /// <summary>Brings in what waited in spool files, of this process and of dead ones; each file goes when all of it is committed.</summary>
    private async Task ReplayAsync(CancellationToken cancel)
    {
        var files = spool.TakeFiles();
        try
        {
            foreach (var file in files)
            {
                var replayed = 0;
                await foreach (var events in file.ReadAsync(options.Value.BatchSize, cancel))
                {
                    await InsertAsync(events, cancel);
                    replayed += events.Count;
                }
                if (file.Damaged > 0)
                    dropped.Count(DropReason.SpoolDamaged, file.Damaged);
                file.Delete();
                LogReplayed(replayed, file.Name, file.Damaged);
            }
        }
        finally
        {
            files.ForEach(f => f.Dispose());
        }
    }

    private void SpoolRest()
    {
        var spooled = 0;
        while (FillBatch())
        {
            if (spool.Append(_batch.ConvertAll(q => q.Event), durable: true))
                spooled += _batch.Count;
            else
                dropped.Count(DropReason.SpoolFull, _batch.Count);
            _batch.Clear();
        }
        if (spooled > 0)
            LogSpooled(spooled);
    }

    [LoggerMessage(LogLevel.Warning, "Could not write {EventCount} events; next try in {DelaySeconds:0.0} s: {Problem}")]
    private partial void LogWriteFailed(int eventCount, double delaySeconds, string problem);

    [LoggerMessage(LogLevel.Error, "Left out event {EventId}, which PostgreSQL cannot store: {Problem}")]
    private partial void LogUnstorable(Guid eventId, string problem);

    [LoggerMessage(LogLevel.Information, "Brought in {EventCount} events from spool file {File}; {Damaged} lines were damaged")]
    private partial void LogReplayed(int eventCount, string file, int damaged);

    [LoggerMessage(LogLevel.Warning, "Stopping without the database: {EventCount} events wait in the spool")]
    private partial void LogSpooled(int eventCount);
}
