using PetShop.Recommender.Interactions;
using PetShop.Recommender.Numerics;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Content;

/// <summary>Settings of <see cref="ColdItemMap"/>.</summary>
public sealed record ColdItemOptions
{
    /// <summary>m: how many interactions a product needs before its own weigh as much as its content.</summary>
    public double Mass { get; init; } = 15;

    /// <summary>Share of a suggestion that is believed: the map follows the products most people choose, and a new one is seldom among those.</summary>
    public double Belief { get; init; } = 0.7;

    /// <summary>l: pull of the map towards zero.</summary>
    public double Regularization { get; init; } = 50;

    /// <summary>Where there are more words and facts they are folded to this many before the map is solved; the solution takes its cube.</summary>
    public int Dimensions { get; init; } = 1536;

    internal void Validate()
    {
        if (!(Mass > 0) || Belief is not (> 0 and <= 1) || !(Regularization > 0) || Dimensions is < 1 or > 8192)
            throw new ArgumentException($"Mass ({Mass}) and regularisation ({Regularization}) must be above 0, belief ({Belief}) above 0 and at most 1, dimensions ({Dimensions}) from 1 to 8192.");
    }
}

/// <summary>Gives products that few or none touched a place among the trained ones: where products of the same words and facts stand.</summary>
/// <remarks>
/// Ridge regression from content to factors, each product weighed by its interactions: <c>W = (F'NF + lI)^-1 F'NY</c>; then <c>y = (n y + m b W f) / (n + m)</c>.
/// O(items f^2 + d^3) time for f features an item and d dimensions.
/// </remarks>
public sealed class ColdItemMap
{
    private readonly ContentVectors _content;
    private readonly ColdItemOptions _options;
    private readonly int _rank;
    private readonly int _dimensions;
    // Row-major, dimensions x rank.
    private readonly double[] _map;

    /// <summary>Learns the map.</summary>
    /// <param name="model">The trained factors.</param>
    /// <param name="counts">Interactions by column of the model.</param>
    /// <exception cref="ArithmeticException">The system has no finite solution.</exception>
    public ColdItemMap(FactorModel model, ReadOnlySpan<int> counts, ContentVectors content, ColdItemOptions options)
    {
        options.Validate();
        if (counts.Length != model.Items.Count)
            throw new ArgumentException($"The model has {model.Items.Count} items, but there are {counts.Length} counts.", nameof(counts));
        (_content, _options, _rank) = (content, options, model.Rank);
        var d = _dimensions = Math.Min(options.Dimensions, Math.Max(1, content.FeatureCount));
        var gram = new double[d * d];
        _map = new double[d * _rank];
        for (var item = 0; item < counts.Length; item++)
        {
            if (counts[item] > 0 && content.Items.ColumnOf(model.Items[item]) is >= 0 and var column)
                Add(gram, Fold(column), counts[item], model.FactorsOf(item));
        }
        for (var i = 0; i < d; i++)
            gram[i * d + i] += options.Regularization;
        if (!Cholesky.Factor<double>(gram, d))
            throw new ArithmeticException($"The map from content to factors has no finite solution; raise its regularisation ({options.Regularization}).");
        var right = new double[d];
        for (var f = 0; f < _rank; f++)
        {
            for (var i = 0; i < d; i++)
                right[i] = _map[i * _rank + f];
            Cholesky.Solve<double>(gram, d, right);
            for (var i = 0; i < d; i++)
                _map[i * _rank + f] = right[i];
        }
    }

    /// <summary>The factors that a product's content alone suggests; zeros for a product without known content.</summary>
    public void Suggest(int product, Span<float> factors)
    {
        factors.Clear();
        if (_content.Items.ColumnOf(product) is not (>= 0 and var column))
            return;
        foreach (var (index, weight) in Fold(column))
        {
            for (var f = 0; f < _rank; f++)
                factors[f] += (float)(weight * _map[index * _rank + f]);
        }
    }

    /// <summary>The model with every product drawn towards its content: wholly where nobody touched it, hardly where many did.</summary>
    public FactorModel Apply(FactorModel model, ReadOnlySpan<int> counts)
    {
        var factors = model.Factors.ToArray();
        var suggested = new float[_rank];
        for (var item = 0; item < counts.Length; item++)
        {
            Suggest(model.Items[item], suggested);
            if (!suggested.AsSpan().ContainsAnyExcept(0f))
                continue;
            var own = (float)(counts[item] / (counts[item] + _options.Mass));
            var content = (1 - own) * (float)_options.Belief;
            for (var f = 0; f < _rank; f++)
                factors[item * _rank + f] = own * factors[item * _rank + f] + content * suggested[f];
        }
        return new FactorModel(model.Items, _rank, factors, model.Options);
    }

    // Only the lower triangle is summed; it is all that Cholesky reads.
    private void Add(double[] gram, List<(int Index, double Weight)> features, int count, ReadOnlySpan<float> factors)
    {
        foreach (var (row, weight) in features)
        {
            foreach (var (column, other) in features)
            {
                if (column <= row)
                    gram[row * _dimensions + column] += count * weight * other;
            }
            for (var f = 0; f < _rank; f++)
                _map[row * _rank + f] += count * weight * factors[f];
        }
    }

    // Features beyond the dimensions share places, with a sign by hash so that strangers cancel out rather than add up.
    private List<(int Index, double Weight)> Fold(int column)
    {
        List<(int Index, double Weight)> folded = [];
        foreach (var (index, weight) in _content.Of(column))
        {
            var hash = (uint)index * 2654435761u;
            folded.Add(_content.FeatureCount <= _dimensions ? (index, weight)
                : ((int)((hash >> 8) % (uint)_dimensions), (hash >> 7 & 1) == 0 ? weight : -weight));
        }
        return folded;
    }
}
