using PetShop.Targeting.Pricing;
using PetShop.Web.Catalog;

namespace PetShop.Web.Pricing;

/// <summary>Offers as shoppers and merchandisers read them.</summary>
public static class OfferWords
{
    private const int Named = 4;

    /// <summary>"10 % off", "€2.00 off", "€9.99".</summary>
    public static string Say(PriceCut cut) => cut.Kind switch
    {
        PriceCutKind.Percent => $"{(cut.Size % 10 == 0 ? $"{cut.Size / 10}" : FormattableString.Invariant($"{cut.Size / 10m:0.0}"))}\u00a0% off",
        PriceCutKind.Amount => $"{Money.Format(cut.Size)} off",
        _ => $"{Money.Format(cut.Size)} each",
    };

    /// <summary>"everything", "Dry food, Northpaw and 3 products".</summary>
    public static string Say(OfferScope scope, Shelf shelf)
    {
        if (scope.Everything)
            return "everything in the shop";
        var brands = shelf.Facets.FirstOrDefault(f => f.Key == "brand")?.Values ?? [];
        List<string> names =
        [
            .. scope.Categories.Select(slug => shelf.Categories.GetValueOrDefault(slug) is { } category ? $"{category.Name}{(category.Depth > 0 ? $" ({category.Path[0].Name})" : "")}" : slug),
            .. scope.Brands.Select(slug => brands.FirstOrDefault(b => b.Slug == slug)?.Label ?? slug),
        ];
        var more = scope.Products.Count;
        if (names.Count > Named)
            names = [.. names.Take(Named), $"{names.Count - Named} more"];
        if (more > 0)
            names.Add(more == 1 ? "one product" : $"{more} products");
        return names.Count switch { 0 => "nothing", 1 => names[0], _ => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}" };
    }
}
