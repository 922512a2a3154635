using System.Globalization;

namespace PetShop.Recommender.Training;

/// <summary>Settings of <see cref="EaseTrainer"/>.</summary>
public sealed record EaseOptions
{
    /// <summary>l, added to the diagonal of the Gram matrix; 200 to 1000 for interactions that count 1, more for stronger ones.</summary>
    public double Regularization { get; init; } = 500;

    /// <summary>Share of a product's own weight added to its diagonal, as if that share of a history were dropped at random; 0 for plain EASE.</summary>
    /// <remarks>EDLAE (Steck, NeurIPS 2020): keeps a popular product from explaining everything.</remarks>
    public double Dropout { get; init; }

    /// <summary>p in <c>1 / n^p</c>, what a shopper with n interactions counts while the products' likeness is learned; 0 counts all histories in full.</summary>
    public double ShopperDamping { get; init; }

    /// <summary>Weights kept for each product foretold, the largest of either sign.</summary>
    public int Neighbours { get; init; } = 200;

    /// <summary>More products are refused: time grows with the cube of their number, memory with the square (two matrices; 8,000 products take 0.5 GB).</summary>
    public int MaxItems { get; init; } = 8_000;

    /// <summary>Cores used; 0 for all.</summary>
    public int Threads { get; init; }

    internal IReadOnlyDictionary<string, string> ToParameters() => new Dictionary<string, string>
    {
        ["regularization"] = Regularization.ToString(CultureInfo.InvariantCulture),
        ["dropout"] = Dropout.ToString(CultureInfo.InvariantCulture),
        ["shopperDamping"] = ShopperDamping.ToString(CultureInfo.InvariantCulture),
        ["neighbours"] = Neighbours.ToString(CultureInfo.InvariantCulture),
    };

    internal void Validate(int items)
    {
        if (!(Regularization > 0) || !double.IsFinite(Regularization) || Dropout is not (>= 0 and < 1) || ShopperDamping is not (>= 0 and <= 2))
            throw new ArgumentException($"The regularisation ({Regularization}) must be above 0, the dropout ({Dropout}) from 0 to below 1, the shoppers' damping ({ShopperDamping}) from 0 to 2.");
        if (Neighbours < 1 || Threads < 0 || MaxItems is < 1 or > 46_000)
            throw new ArgumentException($"Neighbours ({Neighbours}) must be at least 1, threads ({Threads}) not negative, the most items ({MaxItems}) from 1 to 46,000.");
        if (items > MaxItems)
            throw new ArgumentException($"EASE is set to take {MaxItems} products at most, and there are {items}; leave it out for this shop or raise {nameof(MaxItems)}.");
    }
}
