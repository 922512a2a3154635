namespace PetShop.Targeting.Segments;

/// <summary>When an animal is grown and when it is old: one table for rules, rails and portions.</summary>
public static class LifeStages
{
    public const string Young = "young", Adult = "adult", Senior = "senior";

    /// <summary>Dogs of this adult weight and more grow for longer and age sooner, grams.</summary>
    internal const int LargeDogG = 25_000;

    /// <summary>Whole months of life on a day.</summary>
    public static int Months(DateOnly bornOn, DateOnly today) =>
        today.Year * 12 + today.Month - bornOn.Year * 12 - bornOn.Month - (today.Day < bornOn.Day ? 1 : 0);

    /// <returns><see cref="Young"/>, <see cref="Adult"/> or <see cref="Senior"/>; null when the birth date is not known.</returns>
    public static string? Of(string species, DateOnly? bornOn, int? adultWeightG, DateOnly today)
    {
        if (bornOn is not { } born)
            return null;
        var months = Months(born, today);
        var (youngUntil, seniorFrom) = (species, adultWeightG) switch
        {
            ("dog", >= LargeDogG) => (18, 84),
            ("dog", _) => (12, 120),
            ("cat", _) => (12, 132),
            ("rabbit", _) => (6, 72),
            ("horse" or "pony", _) => (48, 216),
            _ => (6, int.MaxValue),
        };
        return months < youngUntil ? Young : months < seniorFrom ? Adult : Senior;
    }
}
