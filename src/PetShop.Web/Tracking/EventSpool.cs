using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data.Events;
using PetShop.Web.Database;

namespace PetShop.Web.Tracking;

/// <summary>Append-only files that hold events while PostgreSQL is away: one file a process, one JSON object a line.</summary>
/// <remarks>
/// A process keeps its file locked; a file that nobody holds was left by a process that died, and whoever finds it replays it.
/// Replaying is idempotent, so a crash between the commit and the deletion of a file doubles nothing.
/// </remarks>
public sealed class EventSpool : IDisposable
{
    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly string _prefix;
    private readonly long _limit;
    private readonly TrackingMetrics _metrics;
    private FileStream? _file;

    public EventSpool(NpgsqlDataSource source, IHostEnvironment environment, TrackingMetrics metrics, IOptions<TrackingOptions> options)
    {
        _folder = options.Value.SpoolFolder is { } set
            ? Path.Combine(environment.ContentRootPath, set)
            : Path.Combine(ShopDatabase.DataFolder(environment), "spool");
        // Events of one database never reach another that shares the folder.
        var database = new NpgsqlConnectionStringBuilder(source.ConnectionString).Database ?? "";
        _prefix = $"events-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(database)).AsSpan(0, 6))}-";
        _limit = options.Value.SpoolLimit * 1_048_576L;
        _metrics = metrics;
    }

    /// <summary>Bytes in this process's file.</summary>
    public long Length
    {
        get
        {
            lock (_lock)
                return _file?.Length ?? 0;
        }
    }

    /// <summary>Writes events to the file and hands them to the operating system.</summary>
    /// <param name="durable">Also waits for the disk.</param>
    /// <returns>False when the file is at its limit or cannot be written.</returns>
    public bool Append(IReadOnlyCollection<ShopEvent> events, bool durable = false)
    {
        using var lines = new MemoryStream();
        foreach (var shopEvent in events)
        {
            JsonSerializer.Serialize(lines, shopEvent, EventJson.Default.ShopEvent);
            lines.WriteByte((byte)'\n');
        }
        lock (_lock)
        {
            if (!TryOpen() || _file!.Length + lines.Length > _limit)
                return false;
            try
            {
                lines.Position = 0;
                lines.CopyTo(_file);
                _file.Flush(flushToDisk: durable);
            }
            catch (IOException)
            {
                return false;
            }
        }
        _metrics.Spooled(events.Count);
        return true;
    }

    /// <summary>Ends this process's file, so that later events begin another, and claims every file that no living process holds.</summary>
    internal List<SpoolFile> TakeFiles()
    {
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
        }
        if (!Directory.Exists(_folder))
            return [];
        List<SpoolFile> files = [];
        foreach (var path in Directory.EnumerateFiles(_folder, _prefix + "*.jsonl").Order(StringComparer.Ordinal))
        {
            if (SpoolFile.TryClaim(path) is { } file)
                files.Add(file);
        }
        return files;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private bool TryOpen()
    {
        try
        {
            if (_file is null)
            {
                Directory.CreateDirectory(_folder);
                _file = new(Path.Combine(_folder, $"{_prefix}{Guid.CreateVersion7():N}.jsonl"), FileMode.CreateNew, FileAccess.Write, FileShare.None);
            }
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
