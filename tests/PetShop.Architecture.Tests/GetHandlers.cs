using System.Text.RegularExpressions;

namespace PetShop.Architecture.Tests;

/// <summary>Finds what a GET runs of a page model: its OnGet handlers and whatever of the same class they reach, directly or through one another.</summary>
internal static partial class GetHandlers
{
    /// <summary>The text with every other member blanked, so that line numbers stay.</summary>
    public static string In(string text)
    {
        var members = Members(text);
        var reached = new HashSet<int>(Enumerable.Range(0, members.Count).Where(i => members[i].Name.StartsWith("OnGet", StringComparison.Ordinal)));
        var open = new Queue<int>(reached);
        while (open.TryDequeue(out var from))
            for (var to = 0; to < members.Count; to++)
                if (Regex.IsMatch(members[from].Body, $@"(?<!\.)\b{Regex.Escape(members[to].Name)}\b") && reached.Add(to))
                    open.Enqueue(to);
        return string.Concat(members.Select((m, i) => reached.Contains(i) ? m.Body : NotALine().Replace(m.Body, " ")));
    }

    // A member of the page model begins where a line has four blanks before its first word; what stands before the first has no name.
    private static List<(string Name, string Body)> Members(string text)
    {
        int[] starts = [0, .. Beginning().Matches(text).Select(m => m.Index), text.Length];
        return [.. starts.Zip(starts.Skip(1), (from, to) => text[from..to]).Select((body, i) => (i == 0 ? "(head)" : NameOf(body), body))];
    }

    private static string NameOf(string body) => Name().Match(body) is { Success: true } name ? name.Groups[1].Value : "(unnamed)";

    [GeneratedRegex(@"^    (?:public|private|protected|internal)\b", RegexOptions.Multiline)] private static partial Regex Beginning();

    // The last word before the parameters, the accessors, the value or the end.
    [GeneratedRegex(@"(\w+)\s*(?:\(|\{|=|;)")] private static partial Regex Name();

    [GeneratedRegex(@"[^\n]")] private static partial Regex NotALine();
}
