using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Recommendations.Training;

/// <summary>Makes of a model what a rail makes of it: popular products where it has nothing to say, and neighbours that differ.</summary>
public sealed class ServedLists(Catalogue catalogue)
{
    /// <summary>Answers in columns of <paramref name="items"/> for a model whose own may differ.</summary>
    public Contender Over(IModel model, ItemIndex items, IModel popular)
    {
        var factors = Contenders.FactorsOf(model);
        var facts = items.Products.ToArray().Select(catalogue.Find).ToArray();
        var columns = factors is null ? [] : Array.ConvertAll(items.Products.ToArray(), factors.Items.ColumnOf);
        var diversifier = new Diversifier(Array.ConvertAll(facts, p => p?.BrandId ?? -1), Array.ConvertAll(facts, p => p?.CategoryId ?? -1), Likeness, new DiversifierOptions());
        return new ServedContender(model, items, popular, (candidates, list) => diversifier.Arrange(candidates, list)).Top;

        float Likeness(int a, int b)
        {
            if (factors is not null && columns[a] >= 0 && columns[b] >= 0)
                return Math.Max(0, factors.Similarity(columns[a], columns[b]));
            return facts[a] is { } p && facts[b] is { } q ? (p.CategoryId == q.CategoryId ? 0.6f : 0) + (p.BrandId == q.BrandId ? 0.2f : 0) + (p.Department == q.Department ? 0.1f : 0) : 0;
        }
    }

    /// <summary>The species that a product is made for, as names of slices.</summary>
    public IEnumerable<string> SpeciesOf(int product) => catalogue.Find(product)?.Species ?? [];
}
