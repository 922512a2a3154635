using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;

namespace PetShop.Web.Recommendations.Rails;

/// <summary>A pet, or a species where no pet is known, and the products made for it.</summary>
/// <param name="Share">Of the places in a list for everybody at home.</param>
public sealed record TasteGroup(string Key, Eligibility Products, double Share);

/// <summary>Whom a list for the whole household is shared among: half in equal parts, half by what the household did for each.</summary>
public sealed record TasteGroups(IReadOnlyList<TasteGroup> Groups, Calibration? Calibration)
{
    private const int Most = 8;
    // A species that less of a taste is about than this is a chance look.
    private const double LeastShare = 0.08;

    public static TasteGroups Of(Taste taste, Interaction[] weighed)
    {
        var (catalogue, pets) = (taste.State.Catalogue, taste.Household.Pets);
        var groups = pets.Length > 0
            ? [.. pets.Take(Most).Select(p => new TasteGroup(p.Id.ToString(), taste.Discover.Copy().And(catalogue.MadeFor(p.Species)).And(p.SafeIn(catalogue, taste.Day)), 1.0 / pets.Length))]
            : catalogue.SpeciesNames.Select(s => new TasteGroup(s, catalogue.MadeFor(s), 0)).ToArray();
        var weights = WeightsOf(groups, taste, weighed);
        var sum = weights.Sum();
        for (var g = 0; g < groups.Length; g++)
            groups[g] = groups[g] with { Share = sum <= 0 ? groups[g].Share : pets.Length > 0 ? (groups[g].Share + weights[g] / sum) / 2 : weights[g] / sum };
        groups = [.. groups.Where(g => g.Share >= LeastShare).OrderByDescending(g => g.Share).Take(Most)];
        return groups.Length < 2 ? new(groups, null) : new(groups, new([.. groups.Select(g => g.Share)], column => BitsOf(groups, column)));
    }

    // By what was done for each: purchases are not eligible any more, so species decide and not what is still to be discovered.
    private static double[] WeightsOf(TasteGroup[] groups, Taste taste, Interaction[] weighed)
    {
        var weights = new double[groups.Length];
        var (catalogue, pets) = (taste.State.Catalogue, taste.Household.Pets);
        foreach (var seen in weighed)
        {
            var column = seen.Target > 0 ? taste.State.CatalogueColumn(seen.Index) : -1;
            if (column < 0)
                continue;
            int[] whose = [.. Enumerable.Range(0, groups.Length).Where(g => pets.Length > 0 ? catalogue[column].Species.Contains(pets[g].Species) : groups[g].Products[column])];
            foreach (var g in whose)
                weights[g] += seen.Confidence / whose.Length;
        }
        return weights;
    }

    private static uint BitsOf(TasteGroup[] groups, int column)
    {
        uint bits = 0;
        for (var g = 0; g < groups.Length; g++)
            bits |= groups[g].Products[column] ? 1u << g : 0;
        return bits;
    }
}
