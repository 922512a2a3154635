using System.Globalization;
using System.IO.Compression;
using CsvHelper;
using CsvHelper.Configuration;

namespace PetShop.Web.Importing;

/// <summary>A CSV file (plain or gzip) read by our column names through a mapping.</summary>
public sealed class ImportFile : IDisposable
{
    private readonly FileStream _file;
    private readonly CsvReader _csv;
    private readonly Dictionary<string, int> _positions = [];
    private readonly IReadOnlyDictionary<string, string> _defaults;

    /// <exception cref="InvalidOperationException">A required column is missing; the message names it and what the file has.</exception>
    public ImportFile(string path, IReadOnlyList<ImportColumn> columns, IReadOnlyDictionary<string, string> names, IReadOnlyDictionary<string, string> defaults)
    {
        _file = File.OpenRead(path);
        _defaults = defaults;
        Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(_file, CompressionMode.Decompress) : _file;
        _csv = new CsvReader(new StreamReader(stream), new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null, MissingFieldFound = null, TrimOptions = TrimOptions.Trim });
        if (!_csv.Read() || !_csv.ReadHeader())
            throw new InvalidOperationException($"{path} is empty; its first line must name the columns.");
        var header = _csv.HeaderRecord!;
        foreach (var column in columns)
        {
            var name = names.GetValueOrDefault(column.Name, column.Name);
            var position = Array.FindIndex(header, h => h.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (position >= 0)
                _positions[column.Name] = position;
            else if (names.ContainsKey(column.Name) || (column.IsRequired && !defaults.ContainsKey(column.Name)))
                throw new InvalidOperationException(
                    $"{path} has no column '{name}' for {column.Name} ({column.Meaning}). It has: {string.Join(", ", header)}. Name the right one with --mapping.");
        }
    }

    /// <summary>Line of the current row, the header being 1.</summary>
    public int Line => _csv.Parser.RawRow;

    /// <summary>How much of the file has been read, 0 to 1.</summary>
    public double Progress => _file.Length == 0 ? 1 : (double)_file.Position / _file.Length;

    /// <summary>The current row as it stands in the file.</summary>
    public string RawText => _csv.Parser.RawRecord.TrimEnd('\r', '\n');

    public bool Read() => _csv.Read();

    /// <summary>Whether the file itself has our column; a default does not make one.</summary>
    public bool Has(string column) => _positions.ContainsKey(column);

    /// <summary>The value of our column in this row, its default, or an empty string.</summary>
    public string this[string column]
    {
        get
        {
            var value = _positions.TryGetValue(column, out var position) ? _csv.GetField(position) : null;
            return string.IsNullOrWhiteSpace(value) ? _defaults.GetValueOrDefault(column, "") : value;
        }
    }

    public void Dispose()
    {
        _csv.Dispose();
        _file.Dispose();
    }
}
