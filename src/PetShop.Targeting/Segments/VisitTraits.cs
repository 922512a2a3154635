namespace PetShop.Targeting.Segments;

/// <summary>Traits of the visit under way: needed to serve the page, known from its own request without anything stored, and so free of consent.</summary>
internal static class VisitTraits
{
    private static readonly string[] Weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    public static Trait[] All { get; } =
    [
        Text("visit.device", "device", x => x.Visitor.Visit.Device, "phone", ["desktop", "phone", "tablet"]),
        new()
        {
            Key = "visit.hour", Label = "hour of the visit", Family = TraitFamily.Context, Scope = TraitScope.Visit, Type = TraitType.Number, Unit = "o'clock",
            Purpose = ConsentPurposes.None, Freshness = TraitFreshness.Visit, Read = x => TraitValue.Of(x.At.Local.Hour), Example = "18", Least = 0, Most = 23,
        },
        Text("visit.weekday", "weekday of the visit", x => Weekdays[(int)x.At.Local.DayOfWeek], "saturday", Weekdays),
        Text("visit.country", "country of the visit", x => x.Visitor.Visit.Country, "NL", names: TraitNames.Country),
        Text("visit.referrer", "site they came from", x => x.Visitor.Visit.ReferrerHost, "www.google.com", isLowerCase: true),
        Text("visit.campaign", "campaign they came by", x => x.Visitor.Visit.Campaign, "spring-puppies"),
    ];

    private static Trait Text(string key, string label, Func<Subject, string?> read, string example, string[]? choices = null, TraitNames names = TraitNames.None, bool isLowerCase = false) => new()
    {
        Key = key, Label = label, Family = TraitFamily.Context, Scope = TraitScope.Visit, Type = TraitType.Text, Purpose = ConsentPurposes.None, Freshness = TraitFreshness.Visit,
        Read = x => TraitValue.Of(read(x)), Choices = choices ?? [], ChoicesAreAll = choices is not null, Example = example, Names = names, IsLowerCase = isLowerCase,
    };
}
