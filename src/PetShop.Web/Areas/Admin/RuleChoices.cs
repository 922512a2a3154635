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
        (Id(TraitNames.Country), Countries.All.Select(c => new CatalogueName(c.Code, c.Name))),
    ];

    private static string Id(TraitNames names) => $"names-{names.ToString().ToLowerInvariant()}";
}
