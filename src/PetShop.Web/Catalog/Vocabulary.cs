using System.Collections.Frozen;

namespace PetShop.Web.Catalog;

/// <summary>The words of the catalogue, to put typing errors right.</summary>
public sealed class Vocabulary(FrozenDictionary<string, int> uses)
{
    private readonly FrozenDictionary<int, string[]> _byLength = uses.Keys.GroupBy(w => w.Length).ToFrozenDictionary(g => g.Key, g => g.ToArray());

    public static Vocabulary Empty { get; } = new(FrozenDictionary<string, int>.Empty);

    public static Vocabulary Of(IEnumerable<string> texts)
    {
        var uses = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in texts)
            foreach (var word in Split(text))
                uses[word] = uses.GetValueOrDefault(word) + 1;
        return new(uses.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>Lower-case words of letters and digits.</summary>
    public static IEnumerable<string> Split(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && char.IsLetterOrDigit(text[i]);
            if (inside && start < 0)
                start = i;
            else if (!inside && start >= 0)
            {
                yield return text[start..i].ToLowerInvariant();
                start = -1;
            }
        }
    }

    /// <summary>The query with unknown words replaced by their nearest known ones; null when nothing better is known.</summary>
    public string? Correct(string query)
    {
        var words = Split(query).Take(8).ToList();
        var better = words.Select(w => uses.ContainsKey(w) || w.Length < 3 ? w : Nearest(w) ?? w).ToList();
        return better.SequenceEqual(words) ? null : string.Join(' ', better);
    }

    /// <summary>The most used word within one typing error, or two from seven letters on.</summary>
    private string? Nearest(string word)
    {
        var allowed = word.Length < 7 ? 1 : 2;
        (string Word, int Distance, int Uses)? best = null;
        for (var length = word.Length - allowed; length <= word.Length + allowed; length++)
        {
            if (!_byLength.TryGetValue(length, out var candidates))
                continue;
            foreach (var candidate in candidates)
            {
                var distance = Distance(word, candidate, best?.Distance ?? allowed);
                if (distance <= allowed && (best is null || distance < best.Value.Distance || (distance == best.Value.Distance && uses[candidate] > best.Value.Uses)))
                    best = (candidate, distance, uses[candidate]);
            }
        }
        return best?.Word;
    }

    /// <summary>Typing errors between two words: letters added, lost, changed, or two neighbours swapped (optimal string alignment).</summary>
    /// <returns>More than <paramref name="limit"/> as soon as that is certain.</returns>
    public static int Distance(string a, string b, int limit)
    {
        Span<int> before = stackalloc int[b.Length + 1], previous = stackalloc int[b.Length + 1], row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var least = row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], previous[j]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                least = Math.Min(least, row[j]);
            }
            if (least > limit)
                return least;
            var swap = before;
            before = previous;
            previous = row;
            row = swap;
        }
        return previous[b.Length];
    }
}
