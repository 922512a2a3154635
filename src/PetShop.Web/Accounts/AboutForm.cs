using System.ComponentModel.DataAnnotations;
using System.Globalization;
using PetShop.Data.Shoppers;

namespace PetShop.Web.Accounts;

/// <summary>What somebody may tell of themselves; of a field that stays empty nothing is kept.</summary>
public sealed record AboutForm : IValidatableObject
{
    private const int OldestAge = 120;
    private const int YoungestAge = 5;

    /// <summary>Languages to choose from, as primary BCP 47 tags, each called what its speakers call it.</summary>
    public static IReadOnlyList<(string Key, string Name)> Languages { get; } =
    [
        ("da", "Dansk"), ("de", "Deutsch"), ("en", "English"), ("es", "Español"), ("fr", "Français"), ("it", "Italiano"), ("nl", "Nederlands"), ("pl", "Polski"), ("pt", "Português"),
        ("ro", "Română"), ("sv", "Svenska"), ("tr", "Türkçe"), ("uk", "Українська"),
    ];

    /// <summary>Whom an account may buy for beside a household: the choices of the trait organisation.kind.</summary>
    public static IReadOnlyList<(string Key, string Name)> Organisations { get; } =
        [("shelter", "A shelter or a rescue"), ("breeder", "A breeder"), ("vet", "A vet's practice"), ("groomer", "A grooming salon")];

    /// <summary>As typed: what is no year is shown again beside its error.</summary>
    public string? BirthYear { get; init; }

    public string? Language { get; init; }
    public string? Organisation { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var thisYear = validationContext.GetRequiredService<TimeProvider>().GetUtcNow().Year;
        if (BirthYear is not null && (Year is not { } year || year < thisYear - OldestAge || year > thisYear - YoungestAge))
            yield return new(string.Create(CultureInfo.InvariantCulture, $"Please give the year in four digits, from {thisYear - OldestAge} to {thisYear - YoungestAge}, or leave it empty."), [nameof(BirthYear)]);
        if (Language is not null && !Languages.Any(l => l.Key == Language))
            yield return new("Please choose one of these languages, or none.", [nameof(Language)]);
        if (Organisation is not null && !Organisations.Any(o => o.Key == Organisation))
            yield return new("Please choose whom you buy for from the list.", [nameof(Organisation)]);
    }

    /// <summary>The year of birth; null when there is none, or none that is a year.</summary>
    public int? Year => BirthYear?.Trim() is { Length: 4 } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null;

    public static AboutForm Of(Shopper shopper) => new()
    {
        BirthYear = shopper.BirthYear?.ToString(CultureInfo.InvariantCulture), Language = shopper.Language, Organisation = shopper.OrganisationKind,
    };
}
