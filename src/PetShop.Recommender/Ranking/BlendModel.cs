using System.Buffers;
using System.Numerics.Tensors;
using PetShop.Recommender.Interactions;

namespace PetShop.Recommender.Ranking;

/// <summary>One model of a blend.</summary>
/// <param name="Name">Name of its trainer.</param>
/// <param name="Model">The model.</param>
/// <param name="Weight">What its scores count, 0 or more.</param>
public sealed record BlendPart(string Name, IModel Model, float Weight);

/// <summary>Several models' scores summed, each brought to the same spread over the catalogue first and weighed by what validation taught.</summary>
public sealed class BlendModel : IExplained
{
    private readonly BlendPart[] _parts;

    /// <exception cref="ArgumentException">The parts know different products, or no weight is above 0.</exception>
    public BlendModel(IReadOnlyList<BlendPart> parts)
    {
        if (parts.Count == 0 || parts.Any(p => !(p.Weight >= 0) || float.IsInfinity(p.Weight)) || parts.All(p => p.Weight == 0))
            throw new ArgumentException($"A blend needs finite weights, none below and one above 0; there are {string.Join(", ", parts.Select(p => $"{p.Name} {p.Weight}"))}.", nameof(parts));
        Items = parts[0].Model.Items;
        if (parts.FirstOrDefault(p => !p.Model.Items.Products.SequenceEqual(Items.Products)) is { } other)
            throw new ArgumentException($"{other.Name} knows other products than {parts[0].Name}; blend models of the same training data.", nameof(parts));
        _parts = [.. parts];
    }

    /// <inheritdoc/>
    public ItemIndex Items { get; }

    /// <summary>The models and their weights.</summary>
    public IReadOnlyList<BlendPart> Parts => _parts;

    /// <inheritdoc/>
    public bool Knows(ReadOnlySpan<Interaction> history)
    {
        foreach (var part in _parts)
        {
            if (part.Weight > 0 && part.Model.Knows(history))
                return true;
        }
        return false;
    }

    /// <summary>Sums the parts' scores, each over its standard deviation over all items, times its weight. A part with the same score for all adds nothing.</summary>
    public void Score(ReadOnlySpan<Interaction> history, Span<float> scores) => Sum(history, null, scores);

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<Interaction> history, Eligibility eligible, Span<float> scores) => Sum(history, eligible, scores);

    /// <inheritdoc/>
    public int Top(ReadOnlySpan<Interaction> history, Eligibility eligible, Span<Ranked> top)
    {
        var rented = ArrayPool<float>.Shared.Rent(Items.Count);
        var scores = rented.AsSpan(0, Items.Count);
        Sum(history, eligible, scores);
        var count = TopList.Select(scores, eligible, top);
        ArrayPool<float>.Shared.Return(rented);
        return count;
    }

    /// <inheritdoc/>
    /// <remarks>The parts sum to the score but for what comes from a model that does not look at single products, such as popularity.</remarks>
    public void Explain(ReadOnlySpan<Interaction> history, int item, Span<float> contributions)
    {
        contributions[..history.Length].Clear();
        var own = history.Length <= 512 ? stackalloc float[history.Length] : new float[history.Length];
        foreach (var (_, model, weight) in _parts)
        {
            if (weight == 0 || model is not IExplained explained)
                continue;
            explained.Explain(history, item, own);
            TensorPrimitives.MultiplyAdd(own, weight * ScaleOf(model, history), contributions[..history.Length], contributions[..history.Length]);
        }
    }

    /// <summary>What each part's scores are multiplied by for a history: its weight over the standard deviation of its scores. Taken once where many items are explained.</summary>
    public float[] Multipliers(ReadOnlySpan<Interaction> history)
    {
        var multipliers = new float[_parts.Length];
        for (var p = 0; p < _parts.Length; p++)
            if (_parts[p].Weight > 0)
                multipliers[p] = _parts[p].Weight * ScaleOf(_parts[p].Model, history);
        return multipliers;
    }

    private void Sum(ReadOnlySpan<Interaction> history, Eligibility? eligible, Span<float> scores)
    {
        scores.Clear();
        var rented = ArrayPool<float>.Shared.Rent(Items.Count);
        var own = rented.AsSpan(0, Items.Count);
        // What stands beside items that were not asked for may be anything finite.
        own.Clear();
        foreach (var (_, model, weight) in _parts)
        {
            if (weight == 0)
                continue;
            float scale;
            if (model is FactorModel factors)
            {
                scale = Over(factors.ScoreAndSpread(history, eligible, own));
            }
            else
            {
                model.Score(history, own);
                scale = ScaleOf(own);
            }
            TensorPrimitives.MultiplyAdd(own, weight * scale, scores, scores);
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    private static float ScaleOf(IModel model, ReadOnlySpan<Interaction> history)
    {
        if (model is FactorModel factors)
            return Over(factors.SpreadOf(history));
        var rented = ArrayPool<float>.Shared.Rent(model.Items.Count);
        var own = rented.AsSpan(0, model.Items.Count);
        model.Score(history, own);
        var scale = ScaleOf(own);
        ArrayPool<float>.Shared.Return(rented);
        return scale;
    }

    private static float Over(float spread) => spread > 0 ? 1 / spread : 0;

    /// <summary>One over the standard deviation; 0 when all scores are the same.</summary>
    internal static float ScaleOf(ReadOnlySpan<float> scores)
    {
        if (scores.IsEmpty)
            return 0;
        var mean = TensorPrimitives.Sum(scores) / scores.Length;
        var variance = TensorPrimitives.SumOfSquares(scores) / scores.Length - mean * mean;
        return variance > 1e-12f * mean * mean && float.IsNormal(variance) ? 1 / MathF.Sqrt(variance) : 0;
    }
}
