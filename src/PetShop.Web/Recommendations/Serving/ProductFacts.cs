namespace PetShop.Web.Recommendations.Serving;

/// <summary>What the rails need to know of one product to decide whether and why to show it; prices and stock of a card come fresh from the database.</summary>
public sealed record ProductFacts(int Id, string Slug, string Name, int BrandId, int CategoryId, string Department, string[] CategoryPath)
{
    public string[] Species { get; init; } = [];
    public string[] LifeStages { get; init; } = [];
    public string[] DogSizes { get; init; } = [];
    public string[] Allergens { get; init; } = [];
    public string[] Ingredients { get; init; } = [];
    public string[] Seasons { get; init; } = [];
    public bool IsMedicine { get; init; }
    public bool InStock { get; init; }
    public DateOnly ReleasedOn { get; init; }
    public int RatingCount { get; init; }
    /// <summary>Kilocalories in 100 g; null for what is not eaten.</summary>
    public int? KcalPer100g { get; init; }
    /// <summary>A complete food, so that its pack says how long it lasts.</summary>
    public bool IsCompleteFood { get; init; }
    public int Views30d { get; init; }
    public int Buyers30d { get; init; }
    public int Buyers365d { get; init; }
    /// <summary>Of these, who bought it on two days or more.</summary>
    public int Repeaters365d { get; init; }
    public float Trending { get; init; }
    /// <summary>Times its card was seen in a rail within 30 days.</summary>
    public int Shown30d { get; init; }
    /// <summary>Times it was clicked there.</summary>
    public int Clicked30d { get; init; }

    /// <summary>One number for "people like it": households count most, and this month more than last year.</summary>
    public double Popularity => Math.Log2(1 + 3.0 * Buyers30d + Buyers365d + 0.05 * Views30d) + 0.1 * Math.Log2(1 + RatingCount);
}
