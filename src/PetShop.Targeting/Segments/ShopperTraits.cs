using PetShop.Targeting.Groups;

namespace PetShop.Targeting.Segments;

/// <summary>Traits of the shopper: aliases s (shoppers), f (shopper_features, absent for a shopper without history) and ti (shopper_interests, likewise).</summary>
internal static class ShopperTraits
{
    public const string AgeBandKey = "person.age_band";
    public const string UnderAge = "under 18";

    private const string Age = "(extract(year from {today})::int - s.birth_year)";
    private const string OrderDays = "floor(extract(epoch from {as_of} - f.last_order_at) / 86400)::bigint";
    private static readonly TraitClock SinceOrder = new(ClockUnit.Days, "f.last_order_at");

    public static Trait[] All { get; } =
    [
        Number("person.birth_year", "birth year", TraitFamily.Demographic, "", "s.birth_year", x => x.Visitor.BirthYear, "1984", Sensitivity.Protected, least: 1900, most: 2100),
        Text(AgeBandKey, "age band", TraitFamily.Demographic, BandSql(), x => AgeBand(x), "25-34", Sensitivity.Protected, [UnderAge, "18-24", "25-34", "35-44", "45-54", "55-64", "65+"], true, new(ClockUnit.Years, "s.birth_year", [])),
        Text("person.language", "language", TraitFamily.Demographic, "s.language", x => x.Visitor.Language, "nl", Sensitivity.Protected, isLowerCase: true),
        Text("place.country", "country", TraitFamily.Geographic, "s.country", x => x.Visitor.Country, "NL", Sensitivity.Personal, names: TraitNames.Country),
        Text("place.city", "city", TraitFamily.Geographic, "s.city", x => x.Visitor.City, "Utrecht", Sensitivity.Protected, names: TraitNames.City),
        Text("place.postcode", "postcode", TraitFamily.Geographic, "s.postcode", x => x.Visitor.Postcode, "3511", Sensitivity.Protected),
        Text("organisation.kind", "kind of organisation", TraitFamily.Firmographic, "s.organisation_kind", x => x.Visitor.OrganisationKind, "shelter", Sensitivity.Ordinary, ["breeder", "shelter", "vet", "groomer"]),
        new()
        {
            Key = "quiz.values", Label = "quiz answer", Family = TraitFamily.Psychographic, Scope = TraitScope.Shopper, Type = TraitType.Texts,
            Sql = "s.quiz_values", Read = x => TraitValue.Of(x.Visitor.QuizValues), Sensitivity = Sensitivity.Personal,
            Choices = PetWords.Values, Example = "sustainability",
        },
        Number("lifecycle.registered_days", "days since registering", TraitFamily.Lifecycle, "days", "floor(extract(epoch from {as_of} - s.registered_at) / 86400)::bigint", x => Days(x, x.Visitor.RegisteredAt), "30", clock: new(ClockUnit.Days, "s.registered_at"), least: 0),
        Text("lifecycle.stage", "stage", TraitFamily.Lifecycle, StageSql, x => Stage(x), "lapsing", Sensitivity.Ordinary, ["newcomer", "first order", "active", "lapsing", "lost"], true, SinceOrder with { Thresholds = [91, 181] }),
        Number("behaviour.days_since_visit", "days since the last visit", TraitFamily.Behavioural, "days", "floor(extract(epoch from {as_of} - f.last_seen_at) / 86400)::bigint", x => Days(x, x.Visitor.LastSeenAt), "14", clock: new(ClockUnit.Days, "f.last_seen_at"), least: 0),
        Number("behaviour.sessions_30d", "number of visits in 30 days", TraitFamily.Behavioural, "", "coalesce(f.sessions_30d, 0)", x => x.Visitor.Sessions30d, "5", least: 0),
        Number("orders.recency_days", "days since the last order", TraitFamily.Rfm, "days", OrderDays, x => Days(x, x.Visitor.LastOrderAt), "45", clock: SinceOrder, least: 0),
        Number("orders.count", "number of orders", TraitFamily.Rfm, "", "coalesce(f.orders_count, 0)", x => x.Visitor.OrdersCount, "3", least: 0),
        Number("orders.revenue_minor", "money spent", TraitFamily.Rfm, FigureWords.Money, "coalesce(f.revenue_minor, 0)", x => x.Visitor.RevenueMinor, "25000", least: 0),
        Number("orders.average_minor", "average order", TraitFamily.Rfm, FigureWords.Money, "(f.revenue_minor / nullif(f.orders_count, 0))", x => Average(x), "4500", least: 0),
        Number("rfm.recency", "recency score", TraitFamily.Rfm, "of 5", "f.rfm_recency", x => x.Visitor.RfmRecency, "2", least: 1, most: 5),
        Number("rfm.frequency", "frequency score", TraitFamily.Rfm, "of 5", "f.rfm_frequency", x => x.Visitor.RfmFrequency, "4", least: 1, most: 5),
        Number("rfm.monetary", "money score", TraitFamily.Rfm, "of 5", "f.rfm_monetary", x => x.Visitor.RfmMonetary, "5", least: 1, most: 5),
        Text("rfm.segment", "buyer group", TraitFamily.Rfm, RfmSegment.Sql("f.rfm_recency", "f.rfm_frequency", "f.rfm_monetary"), x => RfmSegment.Of(x.Visitor.RfmRecency, x.Visitor.RfmFrequency, x.Visitor.RfmMonetary)?.Name, "champions", Sensitivity.Ordinary, [.. RfmSegment.All.Select(s => s.Name)], true),
        Number("predicted.churn_permille", "churn risk", TraitFamily.Predicted, FigureWords.Share, "f.churn_permille", x => x.Visitor.ChurnPermille, "700", Sensitivity.Personal, least: 0, most: 1000),
        Number("predicted.value_minor", "expected value in the next 12 months", TraitFamily.Predicted, FigureWords.Money, "f.value_year_minor", x => x.Visitor.ValueYearMinor, "12000", Sensitivity.Personal, least: 0),
        Number("predicted.next_order_days", "days until the next order is expected", TraitFamily.Predicted, "days", "(f.next_order_on - {today})::bigint", x => x.Visitor.NextOrderOn?.DayNumber - x.At.Today.DayNumber, "7", Sensitivity.Personal, new(ClockUnit.DaysUntil, "f.next_order_on")),
        Text("interest.category", "favourite category", TraitFamily.Interest, "f.top_category", x => x.Visitor.TopCategory, "dog-dry-food", Sensitivity.Ordinary, names: TraitNames.Category),
        Text("interest.department", "favourite department", TraitFamily.Interest, "f.top_department", x => x.Visitor.TopDepartment, "dog", Sensitivity.Ordinary, names: TraitNames.Department),
        Text("interest.brand", "favourite brand", TraitFamily.Interest, "f.top_brand", x => x.Visitor.TopBrand, "fjordpaw", Sensitivity.Ordinary, names: TraitNames.Brand),
        Leanings("interest.categories", "liked categories", "ti.categories", x => x.Visitor.LikedCategories, "dog-dry-food", TraitNames.Category),
        Leanings("interest.brands", "liked brands", "ti.brands", x => x.Visitor.LikedBrands, "fjordpaw", TraitNames.Brand),
        Number("pets.count", "number of pets", TraitFamily.Pet, "", "{pets}", x => x.Visitor.Pets.Count, "2", least: 0),
        Consent("consent.email", "agreement to mail", ConsentPurposes.Email),
        Consent("consent.prices", "agreement to personal prices", ConsentPurposes.Prices),
        Consent("consent.analytics", "agreement to analytics", ConsentPurposes.Analytics),
    ];

    // 91 and 181 days in hours: days would follow the clock on the wall.
    private const string StageSql =
        "(CASE WHEN coalesce(f.orders_count, 0) = 0 OR f.last_order_at IS NULL THEN 'newcomer' WHEN f.last_order_at <= {hours_ago:4344} THEN 'lost'"
        + " WHEN f.last_order_at <= {hours_ago:2184} THEN 'lapsing' WHEN f.orders_count = 1 THEN 'first order' ELSE 'active' END)";

    private static Trait Number(string key, string label, TraitFamily family, string unit, string sql, Func<Subject, long?> read, string example, Sensitivity sensitivity = Sensitivity.Ordinary, TraitClock? clock = null,
        long least = long.MinValue, long most = long.MaxValue) => new()
    {
        Key = key, Label = label, Family = family, Scope = TraitScope.Shopper, Type = TraitType.Number, Unit = unit,
        Sql = sql, Read = x => TraitValue.Of(read(x)), Sensitivity = sensitivity, Freshness = Fresh(key, family, sql), Example = example, Clock = clock, Least = least, Most = most,
    };

    private static Trait Text(
        string key, string label, TraitFamily family, string sql, Func<Subject, string?> read, string example, Sensitivity sensitivity, string[]? choices = null, bool all = false, TraitClock? clock = null,
        TraitNames names = TraitNames.None, bool isLowerCase = false) => new()
    {
        Key = key, Label = label, Family = family, Scope = TraitScope.Shopper, Type = TraitType.Text,
        Sql = sql, Read = x => TraitValue.Of(read(x)), Sensitivity = sensitivity, Freshness = Fresh(key, family, sql), Choices = choices ?? [], ChoicesAreAll = all, Example = example, Clock = clock, Names = names, IsLowerCase = isLowerCase,
    };

    private static Trait Leanings(string key, string label, string sql, Func<Subject, IReadOnlyList<string>> read, string example, TraitNames names) => new()
    {
        Key = key, Label = label, Family = TraitFamily.Interest, Scope = TraitScope.Shopper, Type = TraitType.Texts,
        Sql = sql, Read = x => TraitValue.Of(read(x)), Freshness = TraitFreshness.Daily, Example = example, Names = names,
    };

    // Whether someone agreed may be asked without their agreement to anything else.
    private static Trait Consent(string key, string label, ConsentPurposes purpose) => new()
    {
        Key = key, Label = label, Family = TraitFamily.Consent, Scope = TraitScope.Shopper, Type = TraitType.Truth, Purpose = ConsentPurposes.None,
        Sql = SegmentSqlBuilder.Agreed(purpose), Read = x => TraitValue.Of(x.Visitor.PurposesAt(x.At).HasFlag(purpose)), Example = "true",
        Clock = (purpose & ConsentBars.ForMinors) == 0 ? null : new(ClockUnit.Years, "s.birth_year", []),
    };

    // Of the account, its pets, its last visit and its orders the next page knows; the rest follows as often as the jobs run.
    private static TraitFreshness Fresh(string key, TraitFamily family, string sql) =>
        !sql.Contains("f.", StringComparison.Ordinal) || key.StartsWith("orders.", StringComparison.Ordinal) || key is "lifecycle.stage" or "behaviour.days_since_visit" ? TraitFreshness.AtOnce
        : family == TraitFamily.Predicted || key is "interest.category" or "interest.brand" ? TraitFreshness.Daily
        : key.StartsWith("rfm.", StringComparison.Ordinal) ? TraitFreshness.TenMinutes : TraitFreshness.WithinAMinute;

    private static long? Days(Subject x, DateTimeOffset? then) => then is { } at ? x.At.DaysSince(at) : null;

    private static long? Average(Subject x) => x.Visitor.OrdersCount == 0 ? null : x.Visitor.RevenueMinor / x.Visitor.OrdersCount;

    private static string Stage(Subject x) => (x.Visitor.OrdersCount, Days(x, x.Visitor.LastOrderAt)) switch
    {
        (0, _) or (_, null) => "newcomer",
        (_, > 180) => "lost",
        (_, > 90) => "lapsing",
        (1, _) => "first order",
        _ => "active",
    };

    // The birthday is not known, so a person counts as the age reached this year.
    private static string? AgeBand(Subject x) => (x.At.Today.Year - x.Visitor.BirthYear) switch
    {
        null => null,
        < 18 => UnderAge,
        < 25 => "18-24",
        < 35 => "25-34",
        < 45 => "35-44",
        < 55 => "45-54",
        < 65 => "55-64",
        _ => "65+",
    };

    private static string BandSql() =>
        $"(CASE WHEN s.birth_year IS NULL THEN NULL WHEN {Age} < 18 THEN '{UnderAge}' WHEN {Age} < 25 THEN '18-24' WHEN {Age} < 35 THEN '25-34' "
        + $"WHEN {Age} < 45 THEN '35-44' WHEN {Age} < 55 THEN '45-54' WHEN {Age} < 65 THEN '55-64' ELSE '65+' END)";
}
