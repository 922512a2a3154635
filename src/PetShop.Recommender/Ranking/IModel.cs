using PetShop.Recommender.Interactions;

namespace PetShop.Recommender.Ranking;

/// <summary>What a trainer makes: ranks products for anyone whose recent history is known. Immutable and safe for any number of threads.</summary>
public interface IModel
{
    /// <summary>Products and their columns.</summary>
    ItemIndex Items { get; }

    /// <summary>False when the history says nothing to this model, so that its list would be the same for everyone.</summary>
    bool Knows(ReadOnlySpan<Interaction> history);

    /// <summary>Scores every item; the higher the better.</summary>
    /// <param name="history">The shopper's interactions, each item once, in columns of <see cref="Items"/>.</param>
    /// <param name="scores">Length of <see cref="Items"/>.</param>
    void Score(ReadOnlySpan<Interaction> history, Span<float> scores);

    /// <summary>Scores at least the eligible items; what stands beside the others is of no meaning.</summary>
    /// <param name="history">As in <see cref="Score(ReadOnlySpan{Interaction}, Span{float})"/>.</param>
    /// <param name="eligible">Items whose scores are wanted.</param>
    /// <param name="scores">Length of <see cref="Items"/>.</param>
    void Score(ReadOnlySpan<Interaction> history, Eligibility eligible, Span<float> scores) => Score(history, scores);

    /// <summary>Finds the best eligible items, best first; ties go to the lower column.</summary>
    /// <param name="history">As in <see cref="Score(ReadOnlySpan{Interaction}, Span{float})"/>.</param>
    /// <param name="eligible">Items that may appear; leave out seen ones here if they shall not.</param>
    /// <param name="top">Filled from the start.</param>
    /// <returns>How many were found.</returns>
    int Top(ReadOnlySpan<Interaction> history, Eligibility eligible, Span<Ranked> top);
}
