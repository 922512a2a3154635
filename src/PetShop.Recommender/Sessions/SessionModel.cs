using System.Collections.Concurrent;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Sessions;

/// <summary>Says what a visitor clicks next from the clicks of this visit alone: sessions like it, rules of what follows what, and going back.</summary>
/// <remarks>
/// Session neighbours with recency, rarity and distance from the shared click (Ludewig and Jannach, UMUAI 2018; Garg et al., "STAN", SIGIR 2019) and
/// sequential rules (Kamehkhosh et al., 2017), each made a distribution and summed. O(r s) time for r recent products and s sessions a product;
/// memory is the log's clicks twice. Immutable and safe for any number of threads.
/// </remarks>
public sealed class SessionModel
{
    private const int ReturnDepth = 20;
    private readonly int[] _postingStarts;
    private readonly int[] _postings;
    private readonly float[] _recency;
    private readonly float[] _rarity;
    private readonly double[] _returns;
    private readonly ConcurrentBag<SessionScratch> _scratch = [];

    /// <param name="log">The past.</param>
    /// <param name="options">Numbers of the scores.</param>
    public SessionModel(SessionLog log, SessionModelOptions options)
    {
        options.Validate();
        (Log, Options) = (log, options);
        (_postingStarts, _postings, _rarity) = Index(log, options.SessionsPerItem);
        _recency = new float[log.Count];
        for (var s = 0; s < log.Count; s++)
            _recency[s] = (float)Math.Pow(2, (log.Days[s] - log.Days[^1]) / options.HalfLife.TotalDays);
        _returns = Returns(log);
    }

    /// <summary>The past it looks things up in.</summary>
    public SessionLog Log { get; }

    /// <summary>Numbers of the scores.</summary>
    public SessionModelOptions Options { get; }

    /// <summary>Products and their columns.</summary>
    public ItemIndex Items => Log.Items;

    /// <summary>Chance that the next click goes back to the product clicked before, to the one before that, and so on.</summary>
    public ReadOnlySpan<double> ReturnChances => _returns;

    /// <summary>Whether any of the clicks was ever seen in a past session.</summary>
    public bool Knows(ReadOnlySpan<int> clicks)
    {
        foreach (var click in clicks)
        {
            if ((uint)click < (uint)Items.Count && _postingStarts[click + 1] > _postingStarts[click])
                return true;
        }
        return false;
    }

    /// <summary>Finds the most likely next products, best first; ties go to the lower column.</summary>
    /// <param name="clicks">Columns clicked in this session, in order; -1 for products the model does not know.</param>
    /// <param name="eligible">Products that may appear.</param>
    /// <param name="top">Filled from the start.</param>
    /// <returns>How many were found: none when nothing clicked is known.</returns>
    public int Top(ReadOnlySpan<int> clicks, Eligibility eligible, Span<Ranked> top)
    {
        if (eligible.Count != Items.Count)
            throw new ArgumentException($"The model has {Items.Count} items, the eligibility {eligible.Count}.", nameof(eligible));
        if (!_scratch.TryTake(out var scratch))
            scratch = new SessionScratch(Log.Count, Items.Count, Options);
        scratch.Take(clicks, Items.Count);
        AddNeighbours(scratch);
        AddRules(scratch);
        for (var r = 0; r < Math.Min(scratch.Recent.Length, _returns.Length); r++)
            scratch.Total.Add(scratch.Recent[r], (float)(Options.ReturnWeight * _returns[r]));
        var list = new TopList(top);
        foreach (var item in scratch.Total.Touched)
        {
            if (eligible[item])
                list.Offer(item, scratch.Total[item]);
        }
        var count = list.Sort();
        scratch.Clear();
        _scratch.Add(scratch);
        return count;
    }

    private ReadOnlySpan<int> SessionsOf(int item) => _postings.AsSpan(_postingStarts[item], _postingStarts[item + 1] - _postingStarts[item]);

    private void AddNeighbours(SessionScratch scratch)
    {
        for (var r = 0; r < scratch.Recent.Length; r++)
        {
            var weight = (float)(Math.Exp(-Options.ClickFade * r) * Math.Pow(_rarity[scratch.Recent[r]], Options.SharedRarity));
            foreach (var session in SessionsOf(scratch.Recent[r]))
                scratch.Share(session, r, weight);
        }
        foreach (var session in scratch.Sessions.Touched)
            scratch.Sessions[session] *= _recency[session] * (float)Math.Pow(Log[session].Length, -Options.LengthPenalty);
        foreach (var neighbour in scratch.Nearest())
            AddNeighbour(scratch, neighbour);
        foreach (var item in scratch.Part.Touched)
            scratch.Part[item] *= (float)Math.Pow(_rarity[item], Options.CandidateRarity);
        scratch.MergePart(1);
    }

    private void AddNeighbour(SessionScratch scratch, Ranked neighbour)
    {
        var clicks = Log[neighbour.Item];
        var at = clicks.LastIndexOf(scratch.Recent[scratch.AnchorOf(neighbour.Item)]);
        for (var place = 0; place < clicks.Length; place++)
        {
            var steps = place - at;
            if (steps != 0)
                scratch.Part.Add(clicks[place], neighbour.Score * (steps > 0 ? scratch.AfterWeight(steps) : scratch.BeforeWeight(-steps)));
        }
    }

    private void AddRules(SessionScratch scratch)
    {
        for (var r = 0; r < scratch.Recent.Length; r++)
        {
            var fade = (float)Math.Exp(-Options.RuleFade * r);
            if (fade < 0.01f)
                break;
            var item = scratch.Recent[r];
            foreach (var session in SessionsOf(item))
            {
                var clicks = Log[session];
                for (var from = clicks.IndexOf(item); from >= 0 && from < clicks.Length; from++)
                {
                    if (clicks[from] != item)
                        continue;
                    for (var to = from + 1; to < clicks.Length; to++)
                        scratch.Part.Add(clicks[to], fade * _recency[session] * scratch.RuleOf(to - from));
                }
            }
        }
        scratch.MergePart((float)Options.RuleWeight);
    }

    // The latest sessions of each product, latest first, each once; rarity is log(sessions / sessions with it).
    private static (int[] Starts, int[] Postings, float[] Rarity) Index(SessionLog log, int most)
    {
        var holding = new int[log.Items.Count];
        var lastSeen = new int[log.Items.Count];
        Array.Fill(lastSeen, -1);
        for (var s = 0; s < log.Count; s++)
        {
            foreach (var item in log[s])
            {
                if (lastSeen[item] != s)
                    (lastSeen[item], holding[item]) = (s, holding[item] + 1);
            }
        }
        var starts = new int[holding.Length + 1];
        for (var item = 0; item < holding.Length; item++)
            starts[item + 1] = starts[item] + Math.Min(most, holding[item]);
        var postings = new int[starts[^1]];
        var next = starts[..^1];
        Array.Fill(lastSeen, -1);
        for (var s = log.Count - 1; s >= 0; s--)
        {
            foreach (var item in log[s])
            {
                if (lastSeen[item] != s && next[item] < starts[item + 1])
                    (lastSeen[item], postings[next[item]++]) = (s, s);
            }
        }
        return (starts, postings, Array.ConvertAll(holding, n => (float)Math.Log(1 + (double)log.Count / Math.Max(1, n))));
    }

    private static double[] Returns(SessionLog log)
    {
        var counts = new double[ReturnDepth];
        var moves = 0L;
        List<int> recent = [];
        for (var s = 0; s < log.Count; s++)
        {
            recent.Clear();
            foreach (var item in log[s])
            {
                var rank = recent.LastIndexOf(item);
                if (recent.Count > 0)
                    moves++;
                if (rank >= 0)
                {
                    if (recent.Count - 1 - rank < ReturnDepth)
                        counts[recent.Count - 1 - rank]++;
                    recent.RemoveAt(rank);
                }
                recent.Add(item);
            }
        }
        return Array.ConvertAll(counts, c => c / Math.Max(1, moves));
    }
}
