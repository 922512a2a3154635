using System.Runtime.InteropServices;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Content;

/// <summary>One word or fact of a product, weighed by how much it tells.</summary>
/// <param name="Index">Number of the word or fact.</param>
/// <param name="Weight">Its part of the product's vector of length 1.</param>
public readonly record struct Feature(int Index, float Weight);

/// <summary>Products as sparse vectors of length 1 of their words and facts: hashed TF-IDF, so that nothing needs a dictionary of words.</summary>
/// <remarks>Words and facts are scaled apart, then joined by <see cref="ContentOptions.FactShare"/>; a product without facts is its words alone. Immutable.</remarks>
public sealed class ContentVectors
{
    private readonly int[] _starts;
    private readonly Feature[] _features;

    private ContentVectors(ItemIndex items, int[] starts, Feature[] features, int featureCount) =>
        (Items, _starts, _features, FeatureCount) = (items, starts, features, featureCount);

    /// <summary>Products and their columns.</summary>
    public ItemIndex Items { get; }

    /// <summary>Words and facts that at least two products share.</summary>
    public int FeatureCount { get; }

    /// <summary>What a product is, in order of index; what no other product has too is left out, but counts in the length.</summary>
    public ReadOnlySpan<Feature> Of(int column) => _features.AsSpan(_starts[column], _starts[column + 1] - _starts[column]);

    /// <summary>Makes the vectors of a catalogue.</summary>
    /// <exception cref="ArgumentException">A product is named twice, or an option is out of range.</exception>
    public static ContentVectors Of(IReadOnlyCollection<ContentItem> products, ContentOptions options)
    {
        options.Validate();
        var sorted = products.OrderBy(p => p.Product).ToArray();
        var items = new ItemIndex(Array.ConvertAll(sorted, p => p.Product));
        var counts = Array.ConvertAll(sorted, p => Count(p, options));
        var spread = new Dictionary<int, int>();
        foreach (var hash in counts.SelectMany(c => c.Words.Keys.Concat(c.Facts.Keys)))
            CollectionsMarshal.GetValueRefOrAddDefault(spread, hash, out _)++;
        var shared = spread.Where(s => s.Value > 1).Select(s => s.Key).Order().ToArray();
        var starts = new int[items.Count + 1];
        List<Feature> features = [];
        for (var column = 0; column < items.Count; column++)
        {
            features.AddRange(Weigh(counts[column].Words, counts[column].Facts, spread, shared, items.Count, options));
            starts[column + 1] = features.Count;
        }
        return new ContentVectors(items, starts, [.. features], shared.Length);
    }

    /// <summary>Likeness of two products from 0 to 1: the cosine of their vectors.</summary>
    public float Similarity(int a, int b)
    {
        ReadOnlySpan<Feature> first = Of(a), second = Of(b);
        var sum = 0f;
        for (int i = 0, j = 0; i < first.Length && j < second.Length;)
        {
            if (first[i].Index == second[j].Index)
                sum += first[i++].Weight * second[j++].Weight;
            else if (first[i].Index < second[j].Index)
                i++;
            else
                j++;
        }
        return Math.Min(1, sum);
    }

    /// <summary>Likeness of one product to each of several.</summary>
    /// <param name="scratch">Zeros, <see cref="FeatureCount"/> of them; zeros again afterwards.</param>
    public void Similarities(int item, ReadOnlySpan<int> others, Span<float> scratch, Span<float> likeness)
    {
        foreach (var feature in Of(item))
            scratch[feature.Index] = feature.Weight;
        for (var i = 0; i < others.Length; i++)
        {
            var sum = 0f;
            foreach (var feature in Of(others[i]))
                sum += feature.Weight * scratch[feature.Index];
            likeness[i] = Math.Min(1, sum);
        }
        foreach (var feature in Of(item))
            scratch[feature.Index] = 0;
    }

    /// <summary>The products most like one of them, itself left out; unlike ones are not listed.</summary>
    public Ranked[] Nearest(int item, int count)
    {
        int[] others = [.. Enumerable.Range(0, Items.Count).Where(o => o != item)];
        var likeness = new float[others.Length];
        Similarities(item, others, new float[FeatureCount], likeness);
        var kept = new Ranked[count];
        var list = new TopList(kept);
        for (var i = 0; i < others.Length; i++)
        {
            if (likeness[i] > 0)
                list.Offer(others[i], likeness[i]);
        }
        return kept[..list.Sort()];
    }

    private static (Dictionary<int, double> Words, Dictionary<int, double> Facts) Count(ContentItem product, ContentOptions options)
    {
        Dictionary<int, double> words = [], facts = [];
        Words.Hash(product.Name, options.HashBits, hash => Add(words, hash, 1));
        if (options.DescriptionWeight > 0)
            Words.Hash(product.Text, options.HashBits, hash => Add(words, hash, options.DescriptionWeight));
        // A fact and a word never share a place by meaning: the mark before it keeps "dog" the species from "dog" the word.
        foreach (var (fact, weight) in product.Facts)
            Add(facts, Words.Of("\u0001" + fact.ToLowerInvariant(), options.HashBits), weight);
        return (words, facts);

        static void Add(Dictionary<int, double> counts, int hash, double weight) => CollectionsMarshal.GetValueRefOrAddDefault(counts, hash, out _) += weight;
    }

    private static List<Feature> Weigh(Dictionary<int, double> words, Dictionary<int, double> facts, Dictionary<int, int> spread, int[] shared, int products, ContentOptions options)
    {
        var weights = new SortedDictionary<int, double>();
        var factShare = facts.Count == 0 ? 0 : words.Count == 0 ? 1 : options.FactShare;
        Join(words, 1 - factShare, n => Math.Log(1 + n));
        Join(facts, factShare, n => n);
        List<Feature> features = [];
        foreach (var (hash, weight) in weights)
        {
            if (Array.BinarySearch(shared, hash) is >= 0 and var index)
                features.Add(new(index, (float)weight));
        }
        return features;

        void Join(Dictionary<int, double> counts, double share, Func<double, double> damp)
        {
            double Weight(KeyValuePair<int, double> c) => damp(c.Value) * Math.Log(1 + (double)products / spread[c.Key]);
            var norm = Math.Sqrt(counts.Sum(c => Weight(c) * Weight(c)));
            foreach (var count in counts)
                weights[count.Key] = weights.GetValueOrDefault(count.Key) + Math.Sqrt(share) * Weight(count) / norm;
        }
    }
}
