using System.Collections.Concurrent;
using System.Diagnostics;

namespace PetShop.TestHost;

/// <summary>Counts the round trips to PostgreSQL that single requests cause; what runs in the background at the same time is told apart by the trace.</summary>
public sealed class SqlCounter : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly ConcurrentDictionary<ActivityTraceId, ConcurrentQueue<string>> _statements = new();

    public SqlCounter()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Take,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Gets a page and returns the statements its request sent, in order; a batch counts once.</summary>
    public async Task<IReadOnlyList<string>> GetAsync(TestVisitor visitor, string path)
    {
        var trace = ActivityTraceId.CreateRandom();
        _statements[trace] = new();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        using var response = await visitor.Client.SendAsync(request);
        response.EnsureSuccess();
        await response.Content.ReadAsByteArrayAsync();
        return [.. _statements[trace]];
    }

    private void Take(Activity activity)
    {
        if (activity.Source.Name == "Npgsql" && _statements.TryGetValue(activity.TraceId, out var statements)
            && (activity.GetTagItem("db.statement") ?? activity.GetTagItem("db.query.text")) is string text)
            statements.Enqueue(text);
    }

    public void Dispose() => _listener.Dispose();
}
