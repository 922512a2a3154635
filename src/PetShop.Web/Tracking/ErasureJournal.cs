using System.Globalization;
using Microsoft.Extensions.Options;
using PetShop.Web.Database;

namespace PetShop.Web.Tracking;

/// <summary>Who was erased, as a hash of the id from which the id cannot be found.</summary>
/// <param name="WholePerson">Orders and receipts too, and not only what a browser left.</param>
public sealed record ErasureMark(string SubjectHash, DateTimeOffset ErasedAt, bool WholePerson);

/// <summary>The second copy of <c>erasures</c>, outside the database: a file that is only ever added to, so that a restored backup brings nobody back.</summary>
/// <remarks>One line an erasure: hash, time, reach. Every process adds to a file of its own, and all files of the folder are read, so replicas may share it.</remarks>
public sealed partial class ErasureJournal
{
    private const string Prefix = "erasures-";
    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly string _path;
    private readonly ILogger<ErasureJournal> _logger;

    public ErasureJournal(IHostEnvironment environment, IOptions<TrackingOptions> options, ILogger<ErasureJournal> logger)
    {
        _folder = (options.Value.ErasureFolder ?? options.Value.SpoolFolder) is { } set
            ? Path.Combine(environment.ContentRootPath, set)
            : Path.Combine(ShopDatabase.DataFolder(environment), "spool");
        _path = Path.Combine(_folder, $"{Prefix}{Environment.MachineName.ToLowerInvariant()}-{Environment.ProcessId}.log");
        _logger = logger;
    }

    /// <summary>Adds marks and waits for the disk. A disk that is full does not undo an erasure: the next start adds what is missing.</summary>
    public void Append(IReadOnlyCollection<ErasureMark> marks)
    {
        if (marks.Count == 0)
            return;
        lock (_lock)
        {
            try
            {
                Directory.CreateDirectory(_folder);
                using var file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
                using var writer = new StreamWriter(file);
                foreach (var mark in marks)
                    writer.Write(string.Create(CultureInfo.InvariantCulture, $"{mark.SubjectHash} {mark.ErasedAt.UtcDateTime:O} {(mark.WholePerson ? "person" : "browser")}\n"));
                writer.Flush();
                file.Flush(flushToDisk: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogNotKept(_folder, e.Message);
            }
        }
    }

    /// <summary>Every mark in the folder, the furthest-reaching of each hash; damaged lines are left out.</summary>
    public IReadOnlyDictionary<string, ErasureMark> Read()
    {
        var marks = new Dictionary<string, ErasureMark>(StringComparer.Ordinal);
        if (!Directory.Exists(_folder))
            return marks;
        foreach (var path in Directory.EnumerateFiles(_folder, Prefix + "*.log"))
        {
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            while (reader.ReadLine() is { } line)
            {
                if (Parse(line) is { } mark && (!marks.TryGetValue(mark.SubjectHash, out var known) || (mark.WholePerson && !known.WholePerson)))
                    marks[mark.SubjectHash] = mark;
            }
        }
        return marks;
    }

    private static ErasureMark? Parse(string line) =>
        line.Split(' ') is [{ Length: 64 } hash, var at, "person" or "browser"]
        && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var erasedAt)
            ? new(hash, erasedAt, line.EndsWith("person", StringComparison.Ordinal))
            : null;

    [LoggerMessage(LogLevel.Error, "An erasure could not be noted in {Folder}; the next start tries again: {Problem}")]
    private partial void LogNotKept(string folder, string problem);
}
