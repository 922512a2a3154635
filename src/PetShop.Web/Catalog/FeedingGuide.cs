namespace PetShop.Web.Catalog;

/// <summary>A starting point for the daily portion of a complete food.</summary>
/// <remarks>Resting need 70 kcal x kg^0.75 (NRC 2006), times 1.6 for grown dogs and 1.2 for grown cats, both neutered.</remarks>
public static class FeedingGuide
{
    private static readonly int[] DogKg = [5, 10, 20, 30, 40];
    private static readonly int[] CatKg = [3, 4, 5, 6];

    /// <summary>Grams a day by body weight; empty where the rule does not hold.</summary>
    public static IReadOnlyList<(int Kg, int GramsADay)> For(string department, int? kcalPer100g, bool isComplete)
    {
        if (!isComplete || kcalPer100g is not > 0)
            return [];
        var (weights, factor) = department switch { "dog" => (DogKg, 1.6), "cat" => (CatKg, 1.2), _ => ([], 0.0) };
        return [.. weights.Select(kg => (kg, (int)Math.Round(70 * Math.Pow(kg, 0.75) * factor / kcalPer100g.Value * 100 / 5) * 5))];
    }
}
