using System.Numerics.Tensors;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Recommendations.Rails;

/// <summary>Splits products' scores into what each past interaction of one person adds to them. What is the same for all products is worked out once.</summary>
public sealed class Explainer
{
    private readonly ServingState _state;
    private readonly Interaction[] _weighed;
    private readonly List<(IModel Model, float Multiplier, float[] Vector)> _models = [];
    private float[] _common = [];

    /// <param name="weighed">The history that was folded in, in columns of the model.</param>
    public Explainer(ServingState state, Interaction[] weighed)
    {
        (_state, _weighed) = (state, weighed);
        if (state.Model is null || weighed.Length == 0)
            return;
        if (state.Model.Model is BlendModel blend)
        {
            var multipliers = blend.Multipliers(weighed);
            for (var p = 0; p < multipliers.Length; p++)
                if (multipliers[p] > 0)
                    Add(blend.Parts[p].Model, multipliers[p]);
        }
        else
            Add(state.Model.Model, 1);
    }

    /// <summary>One part for each interaction; empty when no model can say.</summary>
    public float[] PartsOf(int catalogueColumn)
    {
        var item = _state.ModelColumn(catalogueColumn);
        if (item < 0 || _models.Count == 0)
            return [];
        float[] sum = new float[_weighed.Length], parts = new float[_weighed.Length];
        foreach (var (model, multiplier, vector) in _models)
        {
            if (model is FactorModel factors)
                factors.Explain(_weighed, vector, item, parts);
            else
                ((IExplained)model).Explain(_weighed, item, parts);
            for (var j = 0; j < sum.Length; j++)
                sum[j] += multiplier * parts[j];
        }
        return sum;
    }

    /// <summary>What no single deed adds: popularity among those with the same kinds of pets. With <see cref="PartsOf"/> it sums to the score.</summary>
    public float CommonPartOf(int catalogueColumn) => _common.Length > 0 && _state.ModelColumn(catalogueColumn) is >= 0 and var item ? _common[item] : 0;

    private void Add(IModel model, float multiplier)
    {
        if (model is not (FactorModel or IExplained))
        {
            AddCommon(model, multiplier);
            return;
        }
        float[] vector = [];
        if (model is FactorModel factors)
            factors.FoldIn(_weighed, vector = new float[factors.Rank]);
        _models.Add((model, multiplier, vector));
    }

    private void AddCommon(IModel model, float multiplier)
    {
        var scores = new float[model.Items.Count];
        model.Score(_weighed, scores);
        if (_common.Length == 0)
            _common = new float[scores.Length];
        TensorPrimitives.MultiplyAdd(scores, multiplier, _common, _common);
    }
}
