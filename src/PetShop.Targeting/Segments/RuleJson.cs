using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace PetShop.Targeting.Segments;

/// <summary>One fault in a rule: where it stands (a JSON path), what is wrong and how to mend it.</summary>
public sealed record RuleError(string Path, string Cause, string Mend)
{
    public override string ToString() => $"At {Path}: {Cause} {Mend}";
}

/// <summary>A rule that cannot be read.</summary>
public sealed class RuleFormatException(IReadOnlyList<RuleError> errors) : FormatException(string.Join('\n', errors))
{
    public IReadOnlyList<RuleError> Errors => errors;
}

/// <summary>Reads and writes rules as JSON, version 1.</summary>
public static class RuleJson
{
    public const int Version = 1;

    /// <summary>How deep nodes may nest.</summary>
    public const int MaxDepth = 12;

    /// <summary>How many nodes one rule may hold.</summary>
    public const int MaxNodes = 200;

    /// <summary>How many values an "in" may hold; a list of shoppers may hold ten times as many.</summary>
    public const int MaxValues = 1000;

    /// <summary>How long the text may be, in characters.</summary>
    public const int MaxLength = 500_000;

    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    /// <exception cref="RuleFormatException">The text is not a rule; the exception lists every fault found.</exception>
    public static Rule Parse(string json) => TryParse(json, out var rule, out var errors) ? rule! : throw new RuleFormatException(errors);

    public static bool TryParse(string json, out Rule? rule, out IReadOnlyList<RuleError> errors)
    {
        rule = null;
        if (json.Length > MaxLength)
        {
            errors = [new("$", $"The rule is {json.Length} characters long.", $"Keep it under {MaxLength}; put long lists of shoppers into segments of their own.")];
            return false;
        }
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 64 });
            var parser = new RuleParser();
            rule = parser.Root(document.RootElement);
            errors = parser.Errors;
            // Values were read at their places; names that no field asks for are seen here.
            if (errors.Count == 0 && !IsWhole(json))
                errors = [Halved("$")];
        }
        catch (InvalidOperationException) when (!IsWhole(json))
        {
            errors = [Halved("$")];
        }
        catch (JsonException fault)
        {
            errors = [new(fault.Path ?? "$", $"This is not JSON: {fault.Message}", "Check quotes, commas, brackets and repeated names near that place.")];
        }
        if (errors.Count > 0)
            rule = null;
        return rule is not null;
    }

    /// <summary>What is said of a text that is not whole.</summary>
    public static RuleError Halved(string path) => new(path, "A text holds half a character (a lone \\uD800 to \\uDFFF).", "Write the character itself, or both of its halves.");

    /// <summary>Whether no escape in the text stands for half a character, which nothing can read.</summary>
    public static bool IsWhole(string json)
    {
        for (var i = 0; (i = json.IndexOf('\\', i)) >= 0; i += 2)
        {
            var unit = Escaped(json, i);
            if (unit is null || !char.IsSurrogate(unit.Value))
                continue;
            if (!char.IsHighSurrogate(unit.Value) || Escaped(json, i + 6) is not { } low || !char.IsLowSurrogate(low))
                return false;
            i += 10;
        }
        return true;
    }

    private static char? Escaped(string json, int at) => at + 6 <= json.Length && json[at] == '\\' && json[at + 1] == 'u'
        && ushort.TryParse(json.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) ? (char)unit : null;

    public static string Write(Rule rule, bool indented = false)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = indented, Encoder = indented ? JavaScriptEncoder.UnsafeRelaxedJsonEscaping : Encoder }))
            RuleWriter.Document(writer, rule);
        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
