using PetShop.Targeting.Experiments;

namespace PetShop.Targeting.Messages;

/// <summary>Readers who got one subject, or were held out, and what became of them in the days that count.</summary>
public readonly record struct LetterArm(long People, long Buyers, double Revenue, double RevenueSquared)
{
    public static LetterArm operator +(LetterArm a, LetterArm b) => new(a.People + b.People, a.Buyers + b.Buyers, a.Revenue + b.Revenue, a.RevenueSquared + b.RevenueSquared);
}

/// <summary>A difference with the interval that holds however often one looks.</summary>
public sealed record LetterEffect(double Value, double Low, double High);

/// <summary>What a letter brought, and when it is too early to say.</summary>
public static class LetterReading
{
    /// <summary>People of each side below which nothing is said: the figure would tell of chance, and of single people.</summary>
    public const int LeastPeople = 50;

    /// <summary>Buyers of both sides together below which nothing is said.</summary>
    public const int LeastHits = 10;

    /// <summary>Share of buyers with the letter minus without it; null while there is too little to go by.</summary>
    /// <param name="planned">People of both sides at the end.</param>
    public static LetterEffect? Orders(LetterArm without, LetterArm with, long planned) =>
        IsEnough(without.People, with.People, without.Buyers + with.Buyers)
            ? Between(Estimate.OfShare(without.Buyers, without.People), Estimate.OfShare(with.Buyers, with.People), planned) : null;

    /// <summary>Revenue a person with the letter minus without it, in minor units; null while there is too little to go by.</summary>
    public static LetterEffect? Revenue(LetterArm without, LetterArm with, long planned) =>
        IsEnough(without.People, with.People, without.Buyers + with.Buyers)
            ? Between(Estimate.OfValues(without.People, without.Revenue, without.RevenueSquared), Estimate.OfValues(with.People, with.Revenue, with.RevenueSquared), planned) : null;

    /// <summary>Share of readers who clicked under the second subject minus the first; null while there is too little to go by.</summary>
    public static LetterEffect? Clicks((long Clicked, long People) first, (long Clicked, long People) second, long planned) =>
        IsEnough(first.People, second.People, first.Clicked + second.Clicked)
            ? Between(Estimate.OfShare(first.Clicked, first.People), Estimate.OfShare(second.Clicked, second.People), planned) : null;

    private static bool IsEnough(long first, long second, long hits) => first >= LeastPeople && second >= LeastPeople && hits >= LeastHits;

    private static LetterEffect? Between(Estimate first, Estimate second, long planned)
    {
        var lift = Lift.Absolute(first, second);
        if (!(lift.Error > 0))
            return null;
        var always = Sequential.Of(lift.Value, lift.Error, first.Count + second.Count, Math.Max(planned, 2));
        return new(lift.Value, always.Low, always.High);
    }
}
