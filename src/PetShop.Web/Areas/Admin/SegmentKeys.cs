using PetShop.Web.Importing;

namespace PetShop.Web.Areas.Admin;

/// <summary>Proposes the keys of new segments, so that nobody has to invent one; the editor's script does the same while a name is typed.</summary>
public static class SegmentKeys
{
    // Room for a number behind it.
    private const int Longest = 50;

    /// <summary>The name in small letters, digits and dashes, with a number where that is taken.</summary>
    public static string Free(string name, IEnumerable<string> taken)
    {
        var words = name.Any(char.IsAsciiLetterOrDigit) ? Slug.Of(string.Concat(name.Select(Plain))) : "segment";
        var key = words.Length > Longest ? words[..Longest].TrimEnd('-') : words;
        var keys = taken.ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, keys.Count + 1).Select(n => n == 1 ? key : $"{key}-{n}").First(k => !keys.Contains(k));
    }

    // Letters that are no other letter with a mark.
    private static string Plain(char letter) => char.ToLowerInvariant(letter) switch { 'ß' => "ss", 'æ' => "ae", 'œ' => "oe", 'ø' => "o", 'ł' => "l", _ => $"{letter}" };
}
