using PetShop.Targeting.Segments;
using PetShop.Web.Checkout;
using PetShop.Web.Pets;
using PetShop.Web.Targeting;

namespace PetShop.Web.Areas.Admin;

/// <summary>What the value fields of the rule editor offer, by what their traits name: names are read, keys are stored.</summary>
public static class RuleChoices
{
    private const int Most = 1000;

    /// <summary>Id of the list that a field of this trait draws from; null where there is none.</summary>
    public static string? ListOf(Trait? trait) => trait is null or { Names: TraitNames.None } ? null : Id(trait.Names);

    /// <summary>Every list by its id.</summary>
    public static IEnumerable<(string Id, IEnumerable<CatalogueName> Names)> Of(CatalogueNames catalogue) =>
    [
        (Id(TraitNames.Category), catalogue.Categories.Take(Most)), (Id(TraitNames.Department), catalogue.Departments.Take(Most)), (Id(TraitNames.Brand), catalogue.Brands.Take(Most)),
        (Id(TraitNames.Breed), PetWords.Species.SelectMany(s => Breeds.Of(s).Select(b => new CatalogueName(b.Slug, $"{b.Name}, {s}")))),
        (Id(TraitNames.Country), Countries.Names.Select(c => new CatalogueName(c.Key, c.Value))),
    ];

    /// <summary>Id of the list of cities, which only rules that ask for one draw from.</summary>
    public static string Cities { get; } = Id(TraitNames.City);

    /// <summary>Whether any row asks for the city.</summary>
    public static bool AskForCity(IEnumerable<RuleFormRow> rows) => rows.Any(IsOfCity);

    /// <summary>The rows with their cities as they are stored: "utrecht" is typed, "Utrecht" is meant.</summary>
    public static List<RuleFormRow> Completed(List<RuleFormRow> rows, IReadOnlyList<string> cities)
    {
        string Stored(string typed) => cities.Contains(typed, StringComparer.Ordinal) ? typed : cities.FirstOrDefault(c => string.Equals(c, typed, StringComparison.OrdinalIgnoreCase), typed);
        return rows.ConvertAll(r => !IsOfCity(r) ? r : r with { Value = string.Join(", ", (r.Value ?? "").Split(',', StringSplitOptions.TrimEntries).Select(Stored)) });
    }

    private static bool IsOfCity(RuleFormRow row) => row is { Kind: "trait", Trait: { } key } && TraitCatalogue.Find(key, TraitScope.Shopper)?.Names == TraitNames.City;

    private static string Id(TraitNames names) => $"names-{names.ToString().ToLowerInvariant()}";
}
