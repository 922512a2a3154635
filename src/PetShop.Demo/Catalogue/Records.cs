namespace PetShop.Demo.Catalogue;

/// <summary>How much of a day's ration a product may be.</summary>
public enum Ration
{
    /// <summary>Not food.</summary>
    None,

    /// <summary>A treat, supplement or topping beside a complete food.</summary>
    Complementary,

    /// <summary>Covers the daily need alone.</summary>
    Complete,
}

/// <summary>An invented brand, with the two hues (0-359) its packs are drawn in.</summary>
public sealed record Brand(string Slug, string Name, string Blurb, int Hue, int SecondaryHue);

/// <summary>A node of the category tree; departments have no parent.</summary>
public sealed record Category(string Slug, string Name, string? ParentSlug, string Department, string Blurb, int Sort);

/// <summary>Typical analysis of a complete food, in per cent of weight.</summary>
public sealed record Constituents(decimal Protein, decimal Fat, decimal Fibre, decimal Ash, decimal Moisture);

/// <summary>One size, flavour or colour of a product, as it lies in the warehouse.</summary>
/// <param name="Code">Our own code, unique in the shop.</param>
/// <param name="Barcode">Thirteen digits in the in-store range, with a valid check digit.</param>
/// <param name="WeightGrams">Net weight, null where weight is not how it is sold; of a liquid a gram for each millilitre, which is near enough for how long it lasts.</param>
/// <param name="Millilitres">Volume of a liquid, null of everything else.</param>
/// <param name="Count">Pieces in the pack, null where it is one piece or loose weight.</param>
/// <param name="PriceMinor">Price with VAT in euro cents.</param>
/// <param name="CostMinor">What the shop pays, in euro cents.</param>
public sealed record Sku(
    string Code, string Barcode, string Label, string? Size, string? Colour,
    int? WeightGrams, int? Millilitres, int? Count, int PriceMinor, int CostMinor, int Stock);

/// <summary>A product with the facts a shopper, a filter or a safety rule may ask for.</summary>
/// <param name="Species">Kinds of animal it is made for; never empty.</param>
/// <param name="LifeStages">Any of puppy, kitten, junior, adult, senior; empty means any age.</param>
/// <param name="DogSizes">Any of toy, small, medium, large, giant; empty means any size.</param>
/// <param name="LongDescription">Paragraphs, in reading order.</param>
/// <param name="Illustration">One of <see cref="IllustrationKeys.All"/>.</param>
/// <param name="Allergens">Derived from the ingredients; empty for anything that is not eaten.</param>
/// <param name="KcalPer100g">Metabolisable energy; null for anything that is not food.</param>
/// <param name="Seasons">Any of spring, summer, autumn, winter; empty means all year.</param>
/// <param name="Complements">Slugs of products that are used together with this one.</param>
/// <param name="Substitutes">Slugs of products that do the same job.</param>
public sealed record Product(
    string Slug, string Name, string BrandSlug, string CategorySlug, string Department,
    IReadOnlyList<string> Species, IReadOnlyList<string> LifeStages, IReadOnlyList<string> DogSizes,
    string ShortDescription, IReadOnlyList<string> LongDescription, string Illustration,
    IReadOnlyList<string> DietTags, IReadOnlyList<string> Ingredients, IReadOnlyList<string> Allergens,
    int? KcalPer100g, Constituents? Constituents, Ration Ration, DateOnly ReleasedOn,
    IReadOnlyList<string> Seasons, bool IsMedicine, IReadOnlyList<Sku> Skus,
    IReadOnlyList<string> Complements, IReadOnlyList<string> Substitutes);
