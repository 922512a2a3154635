using System.Numerics;

namespace PetShop.Recommender.Ranking;

/// <summary>The items that may appear in a list: one bit a column. Safe for readers while nobody changes it.</summary>
public sealed class Eligibility
{
    private readonly ulong[] _words;

    /// <param name="count">Number of columns.</param>
    /// <param name="all">Whether all of them are eligible at first.</param>
    public Eligibility(int count, bool all = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Count = count;
        _words = new ulong[(count + 63) / 64];
        if (all)
        {
            Array.Fill(_words, ulong.MaxValue);
            ClearBeyondEnd();
        }
    }

    private Eligibility(int count, ulong[] words) => (Count, _words) = (count, words);

    /// <summary>Number of columns, eligible or not.</summary>
    public int Count { get; }

    /// <summary>Number of eligible columns.</summary>
    public int EligibleCount
    {
        get
        {
            var sum = 0;
            foreach (var word in _words)
                sum += BitOperations.PopCount(word);
            return sum;
        }
    }

    /// <summary>The bits, 64 columns a word, the lowest column in the lowest bit.</summary>
    public ReadOnlySpan<ulong> Words => _words;

    /// <summary>Whether a column is eligible.</summary>
    public bool this[int item]
    {
        get => (_words[Checked(item) >> 6] >> (item & 63) & 1) != 0;
        set
        {
            if (value)
                _words[Checked(item) >> 6] |= 1UL << (item & 63);
            else
                _words[Checked(item) >> 6] &= ~(1UL << (item & 63));
        }
    }

    /// <summary>A copy that may be changed without touching this one.</summary>
    public Eligibility Copy() => new(Count, [.. _words]);

    /// <summary>Whether all that is eligible here is eligible in the other, too.</summary>
    public bool IsWithin(Eligibility other)
    {
        RequireSameSize(other);
        for (var i = 0; i < _words.Length; i++)
        {
            if ((_words[i] & ~other._words[i]) != 0)
                return false;
        }
        return true;
    }

    /// <summary>Keeps only what is eligible in both.</summary>
    public Eligibility And(Eligibility other)
    {
        RequireSameSize(other);
        for (var i = 0; i < _words.Length; i++)
            _words[i] &= other._words[i];
        return this;
    }

    /// <summary>Adds what is eligible in the other.</summary>
    public Eligibility Or(Eligibility other)
    {
        RequireSameSize(other);
        for (var i = 0; i < _words.Length; i++)
            _words[i] |= other._words[i];
        return this;
    }

    /// <summary>Takes away what is eligible in the other.</summary>
    public Eligibility Except(Eligibility other)
    {
        RequireSameSize(other);
        for (var i = 0; i < _words.Length; i++)
            _words[i] &= ~other._words[i];
        return this;
    }

    /// <summary>Takes away the columns given; those outside are ignored.</summary>
    public Eligibility Except(ReadOnlySpan<int> items)
    {
        foreach (var item in items)
        {
            if ((uint)item < (uint)Count)
                this[item] = false;
        }
        return this;
    }

    private int Checked(int item) => (uint)item < (uint)Count ? item
        : throw new ArgumentOutOfRangeException(nameof(item), item, $"Columns run from 0 to {Count - 1}.");

    private void RequireSameSize(Eligibility other)
    {
        if (other.Count != Count)
            throw new ArgumentException($"Sets of {Count} and {other.Count} columns belong to different models.", nameof(other));
    }

    private void ClearBeyondEnd()
    {
        if ((Count & 63) != 0)
            _words[^1] = (1UL << (Count & 63)) - 1;
    }
}
