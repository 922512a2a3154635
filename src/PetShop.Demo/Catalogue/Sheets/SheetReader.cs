using System.Globalization;
using System.Text.RegularExpressions;

namespace PetShop.Demo.Catalogue.Sheets;

/// <summary>Reads the product sheets: a line for each product under a heading for each leaf category.</summary>
/// <remarks>
/// <para><c># leaf | species+species | illustration | attributes</c> is the heading; its attributes hold for every line below it.</para>
/// <para><c>Name | brand | packs | attributes | short text | ingredients (food) or a second text (anything else)</c> is a product. The part between
/// brand and text may be one or two columns. Packs are read by <see cref="PackReader"/>.</para>
/// <para>Attributes: <c>food</c>, <c>complete</c>, <c>complementary</c>, <c>medicine</c>, <c>device</c> (no medicine though its shelf is), <c>372kcal</c>, <c>key:illustration</c>, <c>for:species+species</c>,
/// <c>~season</c>, a life stage, a dog size, or a diet tag.</para>
/// </remarks>
internal static partial class SheetReader
{
    private static readonly HashSet<string> Stages = ["puppy", "kitten", "junior", "adult", "senior"];
    private static readonly HashSet<string> DogSizes = ["toy", "small", "medium", "large", "giant"];
    private static readonly HashSet<string> SeasonNames = ["spring", "summer", "autumn", "winter"];

    public static IEnumerable<Draft> Read(string sheet)
    {
        Draft? heading = null;
        foreach (var line in sheet.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var cells = line.TrimStart('#').Split('|', StringSplitOptions.TrimEntries);
            if (line.StartsWith('#'))
                heading = Heading(cells);
            else
                yield return Row(heading ?? throw Broken(line, "it stands before the first heading"), cells, line);
        }
    }

    private static Draft Heading(string[] cells)
    {
        var draft = new Draft { Category = cells[0], Species = cells[1].Split('+'), Illustration = cells[2] };
        Apply(draft, cells.Length > 3 ? cells[3] : "", cells[0]);
        return draft;
    }

    private static Draft Row(Draft heading, string[] cells, string line)
    {
        if (cells.Length is not (5 or 6))
            throw Broken(line, $"it has {cells.Length} cells where 5 or 6 are needed");
        var hasAttributes = cells.Length == 6;
        var draft = heading.Copy();
        draft.Name = cells[0];
        draft.Brand = cells[1];
        draft.Packs = cells[2];
        draft.Short = cells[hasAttributes ? 4 : 3];
        draft.Detail = cells[^1];
        // A line that names its own ages or seasons means those instead of the heading's.
        var attributes = hasAttributes ? cells[3] : "";
        var own = attributes.Split(' ');
        if (own.Any(Stages.Contains))
            draft.Stages.Clear();
        if (own.Any(word => word.StartsWith('~')))
            draft.Seasons.Clear();
        if (own.Contains("complementary"))
            draft.Ration = Ration.Complementary;
        Apply(draft, attributes, line);
        return draft;
    }

    private static void Apply(Draft draft, string attributes, string line)
    {
        foreach (var word in attributes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word == "food") draft.IsFood = true;
            else if (word == "medicine") draft.IsMedicine = true;
            else if (word == "device") draft.IsMedicine = false;
            else if (word == "complete") draft.Ration = Ration.Complete;
            else if (word == "complementary") draft.Ration = Ration.Complementary;
            else if (Energy().Match(word) is { Success: true } energy) draft.Kcal = int.Parse(energy.Groups[1].Value, CultureInfo.InvariantCulture);
            else if (word.StartsWith("key:", StringComparison.Ordinal)) draft.Illustration = word[4..];
            else if (word.StartsWith("for:", StringComparison.Ordinal)) draft.Species = word[4..].Split('+');
            else if (word.StartsWith('~') && SeasonNames.Contains(word[1..])) draft.Seasons.Add(word[1..]);
            else if (Stages.Contains(word)) draft.Stages.Add(word);
            else if (DogSizes.Contains(word)) draft.Sizes.Add(word);
            else if (DietTags.All.Contains(word)) draft.Diets.Add(word);
            else throw Broken(line, $"'{word}' is no known attribute");
        }
    }

    private static FormatException Broken(string line, string reason) =>
        new($"The product line '{line}' cannot be read: {reason}.");

    [GeneratedRegex(@"^(\d+)kcal$")]
    private static partial Regex Energy();
}
