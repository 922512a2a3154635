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
        if (!_known.TryGetValue(value, out var place))
        {
            _values.Add(value);
            _known.Add(value, place = _values.Count);
        }
        return $"${place}::{type}";
    }

    public string Text(string text) => Add(text, "text");
    public string Number(long number) => Add(number, "bigint");
    public string Time(DateTimeOffset at) => Add(at.UtcDateTime, "timestamptz");
    public string Date(DateOnly day) => Add(day, "date");
}
