namespace PetShop.Targeting.Segments;

/// <summary>What people call the things that rules name by their keys; where no name is known, the key is said.</summary>
public sealed record SpokenNames
{
    public static SpokenNames None { get; } = new();

    public IReadOnlyDictionary<string, string> Segments { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> Lists { get; init; } = new Dictionary<string, string>();

    /// <summary>Departments among them.</summary>
    public IReadOnlyDictionary<string, string> Categories { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> Brands { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Breeds { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> Countries { get; init; } = new Dictionary<string, string>();

    /// <summary>A segment in a sentence: its name in quotation marks, or its key without.</summary>
    public string Segment(string key) => Quoted(Segments, key);

    /// <summary>A list in a sentence, likewise.</summary>
    public string List(string key) => Quoted(Lists, key);

    /// <summary>A value of a trait, by its name where it is a key.</summary>
    public string Value(Trait trait, string key) => trait.Names switch
    {
        TraitNames.Category or TraitNames.Department => Categories.GetValueOrDefault(key, key),
        TraitNames.Brand => Brands.GetValueOrDefault(key, key),
        TraitNames.Breed => Breeds.GetValueOrDefault(key, key.Replace('-', ' ')),
        TraitNames.Country => Countries.GetValueOrDefault(key, key),
        _ => key,
    };

    private static string Quoted(IReadOnlyDictionary<string, string> names, string key) => names.TryGetValue(key, out var name) ? $"“{name}”" : key;
}
