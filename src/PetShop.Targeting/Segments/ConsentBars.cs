namespace PetShop.Targeting.Segments;

/// <summary>What age and suppression close, whatever somebody agreed to: pages, stored members, prices, letters and previews ask here.</summary>
/// <remarks>Of a birthday only the year is known, so who may still be 17 counts as 17. Years turn at midnight UTC, everywhere at once.</remarks>
public static class ConsentBars
{
    /// <summary>Years after that of their birth from which nobody is 17 any more.</summary>
    public const int YearsToAdult = 19;

    /// <summary>Nobody who may be under 18 is profiled, or given a price of their own.</summary>
    public const ConsentPurposes ForMinors = ConsentPurposes.Personalisation | ConsentPurposes.Prices;

    /// <summary>Nobody who is suppressed gets letters, or a price of their own. Stored as not agreed in segment_subjects, so that a scan need not ask.</summary>
    public const ConsentPurposes ForSuppressed = ConsentPurposes.Email | ConsentPurposes.Prices;

    /// <summary>Who was born in this year or before it is an adult.</summary>
    public static int AdultsBornBy(DateTimeOffset at) => at.UtcDateTime.Year - YearsToAdult;

    /// <summary>Whether somebody may be under 18; of whom no year is known, nobody says so.</summary>
    public static bool IsMinor(int? birthYear, DateTimeOffset at) => birthYear > AdultsBornBy(at);

    /// <summary>When somebody who may be under 18 is an adult; null when no calendar reaches that far.</summary>
    public static DateTimeOffset? AdultFrom(int birthYear) => birthYear is > 0 and < 9980 ? new(birthYear + YearsToAdult, 1, 1, 0, 0, 0, TimeSpan.Zero) : null;

    /// <summary>What remains of what an account agreed to.</summary>
    public static ConsentPurposes Left(ConsentPurposes given, int? birthYear, bool isSuppressed, DateTimeOffset at) =>
        given & ~(IsMinor(birthYear, at) ? ForMinors : 0) & ~(isSuppressed ? ForSuppressed : 0);
}
