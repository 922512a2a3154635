using PetShop.Recommender.Content;
using PetShop.Recommender.Ranking;
using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Recommendations.Training;

/// <summary>Products that could take another's place: alike in what they are and, once people chose them, in who does; a new product is judged by what it is alone.</summary>
public sealed class SimilarProducts
{
    private const float Substitute = 0.8f, BehaviourShare = 0.4f;
    private readonly Catalogue _catalogue;
    private readonly FactorModel? _factors;
    private readonly NeighbourModel _chosen;
    private readonly ContentVectors _content;
    // For the question whether one does the other's job: facts before words, and no praise from the description.
    private readonly ContentVectors _kinds;
    private readonly float[] _scratch;
    // Compared within the branch below the department, so that the work grows with the catalogue and not with its square.
    private readonly ILookup<string, int> _branches;

    /// <param name="content">Of the products of the catalogue; one that is missing is like nothing.</param>
    /// <param name="factors">The model in service, if it has factors.</param>
    /// <param name="chosen">Products chosen by the same people.</param>
    public SimilarProducts(Catalogue catalogue, IReadOnlyCollection<ContentItem> content, FactorModel? factors, NeighbourModel chosen)
    {
        (_catalogue, _factors, _chosen) = (catalogue, factors, chosen);
        _content = ContentVectors.Of(content, new());
        _kinds = ContentVectors.Of(content, new() { FactShare = 0.9, DescriptionWeight = 0 });
        _scratch = new float[_content.FeatureCount];
        _branches = Enumerable.Range(0, catalogue.Count).Where(c => _content.Items.ColumnOf(catalogue[c].Id) >= 0).ToLookup(c => Branch(catalogue[c]));
    }

    /// <summary>Most alike first; only products that some animal could use both of.</summary>
    public Ranked[] Of(int column, int count)
    {
        var self = _content.Items.ColumnOf(_catalogue[column].Id);
        if (self < 0)
            return [];
        int[] others = [.. _branches[Branch(_catalogue[column])].Where(o => o != column && Share(_catalogue[column].Species, _catalogue[o].Species))];
        var likeness = new float[others.Length];
        _content.Similarities(self, Array.ConvertAll(others, o => _content.Items.ColumnOf(_catalogue[o].Id)), _scratch, likeness);
        var chosen = ChosenWith(column);
        var kept = new Ranked[count];
        var list = new TopList(kept);
        for (var i = 0; i < others.Length; i++)
            list.Offer(others[i], Blend(likeness[i], column, others[i], chosen));
        return kept[..list.Sort()];
    }

    /// <summary>Whether two products, by id, stand in for each other: nobody wants the second with the first.</summary>
    public bool AreSubstitutes(int first, int second)
    {
        int a = _catalogue.Items.ColumnOf(first), b = _catalogue.Items.ColumnOf(second);
        if (a < 0 || b < 0 || _catalogue.Leaves[a] != _catalogue.Leaves[b])
            return false;
        int x = _kinds.Items.ColumnOf(first), y = _kinds.Items.ColumnOf(second);
        return x >= 0 && y >= 0 && _kinds.Similarity(x, y) > Substitute;
    }

    // What is not known of both (a model's factors, common buyers) takes no part, so that a new product is not held back for being new.
    private float Blend(float content, int column, int other, Dictionary<int, float>? chosen)
    {
        var (sum, parts) = (0f, 0);
        if (_factors is { } factors && factors.Items.ColumnOf(_catalogue[column].Id) is >= 0 and var x && factors.Items.ColumnOf(_catalogue[other].Id) is >= 0 and var y)
            (sum, parts) = (Math.Max(0, factors.Similarity(x, y)), 1);
        if (chosen is not null && _chosen.Items.ColumnOf(_catalogue[other].Id) is >= 0 and var column2 && !_chosen.Of(column2).IsEmpty)
            (sum, parts) = (sum + chosen.GetValueOrDefault(column2), parts + 1);
        return parts == 0 ? content : (1 - BehaviourShare) * content + BehaviourShare * sum / parts;
    }

    // On a scale from 0 to 1, so that it may stand beside a cosine; null when nobody chose the product together with another.
    private Dictionary<int, float>? ChosenWith(int column)
    {
        var item = _chosen.Items.ColumnOf(_catalogue[column].Id);
        if (item < 0 || _chosen.Of(item).IsEmpty)
            return null;
        var list = _chosen.Of(item).ToArray();
        return list.ToDictionary(r => r.Item, r => r.Score / list[0].Score);
    }

    private static string Branch(ProductFacts product) => product.CategoryPath.Length > 1 ? product.CategoryPath[1] : product.Department;

    private static bool Share(string[] a, string[] b) => a.Length == 0 || b.Length == 0 || Array.Exists(a, b.Contains);
}
