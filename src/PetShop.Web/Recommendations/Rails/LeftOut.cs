using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Recommendations.Rails;

/// <summary>Whether a product would still be among those that a person's lists are made of, had one deed of theirs not been.</summary>
/// <remarks>From the dual for a factor model, no refold needed; any other model scores the history without the deed.</remarks>
public sealed class LeftOut
{
    // Lists are made of about this many of the best.
    private const int ListsReach = 60;
    private readonly IModel _model;
    private readonly Interaction[] _history;
    private readonly Eligibility _eligible;
    private readonly int _item;
    private readonly float[] _scores;
    private readonly LeaveOneOut? _without;

    /// <param name="column">Of the product, in the catalogue.</param>
    public LeftOut(ServingState state, Taste taste, int column)
    {
        (_model, _history, _eligible, _item) = (state.Model!.Model, [.. taste.Weighed], state.ToModel(taste.Discover), state.ModelColumn(column));
        _scores = new float[_model.Items.Count];
        _without = (_model as FactorModel)?.Without(_history);
    }

    /// <param name="j">Place of the deed in the person's weighed history.</param>
    public bool IsDecisive(int j)
    {
        _model.Score(_history, _scores);
        if (PlaceOfItem() > ListsReach)
            return false;
        if (_without is not null && _model is FactorModel factors)
        {
            var vector = new float[factors.Rank];
            _without.Vector(j, vector);
            for (var item = 0; item < _scores.Length; item++)
                _scores[item] = factors.ScoreOf(vector, item);
        }
        else
            _model.Score([.. _history.Where((_, k) => k != j)], _scores);
        return PlaceOfItem() > ListsReach;
    }

    private int PlaceOfItem()
    {
        var place = 1;
        for (var other = 0; other < _scores.Length; other++)
            if (_eligible[other] && _scores[other] > _scores[_item])
                place++;
        return place;
    }
}
