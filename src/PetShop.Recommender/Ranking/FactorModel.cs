using System.Numerics;
using System.Numerics.Tensors;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Numerics;

namespace PetShop.Recommender.Ranking;

/// <summary>Item factors. A shopper is not stored but folded in from recent history, so a newcomer is served and every click counts at once.</summary>
public sealed class FactorModel : IExplained
{
    private const int StackLimit = 512;
    private readonly float[] _factors;
    private readonly float[] _norms;
    private readonly double[] _means, _squares;
    private readonly FoldIn _foldIn;

    /// <param name="items">Products of the rows.</param>
    /// <param name="rank">Factors an item, k.</param>
    /// <param name="factors">Row-major, items x rank. Unless they are in their Gram eigenbasis already they are rotated into it, which changes no score.</param>
    /// <param name="options">Numbers of the fold-in.</param>
    /// <exception cref="ArgumentException">Shapes disagree or an option is out of range.</exception>
    /// <exception cref="ArithmeticException">A factor is not finite.</exception>
    public FactorModel(ItemIndex items, int rank, ReadOnlySpan<float> factors, FoldInOptions options)
    {
        options.Validate();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rank);
        if (factors.Length != (long)items.Count * rank)
            throw new ArgumentException($"{items.Count} items of {rank} factors need {(long)items.Count * rank} numbers, not {factors.Length}.", nameof(factors));
        if (!TensorPrimitives.IsFiniteAll(factors))
            throw new ArithmeticException("The factors hold a number that is not finite; the model cannot be used.");
        (Items, Rank, Options) = (items, rank, options);
        _factors = factors.ToArray();
        var parallel = new ParallelOptions();
        var spectrum = Numerics.Factors.SpectrumOf(_factors, rank, parallel) ?? Numerics.Factors.Diagonalize(_factors, rank, parallel);
        if (!Array.TrueForAll(spectrum, double.IsFinite))
            throw new ArithmeticException("The factors are too large to work with; the model cannot be used.");
        _foldIn = new FoldIn(_factors, rank, spectrum, options);
        (_means, _squares) = (new double[rank], new double[rank]);
        // Every list compares hundreds of pairs: their lengths are taken once.
        _norms = new float[items.Count];
        for (var item = 0; item < _norms.Length; item++)
        {
            _norms[item] = TensorPrimitives.Norm(FactorsOf(item));
            AddToMoments(FactorsOf(item));
        }
    }

    /// <inheritdoc/>
    public ItemIndex Items { get; }

    /// <summary>Factors an item.</summary>
    public int Rank { get; }

    /// <summary>Numbers of the fold-in.</summary>
    public FoldInOptions Options { get; }

    /// <summary>All factors, row-major.</summary>
    public ReadOnlySpan<float> Factors => _factors;

    /// <summary>The factors of one item.</summary>
    public ReadOnlySpan<float> FactorsOf(int item) => _factors.AsSpan(item * Rank, Rank);

    /// <summary>Solves the shopper's vector.</summary>
    /// <param name="history">The shopper's interactions, each item once.</param>
    /// <param name="shopper">Length <see cref="Rank"/>; zeros when the history is empty.</param>
    public void FoldIn(ReadOnlySpan<Interaction> history, Span<float> shopper) => _foldIn.Solve(history, shopper);

    /// <summary>Splits an item's score into what each past interaction adds to it; the parts sum to the score.</summary>
    /// <param name="history">As folded in.</param>
    /// <param name="shopper">The folded-in vector.</param>
    /// <param name="item">The item explained.</param>
    /// <param name="contributions">One for each interaction, in the same order.</param>
    public void Explain(ReadOnlySpan<Interaction> history, ReadOnlySpan<float> shopper, int item, Span<float> contributions) =>
        _foldIn.Explain(history, shopper, item, contributions);

    /// <summary>What the shopper's vector and scores would be without any one of the interactions.</summary>
    /// <exception cref="ArithmeticException">The system has no finite solution.</exception>
    public LeaveOneOut Without(ReadOnlySpan<Interaction> history) => _foldIn.Without(history);

    /// <inheritdoc/>
    public void Explain(ReadOnlySpan<Interaction> history, int item, Span<float> contributions)
    {
        var shopper = Rank <= StackLimit ? stackalloc float[Rank] : new float[Rank];
        FoldIn(history, shopper);
        Explain(history, shopper, item, contributions);
    }

    /// <summary>Score of one item for a folded-in shopper.</summary>
    public float ScoreOf(ReadOnlySpan<float> shopper, int item) => TensorPrimitives.Dot(shopper, FactorsOf(item));

    /// <summary>Likeness of two items from -1 to 1: the cosine of their factors; 0 when one has none.</summary>
    public float Similarity(int a, int b)
    {
        var norms = _norms[a] * _norms[b];
        return norms > 0 ? TensorPrimitives.Dot(FactorsOf(a), FactorsOf(b)) / norms : 0;
    }

    /// <inheritdoc/>
    public bool Knows(ReadOnlySpan<Interaction> history)
    {
        foreach (var seen in history)
        {
            if (seen.Target > 0 && FactorsOf(seen.Index).ContainsAnyExcept(0f))
                return true;
        }
        return false;
    }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<Interaction> history, Span<float> scores) => ScoreAndSpread(history, null, scores);

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<Interaction> history, Eligibility eligible, Span<float> scores) => ScoreAndSpread(history, eligible, scores);

    /// <summary>Scores of the eligible items for a folded-in shopper, by column.</summary>
    public void ScoreFor(ReadOnlySpan<float> shopper, Eligibility eligible, Span<float> scores)
    {
        var words = eligible.Words;
        for (var w = 0; w < words.Length; w++)
        {
            for (var word = words[w]; word != 0; word &= word - 1)
            {
                var item = w * 64 + BitOperations.TrailingZeroCount(word);
                scores[item] = ScoreOf(shopper, item);
            }
        }
    }

    /// <summary>Scores the eligible items.</summary>
    /// <param name="eligible">Null for all.</param>
    /// <returns>The standard deviation of the scores of all items, eligible or not: from sums over the factors, so that none needs to be scored for it.</returns>
    internal float ScoreAndSpread(ReadOnlySpan<Interaction> history, Eligibility? eligible, Span<float> scores)
    {
        var shopper = Rank <= StackLimit ? stackalloc float[Rank] : new float[Rank];
        FoldIn(history, shopper);
        if (eligible is not null)
            ScoreFor(shopper, eligible, scores);
        else
            for (var item = 0; item < Items.Count; item++)
                scores[item] = ScoreOf(shopper, item);
        return SpreadOf(shopper);
    }

    /// <summary>The standard deviation of all items' scores for a history.</summary>
    internal float SpreadOf(ReadOnlySpan<Interaction> history)
    {
        var shopper = Rank <= StackLimit ? stackalloc float[Rank] : new float[Rank];
        FoldIn(history, shopper);
        return SpreadOf(shopper);
    }

    // The mean of the squared scores is x' G x / n, and the Gram matrix G is diagonal.
    private float SpreadOf(ReadOnlySpan<float> shopper)
    {
        double mean = 0, squares = 0;
        for (var f = 0; f < Rank; f++)
        {
            mean += _means[f] * shopper[f];
            squares += _squares[f] * shopper[f] * shopper[f];
        }
        var variance = squares - mean * mean;
        return variance > 1e-12 * mean * mean && float.IsNormal((float)variance) ? (float)Math.Sqrt(variance) : 0;
    }

    private void AddToMoments(ReadOnlySpan<float> row)
    {
        for (var f = 0; f < row.Length; f++)
        {
            _means[f] += (double)row[f] / Items.Count;
            _squares[f] += (double)row[f] * row[f] / Items.Count;
        }
    }

    /// <inheritdoc/>
    public int Top(ReadOnlySpan<Interaction> history, Eligibility eligible, Span<Ranked> top)
    {
        var shopper = Rank <= StackLimit ? stackalloc float[Rank] : new float[Rank];
        FoldIn(history, shopper);
        return TopFor(shopper, eligible, top);
    }

    /// <summary>Best eligible items for a vector: an exact scan that allocates nothing.</summary>
    /// <param name="shopper">A folded-in vector, or an item's factors for items like it.</param>
    /// <param name="eligible">Items that may appear.</param>
    /// <param name="top">Filled from the start, best first.</param>
    /// <returns>How many were found.</returns>
    public int TopFor(ReadOnlySpan<float> shopper, Eligibility eligible, Span<Ranked> top)
    {
        if (eligible.Count != Items.Count)
            throw new ArgumentException($"The model has {Items.Count} items, the eligibility {eligible.Count}.", nameof(eligible));
        var list = new TopList(top);
        var words = eligible.Words;
        for (var w = 0; w < words.Length; w++)
        {
            for (var word = words[w]; word != 0; word &= word - 1)
            {
                var item = w * 64 + BitOperations.TrailingZeroCount(word);
                list.Offer(item, ScoreOf(shopper, item));
            }
        }
        return list.Sort();
    }

    /// <summary>Eligible items most like one item, by cosine, itself left out.</summary>
    /// <returns>How many were found.</returns>
    public int TopLike(int item, Eligibility eligible, Span<Ranked> top)
    {
        var list = new TopList(top);
        for (var other = 0; other < Items.Count; other++)
        {
            if (other != item && eligible[other])
                list.Offer(other, Similarity(item, other));
        }
        return list.Sort();
    }
}
