using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using PetShop.Data.Events;

namespace PetShop.Web.Tracking;

/// <summary>One spool file, held by this process alone while it is replayed.</summary>
internal sealed class SpoolFile : IDisposable
{
    private readonly FileStream _stream;

    private SpoolFile(FileStream stream) => _stream = stream;

    public string Name => Path.GetFileName(_stream.Name);
    /// <summary>Lines that were no event: the torn last line of a process that was killed.</summary>
    public int Damaged { get; private set; }

    /// <summary>Opens the file for this process; null when another one holds or has just deleted it.</summary>
    public static SpoolFile? TryClaim(string path)
    {
        try
        {
            return new(new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The events in the order they were written, in batches.</summary>
    public async IAsyncEnumerable<List<ShopEvent>> ReadAsync(int batchSize, [EnumeratorCancellation] CancellationToken cancel)
    {
        _stream.Position = 0;
        Damaged = 0;
        using var reader = new StreamReader(_stream, leaveOpen: true);
        List<ShopEvent> batch = [];
        while (await reader.ReadLineAsync(cancel) is { } line)
        {
            if (Parse(line) is not { } shopEvent)
            {
                Damaged++;
                continue;
            }
            batch.Add(shopEvent);
            if (batch.Count < batchSize)
                continue;
            yield return batch;
            batch = [];
        }
        if (batch.Count > 0)
            yield return batch;
    }

    /// <summary>Empties and removes the file; only once all of it is committed.</summary>
    public void Delete()
    {
        _stream.SetLength(0);
        File.Delete(_stream.Name);
    }

    public void Dispose() => _stream.Dispose();

    private static ShopEvent? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, EventJson.Default.ShopEvent) is { } read && read.Id != default && read.VisitorId != default ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>How events stand in a spool file.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ShopEvent))]
internal sealed partial class EventJson : JsonSerializerContext;
