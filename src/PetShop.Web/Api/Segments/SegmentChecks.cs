using System.Text.Json;
using System.Text.RegularExpressions;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Api.Segments;

/// <summary>Finds everything that is wrong with a segment at once.</summary>
public static partial class SegmentChecks
{
    private const int LongestName = 80;
    private const int LongestKey = 60;
    private const int LongestDescription = 500;
    private const int LongestOwner = 120;
    private const int LongestPurpose = 200;

    /// <param name="key">The segment's.</param>
    /// <param name="references">What the rule may name.</param>
    public static IReadOnlyList<Fault> Faults(string key, SegmentEdit edit, RuleReferences references, out Rule? rule)
    {
        var faults = new List<Fault>();
        if (key.Length > LongestKey || !Key().IsMatch(key))
            faults.Add(new("$.key", $"'{key}' is no key.", $"Use small letters, digits and single dashes, at most {LongestKey}, such as puppy-owners."));
        if (!Phrases.IsName(edit.Name) || edit.Name.Length > LongestName)
            faults.Add(new("$.name", "The name is missing, too long, or cannot be seen.", $"Give it 1 to {LongestName} letters."));
        foreach (var (place, text, longest) in new[] { ("description", edit.Description, LongestDescription), ("owner", edit.Owner, LongestOwner), ("purpose", edit.Purpose, LongestPurpose) })
            if (text?.Length > longest || text?.Contains('\0', StringComparison.Ordinal) == true)
                faults.Add(new("$." + place, $"The {place} is too long or holds a zero character.", $"Keep it under {longest} letters."));
        if (edit.EndsAt <= edit.StartsAt)
            faults.Add(new("$.endsAt", "It ends before it starts.", "Put the end after the start, or leave one of them out."));
        faults.AddRange(RuleFaults(edit.Rule, key, references, out rule));
        return faults;
    }

    /// <summary>What is wrong with a rule that stands in the body as "rule".</summary>
    /// <param name="key">The segment it belongs to; null for none yet.</param>
    public static IReadOnlyList<Fault> RuleFaults(JsonElement json, string? key, RuleReferences references, out Rule? rule)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            rule = null;
            return [new("$.rule", "The rule is no JSON object.", "Write it as {\"v\":1, ...}; /api/docs shows one, /schemas/segment-rule.v1.json describes it.")];
        }
        if (!RuleJson.TryParse(json.GetRawText(), out rule, out var errors))
            return [.. errors.Select(e => Fault.Of(e, "$.rule"))];
        return [.. references.Faults(json.GetRawText(), key).Select(e => Fault.Of(e, "$.rule"))];
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Key();
}
