namespace PetShop.Recommender.Content;

/// <summary>What a product is, in its own words and facts; what shoppers did with it does not matter here.</summary>
/// <param name="Product">Id of the product.</param>
/// <param name="Name">Counts in full.</param>
/// <param name="Text">Description; each word counts less than one of the name.</param>
/// <param name="Facts">Attributes such as "species:dog", each with the weight of its kind.</param>
public sealed record ContentItem(int Product, string Name, string Text, IReadOnlyList<(string Fact, float Weight)> Facts);

/// <summary>Settings of <see cref="ContentVectors"/>.</summary>
public sealed record ContentOptions
{
    /// <summary>Share of the facts in the likeness of two products that have facts; the rest is their words.</summary>
    public double FactShare { get; init; } = 0.6;

    /// <summary>Weight of a word of the description against one of the name.</summary>
    public double DescriptionWeight { get; init; } = 0.3;

    /// <summary>Words and facts are hashed to 2 to this power.</summary>
    public int HashBits { get; init; } = 20;

    internal void Validate()
    {
        if (FactShare is not (>= 0 and <= 1) || !(DescriptionWeight >= 0) || HashBits is < 8 or > 30)
            throw new ArgumentException($"The share of facts ({FactShare}) must be from 0 to 1, the weight of the description ({DescriptionWeight}) not negative, hash bits ({HashBits}) from 8 to 30.");
    }
}
