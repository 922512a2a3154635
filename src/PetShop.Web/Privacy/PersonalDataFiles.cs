using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using CsvHelper;

namespace PetShop.Web.Privacy;

/// <summary>Writes gathered personal data as one JSON file, or as a zip of CSV files.</summary>
public static class PersonalDataFiles
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>An object with the time, and an array for each section.</summary>
    public static byte[] Json(IReadOnlyList<(string Name, IReadOnlyList<PersonalDataRow> Rows)> sections, DateTimeOffset at)
    {
        var document = new Dictionary<string, object> { ["exported_at"] = at };
        foreach (var (name, rows) in sections)
            document[name] = rows;
        return JsonSerializer.SerializeToUtf8Bytes(document, Indented);
    }

    /// <summary>One UTF-8 file a section, with a line of column names; lists within a value are joined by semicolons.</summary>
    public static byte[] CsvZip(IReadOnlyList<(string Name, IReadOnlyList<PersonalDataRow> Rows)> sections)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, rows) in sections)
            {
                using var entry = new StreamWriter(archive.CreateEntry($"{name}.csv").Open());
                WriteCsv(entry, rows);
            }
        }
        return zip.ToArray();
    }

    private static void WriteCsv(TextWriter writer, IReadOnlyList<PersonalDataRow> rows)
    {
        using var csv = new CsvWriter(writer, new CsvHelper.Configuration.CsvConfiguration(CultureInfo.InvariantCulture)
        {
            // A review that begins with "=" must not become a formula where the file is opened.
            InjectionOptions = CsvHelper.Configuration.InjectionOptions.Escape,
        });
        if (rows.Count == 0)
            return;
        foreach (var column in rows[0].Keys)
            csv.WriteField(column);
        csv.NextRecord();
        foreach (var row in rows)
        {
            foreach (var value in row.Values)
                csv.WriteField(Text(value));
            csv.NextRecord();
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        Array list => string.Join("; ", list.Cast<object?>().Select(Text)),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
