namespace PetShop.Demo.Catalogue;

/// <summary>Finds what goes with a product and what could stand in for it.</summary>
internal static class ProductLinks
{
    private const int MostSubstitutes = 6;

    private static readonly Dictionary<string, string[]> GoesWith = new()
    {
        ["dog-dry-food"] = ["dog-training-treats", "dog-wet-food", "dog-dental-treats", "dog-bowls"],
        ["dog-wet-food"] = ["dog-dry-food", "dog-chews"],
        ["dog-raw-food"] = ["dog-supplements", "dog-chews"],
        ["dog-training-treats"] = ["dog-leads", "dog-puzzle-toys"],
        ["dog-collars"] = ["dog-leads", "dog-harnesses"],
        ["dog-leads"] = ["dog-collars", "dog-harnesses"],
        ["dog-harnesses"] = ["dog-leads", "dog-travel"],
        ["dog-coats"] = ["dog-grooming", "dog-harnesses"],
        ["dog-beds"] = ["dog-plush-toys", "dog-chews"],
        ["dog-puzzle-toys"] = ["dog-training-treats"],
        ["dog-flea-tick"] = ["dog-worming", "dog-grooming"],
        ["dog-worming"] = ["dog-flea-tick", "dog-supplements"],
        ["dog-grooming"] = ["dog-training-treats", "dog-supplements"],
        ["cat-dry-food"] = ["cat-wet-food", "cat-treats", "cat-bowls-fountains"],
        ["cat-wet-food"] = ["cat-dry-food", "cat-treats"],
        ["cat-litter"] = ["cat-litter-trays"],
        ["cat-litter-trays"] = ["cat-litter"],
        ["cat-wand-toys"] = ["cat-small-toys", "cat-treats"],
        ["cat-scratching-posts"] = ["cat-small-toys", "cat-beds"],
        ["cat-carriers"] = ["cat-treats", "cat-supplements"],
        ["cat-flea-tick"] = ["cat-worming"],
        ["cat-worming"] = ["cat-flea-tick"],
        ["cat-bowls-fountains"] = ["cat-bowls-fountains"],
        ["rabbit-food"] = ["small-pet-hay", "small-pet-treats"],
        ["guinea-pig-food"] = ["small-pet-hay", "small-pet-treats"],
        ["rodent-food"] = ["small-pet-treats", "small-pet-bedding"],
        ["small-pet-hay"] = ["rabbit-food", "guinea-pig-food"],
        ["small-pet-homes"] = ["small-pet-bedding", "small-pet-hideouts", "small-pet-hay"],
        ["bird-seed"] = ["bird-treats", "bird-care"],
        ["bird-cages"] = ["bird-perches-toys", "bird-care", "bird-seed"],
        ["wild-bird-food"] = ["garden-bird-feeders"],
        ["garden-bird-feeders"] = ["wild-bird-food"],
        ["aquariums"] = ["aquarium-heat-light", "aquarium-filters", "fish-food", "water-care"],
        ["aquarium-filters"] = ["aquarium-filters", "water-care"],
        ["aquarium-heat-light"] = ["aquarium-decor"],
        ["fish-food"] = ["water-care"],
        ["pond-food"] = ["water-care"],
        ["terrariums"] = ["reptile-light-heat", "reptile-decor-substrate"],
        ["reptile-food"] = ["reptile-care"],
        ["reptile-light-heat"] = ["reptile-light-heat"],
        ["horse-feed"] = ["horse-supplements", "horse-treats", "horse-stable"],
        ["horse-grooming"] = ["horse-treats"],
        ["horse-halters-leads"] = ["horse-halters-leads"],
        ["horse-fly-care"] = ["horse-supplements", "horse-fly-care"],
    };

    public static IReadOnlyList<Product> Add(IReadOnlyList<Product> products)
    {
        var byLeaf = products.ToLookup(product => product.CategorySlug);
        return [.. products.Select(product => product with { Complements = Complements(product, byLeaf), Substitutes = Substitutes(product, byLeaf) })];
    }

    private static List<string> Complements(Product product, ILookup<string, Product> byLeaf) =>
    [
        .. GoesWith.GetValueOrDefault(product.CategorySlug, [])
            .SelectMany(leaf => byLeaf[leaf].Where(other => other != product && Suits(product, other))
                .OrderByDescending(other => Closeness(product, other)).ThenBy(other => StableHash.Of(product.Slug + other.Slug)).Take(2))
            .Select(other => other.Slug),
    ];

    private static List<string> Substitutes(Product product, ILookup<string, Product> byLeaf) =>
    [
        .. byLeaf[product.CategorySlug].Where(other => other != product && other.Illustration == product.Illustration && other.Ration == product.Ration && Suits(product, other))
            .OrderByDescending(other => other.DietTags.Intersect(product.DietTags).Count() * 2 - other.Allergens.Except(product.Allergens).Count())
            .ThenBy(other => StableHash.Of(product.Slug + other.Slug)).Take(MostSubstitutes).Select(other => other.Slug),
    ];

    private static bool Suits(Product one, Product other) =>
        one.Species.Intersect(other.Species).Any() && Overlap(one.LifeStages, other.LifeStages) && Overlap(one.DogSizes, other.DogSizes);

    private static bool Overlap(IReadOnlyList<string> one, IReadOnlyList<string> other) => one.Count == 0 || other.Count == 0 || one.Intersect(other).Any();

    // A shared first word means one family: a filter and its own cartridges, a food and its own treats.
    private static int Closeness(Product one, Product other) =>
        (one.Name.Split(' ')[0] == other.Name.Split(' ')[0] ? 4 : 0) + (one.BrandSlug == other.BrandSlug ? 2 : 0)
        - other.Allergens.Except(one.Allergens).Count() + (one.LifeStages.Any(other.LifeStages.Contains) ? 1 : 0);
}
