namespace PetShop.Targeting.Segments;

/// <summary>Every trait a rule may name. To add one, add its row to the table of its scope.</summary>
public static class TraitCatalogue
{
    public static IReadOnlyList<Trait> All { get; } = [.. ShopperTraits.All, .. PetTraits.All, .. EventTraits.All, .. VisitTraits.All];

    private static readonly Dictionary<string, Trait> Outer =
        All.Where(t => t.Scope is TraitScope.Shopper or TraitScope.Visit).ToDictionary(t => t.Key, StringComparer.Ordinal);
    private static readonly Dictionary<string, Trait> OfPets = In(TraitScope.Pet).ToDictionary(t => t.Key, StringComparer.Ordinal);
    private static readonly Dictionary<string, Trait> OfEvents = In(TraitScope.Event).ToDictionary(t => t.Key, StringComparer.Ordinal);

    public static IEnumerable<Trait> In(TraitScope scope) => All.Where(t => t.Scope == scope);

    /// <summary>Finds a trait by its key where it may be named; visit traits stand beside shopper traits.</summary>
    public static Trait? Find(string key, TraitScope scope) => Keyed(scope).GetValueOrDefault(key);

    /// <summary>Like <see cref="Find"/>, for keys written in code.</summary>
    public static Trait Get(string key, TraitScope scope = TraitScope.Shopper) =>
        Find(key, scope) ?? throw new ArgumentException($"No {scope} trait is called '{key}'.", nameof(key));

    internal static IEnumerable<string> Keys(TraitScope scope) => Keyed(scope).Keys;

    private static Dictionary<string, Trait> Keyed(TraitScope scope) => scope switch
    {
        TraitScope.Pet => OfPets,
        TraitScope.Event => OfEvents,
        _ => Outer,
    };
}
