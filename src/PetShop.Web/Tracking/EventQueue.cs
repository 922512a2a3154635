using System.Threading.Channels;
using Microsoft.Extensions.Options;
using PetShop.Data.Events;

namespace PetShop.Web.Tracking;

/// <summary>Events on their way to PostgreSQL: a bounded queue in memory, and the spool file behind it. Adding never waits.</summary>
public sealed class EventQueue
{
    private readonly Channel<QueuedEvent> _channel;
    private readonly EventSpool _spool;
    private readonly DroppedEventCounter _dropped;
    private readonly TrackingMetrics _metrics;

    public EventQueue(EventSpool spool, DroppedEventCounter dropped, TrackingMetrics metrics, IOptions<TrackingOptions> options)
    {
        _channel = Channel.CreateBounded<QueuedEvent>(new BoundedChannelOptions(options.Value.QueueCapacity) { SingleReader = true });
        (_spool, _dropped, _metrics) = (spool, dropped, metrics);
        metrics.Watch("petshop.events.queued", "{event}", "Events waiting in memory", () => _channel.Reader.Count);
        metrics.Watch("petshop.events.spool_size", "By", "Size of this process's spool file", () => spool.Length);
    }

    internal ChannelReader<QueuedEvent> Reader => _channel.Reader;

    /// <summary>Takes an event that nobody waits for; when memory is full it goes to the spool.</summary>
    public void Add(ShopEvent shopEvent)
    {
        if (_channel.Writer.TryWrite(new(shopEvent, null)))
            _metrics.Recorded(shopEvent.Type);
        else if (_spool.Append([shopEvent]))
            _metrics.Recorded(shopEvent.Type);
        else
            _dropped.Count(DropReason.SpoolFull);
    }

    /// <summary>Takes a batch whose sender keeps it until it is committed.</summary>
    /// <returns>A task that ends with the commit; null when memory is full and the sender must come again.</returns>
    public Task? AddAcknowledged(IReadOnlyCollection<ShopEvent> events)
    {
        if (events.Count == 0)
            return Task.CompletedTask;
        var receipt = new CommitReceipt(events.Count);
        foreach (var shopEvent in events)
        {
            if (!_channel.Writer.TryWrite(new(shopEvent, receipt)))
                return null;
            _metrics.Recorded(shopEvent.Type);
        }
        return receipt.Committed;
    }

    /// <summary>Ends the queue: what comes later goes to the spool.</summary>
    internal void Complete() => _channel.Writer.TryComplete();
}

/// <summary>An event in the queue and, when somebody waits, the receipt of its batch.</summary>
internal readonly record struct QueuedEvent(ShopEvent Event, CommitReceipt? Receipt);

/// <summary>Tells a sender when all events of its batch are in the database.</summary>
internal sealed class CommitReceipt(int events)
{
    private readonly TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting = events;

    public Task Committed => _committed.Task;

    public void OneCommitted()
    {
        if (Interlocked.Decrement(ref _waiting) == 0)
            _committed.TrySetResult();
    }
}
