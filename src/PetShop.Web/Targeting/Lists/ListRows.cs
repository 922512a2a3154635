using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace PetShop.Web.Targeting.Lists;

/// <summary>One row of what was uploaded: whom it names, by id or else by e-mail address.</summary>
/// <param name="Number">From 1, as a text editor counts.</param>
/// <param name="Shown">What stands there, cut short.</param>
public sealed record ListRow(int Number, string Shown, Guid? Id, string? Email)
{
    public bool NamesSomebody => Id is not null || Email is not null;
}

/// <summary>Reads shopper ids and e-mail addresses out of a pasted text or a table of any columns.</summary>
public static class ListRows
{
    public const int Most = 200_000;
    private const int LongestShown = 80;
    private static readonly string[] Headings = ["id", "shopper", "shopper_id", "shopper id", "email", "e-mail", "mail", "email address", "e-mail address"];

    /// <returns>A row for each line that says something; a line of headings is none.</returns>
    /// <exception cref="InvalidDataException">There are more rows than a list may hold.</exception>
    public static IReadOnlyList<ListRow> Read(TextReader text)
    {
        var all = text.ReadToEnd();
        using var csv = new CsvReader(new StringReader(all), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            HasHeaderRecord = false, BadDataFound = null, MissingFieldFound = null, TrimOptions = TrimOptions.Trim, Delimiter = Delimiter(all),
        });
        var rows = new List<ListRow>();
        while (csv.Read())
        {
            var cells = csv.Parser.Record ?? [];
            if (cells.All(string.IsNullOrWhiteSpace) || (rows.Count == 0 && IsHeading(cells)))
                continue;
            if (rows.Count == Most)
                throw new InvalidDataException($"A list holds at most {Most:#,0} rows. Split it, or say who is meant by a rule.");
            rows.Add(Row(csv.Parser.RawRow, cells));
        }
        return rows;
    }

    // Whichever stands most often in the beginning.
    private static string Delimiter(string text)
    {
        var head = text.AsSpan(0, Math.Min(text.Length, 4000));
        var (commas, semicolons, tabs) = (head.Count(','), head.Count(';'), head.Count('\t'));
        return tabs > 0 && tabs >= Math.Max(commas, semicolons) ? "\t" : semicolons > commas ? ";" : ",";
    }

    private static bool IsHeading(string[] cells) => cells.Any(c => Headings.Contains(c.Trim('\uFEFF', ' '), StringComparer.OrdinalIgnoreCase)) && !cells.Any(c => c.Contains('@', StringComparison.Ordinal));

    private static ListRow Row(int number, string[] cells)
    {
        Guid? id = null;
        string? email = null;
        foreach (var cell in cells.Select(c => c.Trim('\uFEFF', ' ', '<', '>')))
            if (Guid.TryParse(cell, out var named))
                id ??= named;
            else if (cell.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < cell.Length - 1 && cell.Length <= 256 && !cell.Contains(' ', StringComparison.Ordinal))
                email ??= cell;
        var shown = id?.ToString() ?? email ?? string.Join(", ", cells);
        return new(number, shown.Length > LongestShown ? shown[..LongestShown] + "…" : shown, id, email);
    }
}
