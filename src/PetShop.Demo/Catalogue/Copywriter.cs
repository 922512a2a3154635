using System.Globalization;
using PetShop.Demo.Catalogue.Sheets;

namespace PetShop.Demo.Catalogue;

/// <summary>Writes the long description of a product from its own line, its category's advice and its brand's closing words.</summary>
internal static class Copywriter
{
    public static IReadOnlyList<string> Describe(Draft draft, IReadOnlyList<string> ingredients, Constituents? analysis, IReadOnlyList<string> advice)
    {
        var own = draft.IsFood ? Recipe(draft, ingredients, analysis) : draft.Detail + Choice(draft.Packs);
        return [own, StableHash.Pick(advice, draft.Name, 1), StableHash.Pick(Brands.BySlug[draft.Brand].Closings, draft.Name, 2)];
    }

    private static string Choice(string packs) => packs.Split('*', StringSplitOptions.TrimEntries) is [_, var colours]
        ? $" Comes in {Joined([.. colours.Split(',', StringSplitOptions.TrimEntries)])}."
        : "";

    private static string Recipe(Draft draft, IReadOnlyList<string> ingredients, Constituents? analysis)
    {
        var first = ingredients[0];
        var rest = ingredients.Skip(1).Where(name => name != "minerals").Take(3).ToList();
        var opening = rest.Count == 0
            ? StableHash.Pick([$"There is one ingredient: {Plain(first)}.", $"Nothing but {Plain(first)}, as the label says."], draft.Name, 4)
            : StableHash.Pick(
            [
                $"The list begins with {Plain(first)} and goes on with {Joined(rest)}.",
                $"What is in it, in order: {Plain(first)}, then {Joined(rest)}.",
                $"We start from {Plain(first)} and add {Joined(rest)}.",
            ], draft.Name, 4);
        var protein = analysis is null ? "" : string.Create(CultureInfo.InvariantCulture, $" Protein {analysis.Protein:0.#} %, fat {analysis.Fat:0.#} %.");
        return opening + protein + Feeding(draft);
    }

    private static string Feeding(Draft draft)
    {
        if (draft.Kcal is not > 0 || draft.Species.Length != 1 || draft.Species[0] is not ("dog" or "cat"))
            return "";
        var kilos = draft.Species[0] == "cat" ? (draft.Stages.Contains("kitten") ? 2 : 4)
            : draft.Sizes.Contains("toy") ? 5 : draft.Sizes.Contains("giant") ? 35 : draft.Stages.Contains("puppy") ? 8 : 15;
        var young = draft.Stages.Contains("puppy") || draft.Stages.Contains("kitten");
        var need = Energy.Resting(kilos) * (young ? 2.0 : draft.Species[0] == "cat" ? 1.2 : draft.Diets.Contains("weight-control") ? 1.2 : draft.Stages.Contains("senior") ? 1.4 : 1.6);
        var animal = draft.Species[0] == "cat" ? (young ? "kitten" : "cat") : young ? "puppy" : "dog";
        if (draft.Ration == Ration.Complete)
            return $" A {animal} of {kilos} kg needs about {Rounded(need / draft.Kcal.Value * 100)} g a day.";
        var share = need / 10 / draft.Kcal.Value * 100;
        return draft.Illustration == "treat-bag" && share > 3 ? $" For a {animal} of {kilos} kg, about {Rounded(share)} g a day fills the tenth that treats may take." : "";
    }

    private static int Rounded(double grams) => grams < 30 ? (int)Math.Round(grams) : (int)Math.Round(grams / 5) * 5;

    private static string Joined(List<string> names) =>
        names.Count == 1 ? Plain(names[0]) : string.Join(", ", names.SkipLast(1).Select(Plain)) + " and " + Plain(names[^1]);

    private static string Plain(string ingredient) =>
        ingredient.Length > 1 && char.IsUpper(ingredient[0]) && !char.IsUpper(ingredient[1]) && ingredient[1] != '-' ? char.ToLowerInvariant(ingredient[0]) + ingredient[1..] : ingredient;
}
