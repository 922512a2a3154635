using PetShop.Demo.Catalogue;

namespace PetShop.Demo.Simulation;

/// <summary>Picks products for a household by a multinomial logit over its hidden taste.</summary>
internal sealed class Chooser(Household household, Shelf shelf)
{
    private const double NoveltyDays = 60;
    private readonly double[] _liking = new double[shelf.Items.Count];
    private readonly bool[] _known = new bool[shelf.Items.Count];

    /// <summary>How much the household likes a product, whoever it is for; computed once.</summary>
    public double Liking(ShelfItem item)
    {
        if (_known[item.Index])
            return _liking[item.Index];
        var taste = household.Taste;
        double affinity = 0;
        for (var place = 0; place < Taste.Dimensions; place++)
            affinity += taste.Vector[place] * item.Character[place];
        _known[item.Index] = true;
        return _liking[item.Index] = (0.38 * affinity) + (taste.Brands.Contains(item.Product.BrandSlug) ? 1.5 : 0)
            + (0.6 * item.Popularity) + (0.35 * item.Quality) - (taste.PriceSensitivity * item.PriceLevel);
    }

    /// <summary>A product of a leaf category that suits the pet, or null when there is none.</summary>
    /// <param name="temperature">1 for a purchase, more for looking around.</param>
    public ShelfItem? Choose(string leaf, HiddenPet? pet, DateTimeOffset at, double temperature = 1)
    {
        var items = shelf.In(leaf);
        Span<double> weights = stackalloc double[items.Length];
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        for (var place = 0; place < items.Length; place++)
            weights[place] = Fits(items[place], pet, day) ? Math.Exp((Liking(items[place]) + Moment(items[place], pet, at)) / temperature) : 0;
        var chosen = household.Chance.Weighted(weights);
        return chosen < 0 ? null : items[chosen];
    }

    /// <summary>Whether a careful owner would consider the product on that day.</summary>
    public static bool Fits(ShelfItem item, HiddenPet? pet, DateOnly day)
    {
        var product = item.Product;
        if (product.ReleasedOn >= day || item.Buyable.Count == 0)
            return false;
        if (pet is null)
            return true;
        var stage = pet.Stage(day);
        return product.Species.Contains(pet.Species)
            && (product.LifeStages.Count == 0 || product.LifeStages.Contains(stage) || (stage == "senior" && product.LifeStages.Contains("adult")))
            && (pet.Breed?.SizeClass is not { } size || product.DogSizes.Count == 0 || product.DogSizes.Contains(size))
            && !product.Allergens.Any(pet.Allergies.Contains);
    }

    private static double Moment(ShelfItem item, HiddenPet? pet, DateTimeOffset at)
    {
        var product = item.Product;
        var score = 0.0;
        if (product.Seasons.Count > 0)
            score += product.Seasons.Contains(SeasonOf(at)) ? 0.9 : -0.9;
        var age = DateOnly.FromDateTime(at.UtcDateTime).DayNumber - product.ReleasedOn.DayNumber;
        if (age < NoveltyDays)
            score += 0.7 * (1 - (age / NoveltyDays));
        if (pet is null)
            return score;
        if (pet.Diet is not null && product.DietTags.Contains(pet.Diet))
            score += 1.6;
        if (product.LifeStages.Count is 1 or 2 && product.LifeStages.Contains(pet.Stage(DateOnly.FromDateTime(at.UtcDateTime))) && !product.LifeStages.Contains("adult"))
            score += 1.4;
        return score;
    }

    /// <summary>The pack and number that come nearest to what the household wants to have in store.</summary>
    public (Sku Sku, int Quantity) Pack(ShelfItem item, double? gramsADay)
    {
        var skus = item.Buyable;
        if (gramsADay is not { } use || skus.All(sku => sku.WeightGrams is null))
            return (skus[household.Chance.Weighted([.. skus.Select((_, place) => 1.0 / (1 + place))])], 1);
        var wanted = use * household.Taste.StockUpDays;
        var best = skus.Where(sku => sku.WeightGrams is not null).MinBy(sku => Math.Abs(Math.Log(sku.WeightGrams!.Value / wanted)))!;
        return (best, Math.Clamp((int)Math.Round(wanted / best.WeightGrams!.Value), 1, 6));
    }

    private static string SeasonOf(DateTimeOffset at) => at.Month switch { >= 3 and <= 5 => "spring", >= 6 and <= 8 => "summer", >= 9 and <= 11 => "autumn", _ => "winter" };
}
