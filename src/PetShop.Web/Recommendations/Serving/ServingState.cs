using System.Numerics;
using System.Runtime.CompilerServices;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Sessions;

namespace PetShop.Web.Recommendations.Serving;

/// <summary>Everything a rail is made of at one moment: model, catalogue, neighbours and the common lists. Immutable; a request keeps the one it started with.</summary>
public sealed class ServingState
{
    private readonly int[] _catalogueColumn;
    private readonly int[] _modelColumn;
    private readonly bool _isSameOrder;
    private readonly ScoreSheets _sheets;
    private readonly ConditionalWeakTable<ShelfRule, Eligibility> _targets = [];

    public ServingState(ServedModel? model, Catalogue catalogue, NeighbourLists neighbours, ProductLists lists, SessionModel? visits = null, ShelfRules? rules = null)
    {
        (Model, Catalogue, Neighbours, Lists, Visits, Rules) = (model, catalogue, neighbours, lists, visits, rules ?? ShelfRules.None);
        Sessions = visits is null ? null : new(visits, catalogue);
        _catalogueColumn = model is null ? [] : [.. model.Model.Items.Products.ToArray().Select(catalogue.Items.ColumnOf)];
        _modelColumn = new int[catalogue.Count];
        Array.Fill(_modelColumn, -1);
        for (var column = 0; column < _catalogueColumn.Length; column++)
            if (_catalogueColumn[column] >= 0)
                _modelColumn[_catalogueColumn[column]] = column;
        _isSameOrder = _catalogueColumn.Length == _modelColumn.Length && _catalogueColumn.SequenceEqual(Enumerable.Range(0, _modelColumn.Length));
        _sheets = new(_catalogueColumn.Length);
        Diversifier = new Diversifier(catalogue.Brands, catalogue.Leaves, Similarity, new DiversifierOptions());
    }

    public static ServingState Empty { get; } = new(null, Catalogue.Empty, NeighbourLists.Empty, new ProductLists(Catalogue.Empty, DateOnly.FromDateTime(DateTime.UnixEpoch)));

    /// <summary>The same shop at the same moment under another model.</summary>
    public ServingState Under(ServedModel model) => new(model, Catalogue, Neighbours, Lists, Visits, Rules);

    public ServedModel? Model { get; }
    public Catalogue Catalogue { get; }
    public NeighbourLists Neighbours { get; }
    public ProductLists Lists { get; }
    /// <summary>Past visits; null before the first training.</summary>
    public SessionModel? Visits { get; }
    /// <summary>What comes next in a visit; null before the first training.</summary>
    public SessionLookup? Sessions { get; }
    public Diversifier Diversifier { get; }
    /// <summary>What merchandisers do to rails.</summary>
    public ShelfRules Rules { get; }

    /// <summary>The products a rule is about, as columns of this catalogue.</summary>
    public Eligibility TargetOf(ShelfRule rule) => _targets.GetValue(rule, r => r.TargetIn(Catalogue));

    /// <summary>Column of the model for a column of the catalogue; -1 for a product the model has not met.</summary>
    public int ModelColumn(int catalogueColumn) => _modelColumn[catalogueColumn];

    /// <summary>Column of the catalogue for a column of the model; -1 for a product that is no longer sold.</summary>
    public int CatalogueColumn(int modelColumn) => _catalogueColumn[modelColumn];

    /// <summary>The same products as columns of the model; not to be changed.</summary>
    public Eligibility ToModel(Eligibility ofCatalogue)
    {
        if (_isSameOrder)
            return ofCatalogue;
        var eligible = new Eligibility(_catalogueColumn.Length);
        var words = ofCatalogue.Words;
        for (var w = 0; w < words.Length; w++)
            for (var word = words[w]; word != 0; word &= word - 1)
                if (_modelColumn[w * 64 + BitOperations.TrailingZeroCount(word)] is >= 0 and var column)
                    eligible[column] = true;
        return eligible;
    }

    /// <summary>The best eligible products for one person, best first, in columns of the catalogue.</summary>
    /// <param name="owner">Whom the scores are for; lists of the same owner are taken from one scoring.</param>
    /// <param name="ofCatalogue">Columns of the catalogue that may appear.</param>
    /// <param name="likely">Columns of the catalogue that further lists will ask for.</param>
    /// <param name="score">Scores columns of the model.</param>
    /// <param name="top">Filled from the start.</param>
    /// <returns>How many were found.</returns>
    internal int Top<TOwner>(TOwner owner, Eligibility ofCatalogue, Eligibility likely, ScoreSheets.Scoring<TOwner> score, Span<Ranked> top)
        where TOwner : class
    {
        var count = _sheets.Top(owner, ToModel(ofCatalogue), ToModel(likely), score, top);
        for (var i = 0; i < count; i++)
            top[i] = top[i] with { Item = _catalogueColumn[top[i].Item] };
        return count;
    }

    /// <summary>Likeness of two products from 0 to 1: by their factors where the model has them, else by leaf category, brand and species.</summary>
    public float Similarity(int a, int b)
    {
        if (Model?.Model is FactorModel factors && _modelColumn[a] >= 0 && _modelColumn[b] >= 0)
            return Math.Max(0, factors.Similarity(_modelColumn[a], _modelColumn[b]));
        return (Catalogue.Leaves[a] == Catalogue.Leaves[b] ? 0.6f : 0) + (Catalogue.Brands[a] == Catalogue.Brands[b] ? 0.2f : 0)
            + (Catalogue[a].Department == Catalogue[b].Department ? 0.1f : 0);
    }
}
