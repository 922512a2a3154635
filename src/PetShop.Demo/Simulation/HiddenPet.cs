namespace PetShop.Demo.Simulation;

/// <summary>A pet with what its owner never types in; garden birds count as one that is never published.</summary>
internal sealed class HiddenPet
{
    public required string Species { get; init; }
    public required Breed? Breed { get; init; }
    public required string Name { get; init; }
    public required Guid Id { get; init; }
    public required DateOnly Born { get; init; }
    public required int AdultGrams { get; init; }
    public bool Neutered { get; init; }
    public string Activity { get; init; } = "normal";
    public string? Diet { get; init; }
    public IReadOnlyList<string> Allergies { get; init; } = [];

    /// <summary>How much of the day's energy comes from dry, wet and raw food; sums to 1.</summary>
    public (double Dry, double Wet, double Raw) Bowl { get; init; } = (1, 0, 0);

    public bool IsPublic => Species != "wild-bird";

    public string Stage(DateOnly day)
    {
        var years = (day.DayNumber - Born.DayNumber) / 365.25;
        var (grown, old) = (Species, Breed?.SizeClass) switch
        {
            ("dog", "giant") => (1.5, 6.0),
            ("dog", "large") => (1.25, 7.5),
            ("dog", _) => (1.0, 9.0),
            ("cat", _) => (1.0, 11.0),
            ("horse" or "pony", _) => (3.0, 18.0),
            _ => (0.4, 5.0),
        };
        var young = Species switch { "dog" => "puppy", "cat" => "kitten", _ => "junior" };
        return years < grown ? young : years < old ? "adult" : "senior";
    }

    /// <summary>Body weight on a day: grows towards the adult weight along 1 - e^(-t), nearly done at one year.</summary>
    public double Kilos(DateOnly day)
    {
        if (Species is not ("dog" or "cat"))
            return AdultGrams / 1000.0;
        var months = Math.Max(1.5, (day.DayNumber - Born.DayNumber) / 30.4);
        var pace = Breed?.SizeClass is "giant" or "large" ? 4.5 : 3.5;
        return AdultGrams / 1000.0 * Math.Min(1, 1 - Math.Exp(-months / pace) + 0.02);
    }

    /// <summary>Energy a day in kcal: resting energy times a factor of age, activity and neutering.</summary>
    public double DailyKcal(DateOnly day)
    {
        var stage = Stage(day);
        var activity = Activity switch { "high" => 1.25, "low" => 0.9, _ => 1.0 };
        var factor = (Species, stage) switch
        {
            ("dog", "puppy") => 2.0,
            ("dog", "senior") => 1.4,
            ("dog", _) => Neutered ? 1.6 : 1.8,
            (_, "kitten") => 2.2,
            (_, "senior") => 1.15,
            _ => Neutered ? 1.2 : 1.4,
        };
        return Energy.Resting(Kilos(day)) * factor * activity;
    }

    public SimulatedPet Publish(DateOnly today) =>
        new(Id, Name, Species, Breed?.Name, Born, (int)Math.Max(1, Kilos(today) * 1000), Neutered, Activity, Diet, Allergies);
}
