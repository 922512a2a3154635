using System.Diagnostics.Metrics;
using PetShop.Data.Events;

namespace PetShop.Web.Tracking;

/// <summary>Figures of event recording on the meter <c>PetShop</c>.</summary>
public sealed class TrackingMetrics
{
    private readonly Counter<long> _recorded;
    private readonly Counter<long> _written;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _spooled;
    private readonly Counter<long> _deferred;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _writeSeconds;
    private readonly Meter _meter;

    public TrackingMetrics(IMeterFactory meters)
    {
        _meter = meters.Create("PetShop");
        _recorded = _meter.CreateCounter<long>("petshop.events.recorded", "{event}", "Events accepted into the queue");
        _written = _meter.CreateCounter<long>("petshop.events.written", "{event}", "Events committed to PostgreSQL");
        _dropped = _meter.CreateCounter<long>("petshop.events.dropped", "{event}", "Events refused or lost, by reason");
        _spooled = _meter.CreateCounter<long>("petshop.events.spooled", "{event}", "Events set aside in the spool file");
        _deferred = _meter.CreateCounter<long>("petshop.events.deferred", "{event}", "Events that memory had no room for; the page that sent them sends them again");
        _failures = _meter.CreateCounter<long>("petshop.events.write_failures", "{batch}", "Batches that PostgreSQL did not take at once");
        _writeSeconds = _meter.CreateHistogram<double>("petshop.events.write_duration", "s", "Time to commit one batch");
    }

    public void Recorded(EventType type) => _recorded.Add(1, new KeyValuePair<string, object?>("type", type.ToString()));
    public void Written(int events, TimeSpan took)
    {
        _written.Add(events);
        _writeSeconds.Record(took.TotalSeconds);
    }
    public void Dropped(string reason, long events) => _dropped.Add(events, new KeyValuePair<string, object?>("reason", reason));
    public void Spooled(int events) => _spooled.Add(events);
    public void Deferred(int events) => _deferred.Add(events);
    public void Failed() => _failures.Add(1);
    /// <summary>Watches a level such as the length of the queue.</summary>
    public void Watch(string name, string unit, string description, Func<long> level) =>
        _meter.CreateObservableGauge(name, level, unit, description);
}
