using FsCheck;
using FsCheck.Fluent;
using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Tests.Segments;

/// <summary>A visitor and the moment of asking.</summary>
public sealed record Case(VisitorFacts Visitor, Moment At)
{
    public override string ToString() => $"{Visitor} as of {At.AsOf:O} with events {string.Join("; ", Visitor.Events)}";
}

/// <summary>Visitors with gaps in what is known, ties in time, events on the edge of windows, and moments around clock changes and leap days.</summary>
public static class FactsGen
{
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    public static readonly DateTimeOffset[] Instants =
    [
        new(2026, 3, 29, 10, 0, 0, TimeSpan.Zero), new(2026, 3, 30, 0, 30, 0, TimeSpan.Zero), new(2026, 10, 25, 12, 0, 0, TimeSpan.Zero),
        new(2026, 10, 26, 0, 30, 0, TimeSpan.Zero), new(2028, 2, 29, 23, 30, 0, TimeSpan.Zero), new(2026, 3, 31, 9, 15, 0, 123, TimeSpan.Zero),
    ];

    public static Gen<Guid> Shoppers { get; } = Gen.Choose(1, 4).Select(n => new Guid(n, 0, 0, new byte[8]));

    /// <summary>Keys of the lists that people may be on.</summary>
    public static readonly string[] Lists = ["vip-2026", "kittens"];

    private static readonly string?[] Breeds = [null, "labrador-retriever", "zz"];
    private static readonly string?[] Names = [null, "zz", "NL", "nl", "dog", "northpaw", "ключ, größe"];
    private static readonly string[] Values = ["sustainability", "price", "premium"];
    private static readonly ValueList<string>?[] Paths = [null, [], ["dog"], ["dog", "dog-food"], ["dog", "dog-food", "dry-dog-food"], ["cat", "cat-litter"]];

    public static Gen<Case> Cases { get; } =
        from asOf in Gen.Elements(Instants)
        from person in Person(asOf)
        from history in History(asOf)
        from pets in Few(Pet(asOf))
        from events in Few(Event(asOf))
        select new Case(person with
        {
            OrdersCount = history.OrdersCount, RevenueMinor = history.RevenueMinor, LastOrderAt = history.LastOrderAt, LastSeenAt = history.LastSeenAt,
            Sessions30d = history.Sessions30d, TopDepartment = history.TopDepartment, TopBrand = history.TopBrand, RfmRecency = history.RfmRecency,
            RfmFrequency = history.RfmFrequency, RfmMonetary = history.RfmMonetary, ChurnPermille = history.ChurnPermille, ValueYearMinor = history.ValueYearMinor,
            NextOrderOn = history.NextOrderOn, TopCategory = history.TopCategory, Pets = [.. pets], Events = [.. events],
        }, new Moment(asOf, Zone));

    private static Gen<VisitorFacts> Person(DateTimeOffset asOf) =>
        from id in Shoppers
        from key in Gen.Elements(null, "v1", "v2", "ключ")
        from consents in Gen.Elements(ConsentPurposes.None, ConsentPurposes.Personalisation, (ConsentPurposes)3, (ConsentPurposes)7, (ConsentPurposes)15, (ConsentPurposes)15)
        from birth in Gen.Elements<int?>(null, 1984, 1983, 2000, 2007)
        from texts in Gen.Elements(Names).ArrayOf(4)
        from kind in Gen.Elements(null, "shelter", "vet")
        from values in Gen.SubListOf(Values)
        from registered in Gen.Choose(0, 60)
        from device in Gen.Elements(null, "phone", "desktop")
        from lists in Gen.SubListOf(Lists)
        select new VisitorFacts
        {
            ShopperId = id, RolloutKey = key, Consents = consents, BirthYear = birth, Country = texts[0], City = texts[1],
            Postcode = texts[2], Language = texts[3], OrganisationKind = kind, QuizValues = [.. values], RegisteredAt = asOf.AddHours(-registered * 13), Lists = [.. lists],
            Visit = new VisitContext { Device = device, Country = texts[0], Campaign = texts[1], ReferrerHost = texts[2] },
        };

    private static Gen<VisitorFacts> History(DateTimeOffset asOf) =>
        from orders in Gen.Choose(0, 4)
        from revenue in Gen.Elements(0L, 999, 25_000, 25_001)
        from days in Gen.Elements(0, 1, 45, 90, 91, 180, 181)
        from hour in Gen.Elements(0, 1, -1)
        from seen in Gen.Elements<int?>(null, 0, 14, 15)
        from sessions in Gen.Choose(0, 6)
        from top in Gen.Elements(Names).ArrayOf(3)
        from scores in Gen.Elements<int?>(null, 1, 2, 4, 5).ArrayOf(3)
        from churn in Gen.Elements<int?>(null, 0, 700, 1000)
        from value in Gen.Elements<long?>(null, 0, 12_000, 12_001)
        from next in Gen.Elements<int?>(null, -1, 0, 7, 300)
        select new VisitorFacts
        {
            OrdersCount = orders, RevenueMinor = orders == 0 ? 0 : revenue, LastOrderAt = orders == 0 ? null : asOf.AddDays(-days).AddHours(hour),
            LastSeenAt = seen is { } ago ? asOf.AddDays(-ago) : null, Sessions30d = sessions, TopDepartment = top[0], TopBrand = top[1],
            RfmRecency = scores[0], RfmFrequency = scores[1], RfmMonetary = scores[2], ChurnPermille = churn, ValueYearMinor = value,
            NextOrderOn = next is { } ahead ? new Moment(asOf, Zone).Today.AddDays(ahead) : null, TopCategory = top[2],
        };

    private static Gen<PetFacts> Pet(DateTimeOffset asOf) =>
        from species in Gen.Elements("dog", "cat", "rabbit", "horse", "fish")
        from breed in Gen.Elements(Breeds)
        from months in Gen.Elements<int?>(null, 0, 5, 6, 11, 12, 17, 18, 83, 84, 120, 132, 216)
        from days in Gen.Choose(-1, 1)
        from weight in Gen.Elements<int?>(null, 24_999, 25_000, 28_000)
        from neutered in Gen.Elements<bool?>(null, true, false)
        from activity in Gen.Elements(null, "low", "high")
        from diet in Gen.Elements(null, "grain-free", "zz")
        from allergies in Gen.SubListOf("chicken", "zz")
        select new PetFacts
        {
            Name = "Luna", Species = species, Breed = breed, WeightG = weight, AdultWeightG = weight, Neutered = neutered, Activity = activity, Diet = diet,
            BornOn = months is { } age ? DateOnly.FromDateTime(asOf.UtcDateTime).AddMonths(-age).AddDays(days) : null, Allergies = [.. allergies],
        };

    private static Gen<BehaviourFacts> Event(DateTimeOffset asOf) =>
        from type in Gen.Elements(Enum.GetValues<BehaviourType>())
        from ago in Gen.Elements(TimeSpan.Zero, TimeSpan.FromMicroseconds(1), TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(23), TimeSpan.FromDays(1), TimeSpan.FromHours(25),
            TimeSpan.FromDays(2), TimeSpan.FromDays(3), TimeSpan.FromDays(7), TimeSpan.FromDays(28), TimeSpan.FromDays(31), TimeSpan.FromDays(200), TimeSpan.FromHours(-1))
        from product in Gen.Elements<int?>(null, 117, 118, 119)
        from brand in Gen.Elements(null, "northpaw", "zz")
        from path in Gen.Elements(Paths)
        from quantity in Gen.Elements<int?>(null, 1, 2)
        from value in Gen.Elements<long?>(null, 0, 2499, 2500)
        from query in Gen.Elements(null, "puppy food", "zz")
        select new BehaviourFacts(type, asOf - ago, product, product is null ? null : brand, path, quantity, value, query);

    private static Gen<List<T>> Few<T>(Gen<T> gen) => from n in Gen.Choose(0, 6) from list in gen.ListOf(n) select list.ToList();
}
