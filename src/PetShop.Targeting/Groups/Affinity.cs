namespace PetShop.Targeting.Groups;

/// <summary>Something a shopper did with a product of a category or brand.</summary>
/// <param name="Key">Slug of the category or brand.</param>
/// <param name="Weight">How much it says when fresh: a view 1, a cart 3, a purchase 5.</param>
public readonly record struct Interest(string Key, double Weight, DateTimeOffset At);

/// <summary>How much more than the shop's average someone is drawn to a category or brand.</summary>
/// <param name="Strength">Decayed weight of what they did there.</param>
/// <param name="Lift">1 is as much as everyone; shrunk towards 1 while little is known.</param>
public sealed record Affinity(string Key, double Strength, double Lift);

/// <summary>Weighs interests: what is old fades, what everyone likes says little, what is seen once says next to nothing.</summary>
/// <param name="HalfLife">After this time a deed counts half.</param>
/// <param name="Prior">Weight of deeds before a lift is believed halfway or so: lift = (strength + prior) / (expected + prior).</param>
public sealed record Affinities(TimeSpan HalfLife, double Prior = 5)
{
    private const double FavouriteLift = 1.1, FurtherLift = 1.25;
    private const int MostLeanings = 5;

    /// <summary>Decayed weights by key, as of an instant; deeds at or after it do not count.</summary>
    public Dictionary<string, double> Strengths(IEnumerable<Interest> interests, DateTimeOffset asOf)
    {
        if (HalfLife <= TimeSpan.Zero || !(Prior > 0))
            throw new ArgumentException($"A half-life and a prior are above 0; these are {HalfLife} and {Prior}.");
        var strengths = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (key, weight, at) in interests)
            if (at < asOf)
                strengths[key] = strengths.GetValueOrDefault(key) + weight * Math.Pow(2, -((asOf - at) / HalfLife));
        return strengths;
    }

    /// <summary>The share of each key in what all shoppers did; the sum is 1.</summary>
    public static Dictionary<string, double> Shares(IReadOnlyDictionary<string, double> shopStrengths)
    {
        var total = shopStrengths.Values.Sum();
        return shopStrengths.Where(s => s.Value > 0).ToDictionary(s => s.Key, s => s.Value / total, StringComparer.Ordinal);
    }

    /// <summary>The shopper's affinities, the strongest pull first; equal ones by name.</summary>
    /// <param name="strengths">Of <see cref="Strengths"/>.</param>
    /// <param name="shop">The shop's average, of <see cref="Shares"/>; a key it lacks counts as one nobody else touched.</param>
    public IReadOnlyList<Affinity> Of(IReadOnlyDictionary<string, double> strengths, IReadOnlyDictionary<string, double> shop)
    {
        var total = strengths.Values.Sum();
        return [.. strengths.Select(s => new Affinity(s.Key, s.Value, (s.Value + Prior) / (total * shop.GetValueOrDefault(s.Key) + Prior)))
            .OrderByDescending(a => a.Lift).ThenBy(a => a.Key, StringComparer.Ordinal)];
    }

    /// <summary>What the shopper is drawn to more than others are; null while nothing stands out.</summary>
    public Affinity? Favourite(IReadOnlyDictionary<string, double> strengths, IReadOnlyDictionary<string, double> shop) =>
        Leanings(strengths, shop) is [{ } first, ..] ? first : null;

    /// <summary>The favourite and, after it, at most four more: those a quarter or more above the shop's average, which a single look at something rare does not reach.</summary>
    public IReadOnlyList<Affinity> Leanings(IReadOnlyDictionary<string, double> strengths, IReadOnlyDictionary<string, double> shop) =>
        [.. Of(strengths, shop).Where((a, place) => a.Lift >= (place == 0 ? FavouriteLift : FurtherLift)).Take(MostLeanings)];
}
