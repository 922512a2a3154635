using PetShop.Targeting.Groups;
using PetShop.Targeting.Segments;
using PetShop.Targeting.Tests.Segments;

namespace PetShop.Web.Tests.Targeting.Equality;

/// <summary>What a trait is read from.</summary>
internal readonly record struct RawSubject(RawPerson Person, RawPet? Pet = null, RawEvent? Event = null);

/// <summary>What every stored trait means over raw rows: a new trait adds its row here. Unknown is null; numbers are long, lists string arrays.</summary>
internal sealed class RawTraits(DateTimeOffset asOf)
{
    private readonly DateOnly _today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(asOf, FactsGen.Zone).DateTime);

    public object? Read(Trait trait, RawSubject x) => trait.Scope switch
    {
        TraitScope.Pet => OfPet(trait.Key, x.Pet!),
        TraitScope.Event => OfEvent(trait.Key, x.Event!),
        _ => OfShopper(trait.Key, x.Person),
    };

    private object? OfShopper(string key, RawPerson p) => key switch
    {
        "person.birth_year" => (long?)p.Row.BirthYear,
        "person.age_band" => p.Row.BirthYear is { } born ? Band(_today.Year - born) : null,
        "person.language" => p.Row.Language,
        "place.country" => p.Row.Country,
        "place.city" => p.Row.City,
        "place.postcode" => p.Row.Postcode,
        "organisation.kind" => p.Row.OrganisationKind,
        "quiz.values" => Some(p.Row.QuizValues),
        "lifecycle.registered_days" => DaysSince(p.Row.RegisteredAt),
        "lifecycle.stage" => Stage(p),
        "behaviour.days_since_visit" => DaysSince(p.LastSeenAt),
        "behaviour.sessions_30d" => p.Sessions30d,
        "orders.recency_days" => DaysSince(p.LastOrderAt),
        "orders.count" => (long)p.Orders.Length,
        "orders.revenue_minor" => p.Revenue,
        "orders.average_minor" => p.Orders.Length == 0 ? null : p.Revenue / p.Orders.Length,
        "rfm.recency" => (long?)p.Scores?.R,
        "rfm.frequency" => (long?)p.Scores?.F,
        "rfm.monetary" => (long?)p.Scores?.M,
        "rfm.segment" => Group(p.Scores),
        "predicted.churn_permille" => (long?)p.Forecast?.ChurnPermille,
        "predicted.value_minor" => p.Forecast?.ValueYearMinor,
        "predicted.next_order_days" => p.Forecast?.NextOrderOn is { } next ? (long)(next.ToDateTime(default) - _today.ToDateTime(default)).Days : null,
        "interest.category" => p.Forecast?.TopCategory,
        "interest.brand" => p.Forecast?.TopBrand,
        "interest.department" => p.TopDepartment,
        "pets.count" => (long)p.Living.Length,
        "consent.email" => p.Agreed.HasFlag(ConsentPurposes.Email),
        "consent.prices" => p.Agreed.HasFlag(ConsentPurposes.Prices),
        "consent.analytics" => p.Agreed.HasFlag(ConsentPurposes.Analytics),
        _ => throw new ArgumentException($"The judge has no meaning for the trait {key}: add its row."),
    };

    private object? OfPet(string key, RawPet p) => key switch
    {
        "species" => p.Species,
        "breed" => p.Breed,
        "weight_g" => (long?)p.WeightG,
        "adult_weight_g" => (long?)p.AdultWeightG,
        "age_months" => Months(p),
        "life_stage" => LifeStage(p),
        "neutered" => p.Neutered,
        "activity" => p.Activity,
        "diet" => p.Diet,
        "allergies" => Some(p.Allergies),
        _ => throw new ArgumentException($"The judge has no meaning for the trait {key} of a pet: add its row."),
    };

    private static object? OfEvent(string key, RawEvent e) => key switch
    {
        "category" => RawCatalogue.Path(e).LastOrDefault(),
        "department" => RawCatalogue.Path(e).FirstOrDefault(),
        "brand" => RawCatalogue.Brand(e),
        "query" => e.Query,
        "product" => (long?)e.ProductId,
        "value_minor" => e.ValueMinor,
        "quantity" => (long?)e.Quantity,
        _ => throw new ArgumentException($"The judge has no meaning for the trait {key} of an event: add its row."),
    };

    /// <summary>Full days of 24 hours; what is still to come lies a negative number of days back.</summary>
    public long? DaysSince(DateTimeOffset? then) => then is { } at ? (long)Math.Floor((asOf - at).Ticks / (decimal)TimeSpan.TicksPerDay) : null;

    private static string[]? Some(string[] texts) => texts.Length == 0 ? null : texts;

    private string Stage(RawPerson p) =>
        p.LastOrderAt is not { } last ? "newcomer" : asOf - last >= TimeSpan.FromDays(181) ? "lost" : asOf - last >= TimeSpan.FromDays(91) ? "lapsing" : p.Orders.Length == 1 ? "first order" : "active";

    private static string? Group((int R, int F, int M)? scores)
    {
        if (scores is not var (r, f, m))
            return null;
        var worth = (int)Math.Ceiling((f + m) / 2m);
        return RfmSegment.All.Single(s => r >= s.RecencyFrom && r <= s.RecencyTo && worth >= s.WorthFrom && worth <= s.WorthTo).Name;
    }

    private static string Band(int age) =>
        age < 18 ? "under 18" : age < 25 ? "18-24" : age < 35 ? "25-34" : age < 45 ? "35-44" : age < 55 ? "45-54" : age < 65 ? "55-64" : "65+";

    // Months are counted as people count them: one more each time the day of birth comes round, and not before.
    private long? Months(RawPet p)
    {
        if (p.BornOn is not { } born)
            return null;
        var months = (_today.Year - born.Year) * 12L + _today.Month - born.Month;
        return _today.Day >= born.Day ? months : months - 1;
    }

    private string? LifeStage(RawPet p)
    {
        if (Months(p) is not { } months)
            return null;
        var large = p.Species == "dog" && p.AdultWeightG >= 25_000;
        var grown = large ? 18 : p.Species switch { "dog" or "cat" => 12, "horse" or "pony" => 48, _ => 6 };
        int? old = large ? 84 : p.Species switch { "dog" => 120, "cat" => 132, "rabbit" => 72, "horse" or "pony" => 216, _ => null };
        return months < grown ? "young" : old is null || months < old ? "adult" : "senior";
    }
}
