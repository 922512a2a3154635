using PetShop.Targeting.Segments;

namespace PetShop.Web.Tracking;

/// <summary>What a person has agreed to, purpose by purpose; nothing counts as agreed before <see cref="IsAnswered"/>.</summary>
public readonly record struct Consent(bool Analytics, bool Personalisation, bool Email, bool Prices, bool IsAnswered)
{
    public static readonly Consent Unanswered;
    public static readonly Consent Refused = new(false, false, false, false, IsAnswered: true);
    public static readonly Consent Accepted = new(true, true, true, true, IsAnswered: true);

    /// <summary>Whether any agreed purpose needs the browser to be recognised.</summary>
    public bool NeedsIdentity => Analytics || Personalisation;

    /// <summary>The purposes of a rule that this covers.</summary>
    public ConsentPurposes Purposes =>
        (Analytics ? ConsentPurposes.Analytics : 0) | (Personalisation ? ConsentPurposes.Personalisation : 0) | (Email ? ConsentPurposes.Email : 0) | (Prices ? ConsentPurposes.Prices : 0);

    /// <summary>An answer that agrees to these purposes and to no other.</summary>
    public static Consent To(ConsentPurposes purposes) => new(
        purposes.HasFlag(ConsentPurposes.Analytics), purposes.HasFlag(ConsentPurposes.Personalisation), purposes.HasFlag(ConsentPurposes.Email), purposes.HasFlag(ConsentPurposes.Prices), IsAnswered: true);

    /// <summary>
    /// What holds for a person signed in on a browser: the stricter of the two answers; a browser that was not asked follows the person's own answer
    /// while they are signed in, and is unanswered again when they leave.
    /// </summary>
    /// <remarks>Mail goes to a person, not to a browser, so there the account decides alone.</remarks>
    public Consent With(Consent shopper) => !IsAnswered && shopper.NeedsIdentity ? shopper : new(
        Analytics && shopper.Analytics, Personalisation && shopper.Personalisation, shopper.Email, Prices && shopper.Prices, IsAnswered);

    /// <summary>Whether this agrees to nothing that <paramref name="before"/> did not.</summary>
    public bool IsWithin(Consent before) =>
        (!Analytics || before.Analytics) && (!Personalisation || before.Personalisation) && (!Email || before.Email) && (!Prices || before.Prices);

    /// <summary>What remains under Global Privacy Control: only the mail a person asked for.</summary>
    public Consent UnderGpc() => Refused with { Email = Email };

    /// <summary>The cookie's value: the version of the words that were answered, and one digit a purpose.</summary>
    public string ToCookie(string textVersion) =>
        $"{textVersion}~{Digit(Analytics)}{Digit(Personalisation)}{Digit(Email)}{Digit(Prices)}";

    /// <summary>Reads the cookie; an answer to other words, or one that is damaged, is no answer.</summary>
    public static Consent FromCookie(string? value, string textVersion)
    {
        if (value is null || value.Length != textVersion.Length + 5 || !value.StartsWith(textVersion, StringComparison.Ordinal)
            || value[textVersion.Length] != '~')
            return Unanswered;
        var digits = value.AsSpan(textVersion.Length + 1);
        return digits.ContainsAnyExcept('0', '1')
            ? Unanswered
            : new(digits[0] == '1', digits[1] == '1', digits[2] == '1', digits[3] == '1', IsAnswered: true);
    }

    private static char Digit(bool agreed) => agreed ? '1' : '0';
}
