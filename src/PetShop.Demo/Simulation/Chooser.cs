using PetShop.Demo.Catalogue;

namespace PetShop.Demo.Simulation;

/// <summary>Picks products for a household by a multinomial logit over its hidden taste.</summary>
internal sealed class Chooser(Household household, Shelf shelf)
{
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
        var wish = new Wish(pet, at);
        for (var place = 0; place < items.Length; place++)
            weights[place] = wish.Allows(items[place]) ? Math.Exp((Liking(items[place]) + wish.Score(items[place])) / temperature) : 0;
        var chosen = household.Chance.Weighted(weights);
        return chosen < 0 ? null : items[chosen];
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
}
