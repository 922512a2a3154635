namespace PetShop.Demo.Simulation;

/// <summary>Lists what a household buys over and over, by kind of pet.</summary>
internal static class NeedPlanner
{
    private static readonly int[] Ticks = [3, 4, 5, 6, 7, 8, 9, 10];
    private static readonly int[] Cold = [9, 10, 11, 12, 1, 2];
    private static readonly int[] Warm = [4, 5, 6, 7, 8, 9];

    private sealed record Habit(string Leaf, double Probability, double Days, double? Grams = null, int[]? Months = null);

    private static readonly Habit[] Dog =
    [
        new("dog-training-treats", .60, 40), new("dog-chews", .45, 45), new("dog-dental-treats", .30, 40), new("dog-balls", .30, 150), new("dog-rope-toys", .20, 200), new("dog-plush-toys", .30, 160),
        new("dog-puzzle-toys", .20, 220), new("dog-collars", .25, 300), new("dog-leads", .25, 330), new("dog-harnesses", .25, 300), new("dog-coats", .30, 300, null, Cold), new("dog-beds", .30, 330), new("dog-bowls", .20, 400),
        new("dog-travel", .15, 400), new("dog-grooming", .35, 150), new("dog-flea-tick", .50, 48, null, Ticks), new("dog-worming", .50, 92), new("dog-supplements", .20, 50),
    ];

    private static readonly Habit[] Cat =
    [
        new("cat-litter", .75, 30, 115), new("cat-treats", .60, 35), new("cat-litter-trays", .20, 300), new("cat-wand-toys", .30, 140), new("cat-small-toys", .40, 110), new("cat-scratching-posts", .25, 300), new("cat-beds", .25, 330),
        new("cat-bowls-fountains", .25, 200), new("cat-carriers", .15, 400), new("cat-grooming", .25, 180), new("cat-flea-tick", .35, 62, null, Ticks), new("cat-worming", .40, 100), new("cat-supplements", .20, 60),
    ];

    private static readonly Habit[] Grazer =
    [
        new("small-pet-hay", .85, 30, 80), new("small-pet-bedding", .60, 40, 70), new("small-pet-treats", .50, 45), new("small-pet-hideouts", .30, 200), new("small-pet-care", .25, 150), new("small-pet-homes", .10, 500),
    ];

    private static readonly Habit[] Rodent =
    [
        new("rodent-food", .90, 60, 11), new("small-pet-bedding", .70, 60, 28), new("small-pet-treats", .50, 50), new("small-pet-hideouts", .35, 160), new("small-pet-homes", .12, 500),
    ];

    private static readonly Habit[] Bird =
    [
        new("bird-seed", .92, 50, 18), new("bird-treats", .55, 45), new("bird-perches-toys", .40, 100), new("bird-care", .45, 80), new("bird-cages", .10, 600),
    ];

    private static readonly Habit[] Fish =
    [
        new("fish-food", .92, 60, 0.8), new("water-care", .60, 70), new("aquarium-filters", .45, 110), new("aquarium-heat-light", .22, 260), new("aquarium-decor", .40, 130), new("aquariums", .12, 600),
    ];

    private static readonly Habit[] Pond = [new("pond-food", .95, 50, 45, Warm), new("water-care", .60, 60, null, Warm)];

    private static readonly Habit[] Reptile =
    [
        new("reptile-food", .90, 35, 6), new("reptile-care", .50, 90), new("reptile-light-heat", .55, 130), new("reptile-decor-substrate", .55, 80), new("terrariums", .12, 600),
    ];

    private static readonly Habit[] Horse =
    [
        new("horse-feed", .85, 25, 750), new("horse-treats", .70, 40), new("horse-supplements", .50, 50), new("horse-grooming", .40, 120), new("horse-fly-care", .60, 60, null, Warm), new("horse-worming", .50, 110),
        new("horse-halters-leads", .30, 220), new("horse-rugs-pads", .40, 240, null, Cold), new("horse-stable", .30, 200),
    ];

    private static readonly Habit[] Garden = [new("wild-bird-food", .95, 40, 95, [10, 11, 12, 1, 2, 3]), new("garden-bird-feeders", .35, 250, null, [9, 10, 11, 12, 1, 2, 3])];

    public static List<Need> Plan(Household household, DateTimeOffset start)
    {
        var needs = new List<Need>();
        var (chance, taste) = (household.Chance, household.Taste);
        foreach (var pet in household.Pets)
        {
            AddBowl(needs, pet, chance, taste);
            foreach (var habit in HabitsOf(pet))
                if (chance.Happens(habit.Probability * (0.35 + (0.65 * taste.Loyalty))))
                    needs.Add(new(habit.Leaf, pet, habit.Grams, null, habit.Days * chance.LogNormal(1.15, 0.3), habit.Months));
        }
        foreach (var need in needs)
            need.Due = start.AddDays(chance.Unit() * Math.Min(need.EveryDays, 200));
        return needs;
    }

    private static void AddBowl(List<Need> needs, HiddenPet pet, Chance chance, Taste taste)
    {
        if (pet.Species is not ("dog" or "cat"))
            return;
        foreach (var (leaf, share) in new[] { ("dry-food", pet.Bowl.Dry), ("wet-food", pet.Bowl.Wet), ("raw-food", pet.Bowl.Raw) })
            if (share > 0 && (pet.Species == "dog" || leaf != "raw-food") && chance.Happens(0.45 + (0.55 * taste.Loyalty)))
                needs.Add(new($"{pet.Species}-{leaf}", pet, null, share, 30, null));
    }

    private static Habit[] HabitsOf(HiddenPet pet) => pet.Species switch
    {
        "dog" => Dog,
        "cat" => Cat,
        "rabbit" => [new("rabbit-food", .85, 40, 32), .. Grazer],
        "guinea-pig" => [new("guinea-pig-food", .85, 40, 24), .. Grazer],
        "hamster" or "gerbil" or "rat" or "mouse" => Rodent,
        "chinchilla" or "degu" => [.. Rodent, new("small-pet-hay", .80, 40, 30)],
        "budgie" or "cockatiel" or "canary" or "parrot" or "finch" => Bird,
        "tropical-fish" or "goldfish" or "betta" or "shrimp" => Fish,
        "pond-fish" or "koi" => Pond,
        "bearded-dragon" or "leopard-gecko" or "corn-snake" or "tortoise" => Reptile,
        "horse" or "pony" => Horse,
        _ => Garden,
    };
}
