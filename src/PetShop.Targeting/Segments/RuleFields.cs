using System.Text;
using System.Text.Json;

namespace PetShop.Targeting.Segments;

/// <summary>Reads single fields of a rule and notes their faults.</summary>
internal sealed class RuleFields(List<RuleError> errors)
{
    public Rule? Fail(string path, string cause, string mend) => Fail<Rule>(path, cause, mend);

    public T? Fail<T>(string path, string cause, string mend)
        where T : class
    {
        errors.Add(new(path, cause, mend));
        return null;
    }

    public bool Only(JsonElement json, string path, ReadOnlySpan<string> allowed)
    {
        foreach (var field in json.EnumerateObject())
        {
            if (allowed.Contains(field.Name))
                continue;
            var nearest = RuleNames.Nearest(field.Name, allowed.ToArray());
            Fail($"{path}.{field.Name}", $"\"{field.Name}\" is not known here.", nearest is null ? $"The names here are {string.Join(", ", allowed.ToArray())}." : $"Did you mean \"{nearest}\"?");
            return false;
        }
        return true;
    }

    /// <summary>A text, trimmed and composed (NFC), as texts are when facts are written.</summary>
    public string? Text(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.String)
            return Fail<string>(path, "A text is expected.", "Write it in quotes.");
        try
        {
            var text = json.GetString()!.Trim().Normalize(NormalizationForm.FormC);
            if (text.Length is > 0 and <= 200 && !text.Contains('\0'))
                return text;
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            errors.Add(RuleJson.Halved(path));
            return null;
        }
        return Fail<string>(path, "The text is empty, too long or holds a zero character.", "Write 1 to 200 characters.");
    }

    public long? Whole(JsonElement json, string path, string unit)
    {
        if (json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out var number))
            return number;
        Fail(path, "A whole number is expected.", unit == FigureWords.Money ? "Write money in the smallest unit of the currency, such as cents, without quotes." : unit == FigureWords.Share ? "Write a whole number of permille, without quotes: 70 % is 700." : unit == FigureWords.Weight ? "Write a whole number of grams, without quotes: 25 kg is 25000." : unit.Length > 0 ? $"Write a whole number of {unit}, without quotes." : "Write it without quotes or decimals.");
        return null;
    }

    public T? Name<T>(JsonElement json, string path, IReadOnlyDictionary<string, T> known, IReadOnlyDictionary<string, T>? aliases = null)
        where T : struct
    {
        if (Text(json, path) is not { } name)
            return null;
        if (known.TryGetValue(name, out var found) || aliases?.TryGetValue(name, out found) == true)
            return found;
        Unknown(path, name, known.Keys);
        return null;
    }

    public void Unknown(string path, string name, IEnumerable<string> known) =>
        Fail(path, $"\"{name}\" is not known here.",
            RuleNames.Nearest(name, known) is { } nearest ? $"Did you mean \"{nearest}\"?" : $"Choose one of {string.Join(", ", known)}.");

    public Window? Window(JsonElement parent, string path, string field)
    {
        if (!parent.TryGetProperty(field, out var json))
            return null;
        path = $"{path}.{field}";
        if (json.ValueKind != JsonValueKind.Object)
            return Fail<Window>(path, "A stretch of time is an object.", "Write {\"last\":30,\"unit\":\"day\"}.");
        if (!Only(json, path, ["last", "unit"]))
            return null;
        if (!json.TryGetProperty("unit", out var unitJson) || Name(unitJson, $"{path}.unit", RuleNames.Units) is not { } unit)
            return unitJson.ValueKind == JsonValueKind.Undefined ? Fail<Window>(path, "The unit is missing.", "Add \"unit\":\"day\"; the others are hour, calendar_day and month.") : null;
        if (json.TryGetProperty("last", out var last) && last.ValueKind == JsonValueKind.Number && last.TryGetInt32(out var length)
            && Segments.Window.IsLength(length, unit))
            return new Window(length, unit);
        return Fail<Window>($"{path}.last", "The length is no whole number between 1 and ten years.", "Write \"last\":30.");
    }
}
