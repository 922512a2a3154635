namespace PetShop.Targeting.Segments;

/// <summary>The values of one statement, each given once.</summary>
internal sealed class SqlParameters
{
    private readonly List<object> _values = [];
    private readonly Dictionary<object, int> _known = [];

    public IReadOnlyList<object> Values => _values;

    /// <summary>The cast fixes the type wherever a value is used again.</summary>
    public string Add(object value, string type)
    {
        // Two lists of the same words are one value, and a condition that is written the same is answered once.
        object known = value is string[] texts ? (type, string.Join('\n', texts)) : value;
        if (!_known.TryGetValue(known, out var place))
        {
            _values.Add(value);
            _known.Add(known, place = _values.Count);
        }
        return $"${place}::{type}";
    }

    public string Text(string text) => Add(text, "text");
    public string Number(long number) => Add(number, "bigint");
    public string Time(DateTimeOffset at) => Add(at.UtcDateTime, "timestamptz");
    public string Date(DateOnly day) => Add(day, "date");
}
