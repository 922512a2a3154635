using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Recommendations.Rails;

/// <summary>Says in a phrase what a pet's rail keeps to.</summary>
public static class PetPhrase
{
    public static string For(PetFacts pet, DateOnly today)
    {
        List<string> words = [];
        if (pet.LifeStage(today) is { } stage)
            words.Add(stage == "junior" ? "young" : stage);
        if (pet.DogSize is { } size)
            words.Add(size);
        words.Add(pet.Species.Replace('-', ' '));
        var animal = string.Join(' ', words);
        var article = "aeiou".Contains(animal[0], StringComparison.Ordinal) ? "an" : "a";
        var allergies = pet.Allergies.Where(a => !string.IsNullOrWhiteSpace(a)).ToArray();
        return $"For {article} {animal}{(allergies.Length == 0 ? "" : ", without " + string.Join(" or ", allergies))}";
    }
}
