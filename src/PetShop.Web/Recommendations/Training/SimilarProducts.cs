using PetShop.Recommender.Ranking;
using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Recommendations.Training;

/// <summary>Products that could take another's place: alike in what they are and, once a model knows them, in who chooses them.</summary>
public sealed class SimilarProducts(Catalogue catalogue, FactorModel? factors)
{
    private const float Substitute = 0.8f;
    private const float NameShare = 0.15f;
    private readonly string[][] _names = [.. Enumerable.Range(0, catalogue.Count).Select(c => WordsOf(catalogue[c].Name))];
    // Compared within the branch below the department, so that the work grows with the catalogue and not with its square.
    private readonly ILookup<string, int> _branches = Enumerable.Range(0, catalogue.Count).ToLookup(c => Branch(catalogue[c]));

    /// <summary>Most alike first; only products that some animal could use both of.</summary>
    public Ranked[] Of(int column, int count)
    {
        var kept = new Ranked[count];
        var list = new TopList(kept);
        foreach (var other in _branches[Branch(catalogue[column])])
            if (other != column && Share(catalogue[column].Species, catalogue[other].Species))
                list.Offer(other, Likeness(column, other));
        return kept[..list.Sort()];
    }

    /// <summary>Whether two products, by id, stand in for each other: nobody wants the second with the first.</summary>
    public bool AreSubstitutes(int first, int second)
    {
        int a = catalogue.Items.ColumnOf(first), b = catalogue.Items.ColumnOf(second);
        if (a < 0 || b < 0 || catalogue.Leaves[a] != catalogue.Leaves[b])
            return false;
        return SaysWhatItIs(catalogue[a]) || SaysWhatItIs(catalogue[b]) ? Facts(a, b) > Substitute : Overlap(_names[a], _names[b]) > Substitute;
    }

    private float Likeness(int a, int b)
    {
        if (factors is null)
            return Content(a, b);
        int x = factors.Items.ColumnOf(catalogue[a].Id), y = factors.Items.ColumnOf(catalogue[b].Id);
        return x < 0 || y < 0 ? 0.6f * Content(a, b) : 0.6f * Content(a, b) + 0.4f * Math.Max(0, factors.Similarity(x, y));
    }

    private float Content(int a, int b) => (1 - NameShare) * Facts(a, b) + NameShare * Overlap(_names[a], _names[b]);

    /// <summary>An imported product may come with a name alone; that two of them say nothing does not make them alike.</summary>
    private static bool SaysWhatItIs(ProductFacts product) => product.Species.Length + product.LifeStages.Length + product.Ingredients.Length > 0;

    private static string[] WordsOf(string name) =>
        [.. name.ToLowerInvariant().Split([' ', ',', '-', '/', '.', '(', ')'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    private float Facts(int a, int b)
    {
        ProductFacts p = catalogue[a], q = catalogue[b];
        return (p.CategoryId == q.CategoryId ? 0.5f : 0) + (p.BrandId == q.BrandId ? 0.1f : 0) + 0.15f * Overlap(p.Species, q.Species)
            + 0.15f * Overlap(p.LifeStages, q.LifeStages) + 0.1f * Overlap(p.Ingredients, q.Ingredients);
    }

    private static string Branch(ProductFacts product) => product.CategoryPath.Length > 1 ? product.CategoryPath[1] : product.Department;

    private static bool Share(string[] a, string[] b) => a.Length == 0 || b.Length == 0 || Array.Exists(a, b.Contains);

    private static float Overlap(string[] a, string[] b)
    {
        if (a.Length == 0 && b.Length == 0)
            return 1;
        var both = a.Count(b.Contains);
        return (float)both / (a.Length + b.Length - both);
    }
}
