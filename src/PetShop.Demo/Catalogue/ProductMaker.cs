using System.Globalization;
using System.Text;
using PetShop.Demo.Catalogue.Sheets;

namespace PetShop.Demo.Catalogue;

/// <summary>Turns a line of a sheet into a product with its SKUs.</summary>
internal static class ProductMaker
{
    private const decimal VatFactor = 1.19m;

    public static Product Make(Draft draft, int number, CategoryTree tree, DateOnly today)
    {
        string[] ingredients = draft.IsFood ? [.. draft.Detail.Split(',', StringSplitOptions.TrimEntries)] : [];
        var analysis = Analysis(draft, ingredients);
        var packs = PackReader.Read(draft.Packs).ToList();
        return new(
            Slug(draft.Name), draft.Name, draft.Brand, draft.Category, tree.DepartmentOf(draft.Category),
            draft.Species, [.. draft.Stages], [.. draft.Sizes],
            draft.Short, Copywriter.Describe(draft, ingredients, analysis, tree.AdviceFor(draft.Category)), draft.Illustration,
            [.. draft.Diets], ingredients, Allergens.In(ingredients),
            draft.IsFood ? draft.Kcal : null, analysis, draft.Ration, Released(draft.Name, today),
            [.. draft.Seasons], draft.IsMedicine,
            [.. packs.Select((pack, index) => MakeSku(pack, draft, number, index + 1))], [], []);
    }

    private static Sku MakeSku(PackReader.Pack pack, Draft draft, int number, int index)
    {
        var code = string.Create(CultureInfo.InvariantCulture, $"PS-{number:00000}-{index:00}");
        var margin = draft.IsFood ? 0.30m : 0.42m;
        var cost = (int)(pack.PriceMinor / VatFactor * (1 - margin));
        // One SKU in fifty is sold out, which the shop has to cope with.
        var stock = StableHash.Below(50, code, 5) == 0 ? 0 : 8 + StableHash.Below(pack.PriceMinor > 5_000 ? 40 : 320, code, 6);
        return new(code, Barcode.InStore(number, index), pack.Label, pack.Size, pack.Colour, pack.Grams, pack.Millilitres, pack.Count, pack.PriceMinor, cost, stock);
    }

    // One product in eight came out within the year; the others have been on the shelf for longer.
    private static DateOnly Released(string name, DateOnly today) => StableHash.Below(8, name, 7) == 0
        ? today.AddDays(-20 - StableHash.Below(330, name, 8))
        : today.AddDays(-400 - StableHash.Below(1_800, name, 8));

    // Modified Atwater: kcal = 3.5 protein + 8.5 fat + 3.5 carbohydrate per 100 g; fat follows from the energy on the pack.
    private static Constituents? Analysis(Draft draft, string[] ingredients)
    {
        if (draft.Ration != Ration.Complete || draft.Kcal is not { } kcal || draft.Species[0] is not ("dog" or "cat"))
            return null;
        var wet = kcal < 250;
        var cellulose = ingredients.Contains("cellulose");
        var (moisture, fibre, ash) = wet ? (kcal switch { > 190 => 63m, > 150 => 66m, > 100 => 76m, _ => 79m }, 0.6m, 2.1m) : (9m, cellulose ? 7.5m : 2.8m, 7.2m);
        var fat = (kcal - (3.5m * (100 - moisture - fibre - ash))) / 5m;
        var base100 = (wet, draft.Species[0]) switch { (true, "cat") => 10.2m, (true, _) => kcal > 150 ? 15m : 9.6m, (_, "cat") => 34m, _ => 26m };
        var protein = base100 + (draft.Diets.Contains("high-protein") ? (wet ? 1.5m : 5m) : 0) + (draft.Diets.Contains("vegetarian") ? -2m : 0);
        return new(protein, Math.Round(Math.Max(fat, 1.5m), 1), fibre, ash, moisture);
    }

    private static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (var letter in name.Normalize(NormalizationForm.FormD).ToLowerInvariant())
            if (char.IsAsciiLetterOrDigit(letter))
                slug.Append(letter);
            else if (letter is ' ' or '-' && slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        return slug.ToString().Trim('-');
    }
}
