using PetShop.Recommender.Ranking;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Recommendations.Serving;

/// <summary>One animal, as far as it decides what is safe and fitting for it.</summary>
public sealed record PetFacts(Guid Id, string Name, string Species)
{
    public DateOnly? BornOn { get; init; }
    public int? WeightG { get; init; }
    public int? AdultWeightG { get; init; }
    public bool? Neutered { get; init; }
    public string? Activity { get; init; }
    public string? Diet { get; init; }
    public string[] Allergies { get; init; } = [];
    public DateOnly? DiedOn { get; init; }

    /// <summary>junior, adult or senior; null when the birth date is not known.</summary>
    public string? LifeStage(DateOnly today) => LifeStages.Of(Species, BornOn, AdultWeightG, today) is var stage && stage == LifeStages.Young ? "junior" : stage;

    /// <summary>toy, small, medium, large or giant by the grown weight; null for other animals and unknown weights.</summary>
    public string? DogSize => Species != "dog" ? null : (AdultWeightG ?? WeightG) switch
    {
        null => null,
        < 4_000 => "toy",
        < 10_000 => "small",
        < 25_000 => "medium",
        < 45_000 => "large",
        _ => "giant",
    };

    /// <summary>In stock, made for this species, life stage and size, free of what it is allergic to, and no medicine: that is a vet's choice.</summary>
    public Eligibility SafeIn(Catalogue catalogue, DateOnly today)
    {
        var safe = catalogue.InStock.Copy().And(catalogue.ForSpecies(Species)).Except(catalogue.Medicines);
        if (LifeStage(today) is { } stage)
            safe.And(catalogue.ForLifeStage(stage));
        if (DogSize is { } size)
            safe.And(catalogue.ForDogSize(size));
        foreach (var allergy in Allergies)
            if (!string.IsNullOrWhiteSpace(allergy))
                safe.Except(catalogue.Containing(allergy.Trim()));
        return safe;
    }
}

/// <summary>The animals of a household: those alive, and those that are remembered only so that nothing speaks of them.</summary>
public sealed record Household(PetFacts[] Pets, PetFacts[] Died)
{
    public static Household Unknown { get; } = new([], []);

    /// <summary>It may have animals, and they could not be read: nothing may be chosen for it. This one object.</summary>
    public static Household Unreadable { get; } = new([], []);

    /// <summary>What its people said of the lists made for them.</summary>
    public Corrections Corrections { get; init; } = Corrections.None;

    /// <summary>Species that died and of which none is left.</summary>
    public IEnumerable<string> Mourned => Died.Select(d => d.Species).Where(s => Array.TrueForAll(Pets, p => p.Species != s)).Distinct();

    /// <summary>Whether a product is only for a species that is mourned.</summary>
    public bool Mourns(ProductFacts product) =>
        Died.Length > 0 && product.Species.Length > 0 && Array.TrueForAll(product.Species, s => Mourned.Contains(s));

    /// <summary>Species the household said it has none of; one that lives here counts as its own again.</summary>
    public IReadOnlyCollection<string> Refused => [.. Corrections.RefusedSpecies.Where(s => Array.TrueForAll(Pets, p => p.Species != s))];

    /// <summary>What discovery may show: in stock, safe for at least one of the pets when they are known, nothing for an animal that died or that they do not have.</summary>
    public Eligibility MayDiscover(Catalogue catalogue, DateOnly today)
    {
        var eligible = Fitting(catalogue, today);
        return Refused is { Count: > 0 } refused ? eligible.Except(catalogue.OnlyFor(refused)) : eligible;
    }

    /// <summary>
    /// What may stand beside something they chose themselves: all that fits them, and products made only for animals that nobody here is, as when they look for a friend's
    /// cat. Never what is made for an animal of theirs and does not suit it.
    /// </summary>
    public Eligibility MayAccompany(Catalogue catalogue, DateOnly today)
    {
        var eligible = Fitting(catalogue, today);
        if (Pets.Length == 0)
            return eligible;
        var foreign = catalogue.InStock.Copy().Except(catalogue.Medicines);
        foreach (var pet in Pets)
            foreign.Except(catalogue.ForSpecies(pet.Species));
        return Died.Length == 0 ? eligible.Or(foreign) : eligible.Or(foreign.Except(catalogue.OnlyFor([.. Mourned])));
    }

    private Eligibility Fitting(Catalogue catalogue, DateOnly today)
    {
        var eligible = catalogue.InStock.Copy().Except(catalogue.Medicines);
        if (Pets.Length > 0)
        {
            var safe = new Eligibility(catalogue.Count);
            foreach (var pet in Pets)
                safe.Or(pet.SafeIn(catalogue, today));
            eligible.And(safe);
        }
        return Died.Length == 0 ? eligible : eligible.Except(catalogue.OnlyFor([.. Mourned]));
    }
}
