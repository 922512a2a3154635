namespace PetShop.Targeting.Segments;

/// <summary>Traits of one living pet: alias pt (pets).</summary>
internal static class PetTraits
{
    // Whole months since birth: a month is full once the day of the month reaches the day of birth.
    private const string AgeMonths =
        "((extract(year from {today}) * 12 + extract(month from {today}) - extract(year from pt.born_on) * 12 - extract(month from pt.born_on))::int"
        + " - (extract(day from {today}) < extract(day from pt.born_on))::int)";

    public static Trait[] All { get; } =
    [
        Text("species", "species", "pt.species", x => x.Pet!.Species, "dog", PetWords.Species),
        Text("breed", "breed", "pt.breed", x => x.Pet!.Breed, "labrador-retriever", names: TraitNames.Breed),
        Number("weight_g", "weight", FigureWords.Weight, "pt.weight_g", x => x.Pet!.WeightG, "28000"),
        Number("adult_weight_g", "adult weight", FigureWords.Weight, "pt.adult_weight_g", x => x.Pet!.AdultWeightG, "25000"),
        Number("age_months", "age", "months", AgeMonths, x => Months(x), "11", new(ClockUnit.Months, "pt.born_on")),
        Text("life_stage", "life stage", LifeStageSql(), x => LifeStage(x), "senior", ["young", "adult", "senior"], all: true, new(ClockUnit.Months, "pt.born_on", [6, 12, 18, 48, 72, 84, 120, 132, 216])),
        new()
        {
            Key = "neutered", Label = "neutered", Family = TraitFamily.Pet, Scope = TraitScope.Pet, Type = TraitType.Truth,
            Sql = "pt.neutered", Read = x => TraitValue.Of(x.Pet!.Neutered), Example = "true",
        },
        Text("activity", "activity", "pt.activity", x => x.Pet!.Activity, "high", ["low", "normal", "high"]),
        Text("diet", "diet", "pt.diet", x => x.Pet!.Diet, "grain-free", PetWords.Diets),
        new()
        {
            Key = "allergies", Label = "allergies", Family = TraitFamily.Pet, Scope = TraitScope.Pet, Type = TraitType.Texts,
            Sql = "pt.allergies", Read = x => TraitValue.Of(x.Pet!.Allergies), Choices = PetWords.Allergens, Example = "chicken",
        },
    ];

    private static Trait Text(string key, string label, string sql, Func<Subject, string?> read, string example, IReadOnlyList<string>? choices = null, bool all = false, TraitClock? clock = null, TraitNames names = TraitNames.None) => new()
    {
        Key = key, Label = label, Family = TraitFamily.Pet, Scope = TraitScope.Pet, Type = TraitType.Text,
        Sql = sql, Read = x => TraitValue.Of(read(x)), Choices = choices ?? [], ChoicesAreAll = all, Example = example, Clock = clock, Names = names,
    };

    private static Trait Number(string key, string label, string unit, string sql, Func<Subject, long?> read, string example, TraitClock? clock = null) => new()
    {
        Key = key, Label = label, Family = TraitFamily.Pet, Scope = TraitScope.Pet, Type = TraitType.Number, Least = 0, Unit = unit,
        Sql = sql, Read = x => TraitValue.Of(read(x)), Example = example, Clock = clock,
    };

    private static int? Months(Subject x) => x.Pet!.BornOn is { } born ? LifeStages.Months(born, x.At.Today) : null;

    private static string? LifeStage(Subject x) => LifeStages.Of(x.Pet!.Species, x.Pet.BornOn, x.Pet.AdultWeightG, x.At.Today);

    /// <summary>The table of <see cref="LifeStages"/> in SQL; a property test holds the two together.</summary>
    private static string LifeStageSql()
    {
        var large = $"pt.adult_weight_g >= {LifeStages.LargeDogG}";
        var youngFrom = $"(CASE WHEN pt.species = 'dog' AND {large} THEN {{months_ago:18}} WHEN pt.species IN ('dog', 'cat') THEN {{months_ago:12}} WHEN pt.species IN ('horse', 'pony') THEN {{months_ago:48}} ELSE {{months_ago:6}} END)";
        var adultFrom = $"(CASE WHEN pt.species = 'dog' AND {large} THEN {{months_ago:84}} WHEN pt.species = 'dog' THEN {{months_ago:120}} WHEN pt.species = 'cat' THEN {{months_ago:132}}"
            + " WHEN pt.species = 'rabbit' THEN {months_ago:72} WHEN pt.species IN ('horse', 'pony') THEN {months_ago:216} ELSE '-infinity'::date END)";
        return $"(CASE WHEN pt.born_on IS NULL THEN NULL WHEN pt.born_on > {youngFrom} THEN 'young' WHEN pt.born_on > {adultFrom} THEN 'adult' ELSE 'senior' END)";
    }
}
