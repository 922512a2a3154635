using PetShop.Recommender.Numerics;

namespace PetShop.Recommender.Ranking;

/// <summary>Where a household stands with a product it uses up.</summary>
public enum ReplenishmentState
{
    /// <summary>There is plenty left.</summary>
    Stocked,

    /// <summary>About to run out: worth a reminder.</summary>
    Due,

    /// <summary>So long overdue that they buy elsewhere or stopped: win back, do not remind.</summary>
    WinBack,
}

/// <summary>When a household will need a product again, from what its pets eat and from its own purchases.</summary>
/// <remarks>Purchases are Poisson with a rate that has a Gamma(4, 4 T0) prior; the time to the next one is lognormal about the expected interval.</remarks>
public static class Replenishment
{
    private const double PriorPurchases = 4, TimingDeviation = 0.35, CategoryBuyers = 20, WinBackAfter = 2.5;

    // Below this chance within the horizon a reminder is noise.
    private const double DueProbability = 0.3;

    /// <summary>Days ahead that a reminder looks.</summary>
    public const double HorizonDays = 10;

    /// <summary>Resting energy need of an animal, kcal a day: <c>70 kg^0.75</c>.</summary>
    public static double RestingKcal(double weightKg) => weightKg > 0 ? 70 * Math.Pow(weightKg, 0.75)
        : throw new ArgumentOutOfRangeException(nameof(weightKg), weightKg, "A weight must be above 0 kg.");

    /// <summary>Daily need over resting need. Starting points: individuals differ threefold.</summary>
    /// <param name="isYoung">Still growing.</param>
    /// <param name="ageMonths">Null when it is not known.</param>
    public static double EnergyFactor(string species, bool isYoung, int? ageMonths, bool? neutered) => (species, isYoung) switch
    {
        ("cat", true) => 2.5,
        // A puppy needs most until it weighs about half of what it will, at four months.
        (_, true) => ageMonths < 4 ? 3.0 : 2.0,
        ("cat", _) => neutered == true ? 1.2 : 1.4,
        _ => neutered == true ? 1.6 : 1.8,
    };

    /// <summary>Days a pack lasts before any purchase is known (T0).</summary>
    /// <param name="packGrams">Grams in a pack.</param>
    /// <param name="kcalPerGram">Energy of the food.</param>
    /// <param name="kcalPerDay">What the household's pets need a day, each by its share of this food.</param>
    public static double PriorIntervalDays(double packGrams, double kcalPerGram, double kcalPerDay) =>
        packGrams > 0 && kcalPerGram > 0 && kcalPerDay > 0 ? packGrams * kcalPerGram / kcalPerDay
        : throw new ArgumentOutOfRangeException(nameof(packGrams), $"Pack ({packGrams} g), energy ({kcalPerGram} kcal/g) and need ({kcalPerDay} kcal/day) must be above 0.");

    /// <summary>Expected days a pack lasts, from the prior and the household's own purchases.</summary>
    /// <param name="priorDays">T0, days a pack should last.</param>
    /// <param name="packsUsed">k, packs bought before the last purchase.</param>
    /// <param name="days">T, days from the first purchase to the last.</param>
    public static double IntervalDays(double priorDays, double packsUsed, double days) =>
        (PriorPurchases * priorDays + Math.Max(0, days)) / (PriorPurchases + Math.Max(0, packsUsed));

    /// <summary>How likely a buyer of this product ever buys it again, drawn towards its category.</summary>
    public static double RepeatProbability(int repeaters, int buyers, double ofCategory) => (repeaters + CategoryBuyers * ofCategory) / (buyers + CategoryBuyers);

    /// <summary>Probability that they buy within the next <see cref="HorizonDays"/>, given that they have not yet.</summary>
    /// <param name="intervalDays">Expected days the last purchase lasts: days a pack times packs bought.</param>
    /// <param name="sinceDays">Days since the last purchase.</param>
    /// <param name="repeatProbability">As <see cref="RepeatProbability"/>.</param>
    public static double Score(double intervalDays, double sinceDays, double repeatProbability)
    {
        var before = BoughtBy(sinceDays, intervalDays);
        return before >= 1 ? repeatProbability : repeatProbability * (BoughtBy(sinceDays + HorizonDays, intervalDays) - before) / (1 - before);
    }

    /// <summary>Whether to remind, to wait, or to win back.</summary>
    public static ReplenishmentState StateOf(double intervalDays, double sinceDays) =>
        sinceDays > WinBackAfter * intervalDays ? ReplenishmentState.WinBack
        : Score(intervalDays, sinceDays, 1) >= DueProbability ? ReplenishmentState.Due : ReplenishmentState.Stocked;

    private static double BoughtBy(double days, double intervalDays) => days <= 0 ? 0
        : Distributions.NormalBelow((Math.Log(days / intervalDays) + TimingDeviation * TimingDeviation / 2) / TimingDeviation);
}
