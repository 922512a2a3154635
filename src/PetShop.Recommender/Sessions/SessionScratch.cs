using System.Runtime.InteropServices;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Sessions;

/// <summary>What making one list needs in between; kept between lists so that a list allocates nothing.</summary>
internal sealed class SessionScratch
{
    private readonly SessionModelOptions _options;
    private readonly int[] _recent;
    private readonly int[] _anchors;
    private readonly Ranked[] _nearest;
    private readonly float[] _after;
    private readonly float[] _before;
    private readonly float[] _rules;
    private int _recentCount;

    public SessionScratch(int sessions, int items, SessionModelOptions options)
    {
        _options = options;
        _recent = new int[options.RecentItems];
        _anchors = new int[sessions];
        _nearest = new Ranked[options.Neighbours];
        (Sessions, Part, Total) = (new(sessions), new(items), new(items));
        _after = Powers(options.DistancePower, 1);
        _before = Powers(options.DistancePower, options.BackwardWeight);
        _rules = Powers(options.RulePower, 1);
    }

    /// <summary>Different products of the session, the latest first.</summary>
    public ReadOnlySpan<int> Recent => _recent.AsSpan(0, _recentCount);

    public SparseSums Sessions { get; }
    public SparseSums Part { get; }
    public SparseSums Total { get; }

    public float AfterWeight(int steps) => _after[steps];

    public float BeforeWeight(int steps) => _before[steps];

    public float RuleOf(int steps) => _rules[steps];

    public int AnchorOf(int session) => _anchors[session];

    public void Take(ReadOnlySpan<int> clicks, int items)
    {
        _recentCount = 0;
        for (var c = clicks.Length - 1; c >= 0 && _recentCount < _recent.Length; c--)
        {
            if ((uint)clicks[c] < (uint)items && !Recent.Contains(clicks[c]))
                _recent[_recentCount++] = clicks[c];
        }
    }

    /// <summary>Notes that a past session holds the r-th latest product; the first note tells where the two sessions meet.</summary>
    public void Share(int session, int r, float weight)
    {
        if (Sessions[session] == 0)
            _anchors[session] = r;
        Sessions.Add(session, weight);
    }

    public ReadOnlySpan<Ranked> Nearest()
    {
        var list = new TopList(_nearest);
        foreach (var session in Sessions.Touched)
            list.Offer(session, Sessions[session]);
        return _nearest.AsSpan(0, list.Sort());
    }

    /// <summary>Adds the part to the total as a distribution, times a weight, and empties it.</summary>
    public void MergePart(float weight)
    {
        var sum = 0f;
        foreach (var item in Part.Touched)
            sum += Part[item];
        if (sum > 0)
        {
            foreach (var item in Part.Touched)
                Total.Add(item, weight * Part[item] / sum);
        }
        Part.Clear();
    }

    public void Clear()
    {
        Sessions.Clear();
        Total.Clear();
    }

    private float[] Powers(double power, double weight)
    {
        var powers = new float[_options.MaxClicks + 1];
        for (var d = 1; d < powers.Length; d++)
            powers[d] = (float)(weight * Math.Pow(d, -power));
        return powers;
    }
}

/// <summary>Sums by index of which few are not zero; emptied in the time of those few.</summary>
internal sealed class SparseSums(int length)
{
    private readonly float[] _values = new float[length];
    private readonly List<int> _touched = [];

    public ReadOnlySpan<int> Touched => CollectionsMarshal.AsSpan(_touched);

    public float this[int index]
    {
        get => _values[index];
        set => _values[index] = value;
    }

    public void Add(int index, float value)
    {
        if (!(value > 0))
            return;
        if (_values[index] == 0)
            _touched.Add(index);
        _values[index] += value;
    }

    public void Clear()
    {
        foreach (var index in _touched)
            _values[index] = 0;
        _touched.Clear();
    }
}
