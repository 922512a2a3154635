using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Training;

/// <summary>Validation cases with every part's scores of the candidates, taken once so that many weights can be tried in a second.</summary>
internal sealed class BlendCases
{
    private readonly Case[] _cases;
    private readonly ParallelOptions _parallel;

    private BlendCases(Case[] cases, ParallelOptions parallel) => (_cases, _parallel) = (cases, parallel);

    public static BlendCases Take(IReadOnlyList<IModel> models, Holdout validation, EvaluationOptions evaluation, BlendOptions options, CancellationToken cancel)
    {
        var parallel = new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = evaluation.Threads > 0 ? evaluation.Threads : Environment.ProcessorCount };
        HeldOut[] drawn = [.. validation.Cases];
        if (drawn.Length > options.MaxCases)
        {
            new Random(options.Seed).Shuffle(drawn);
            drawn = drawn[..options.MaxCases];
        }
        var cases = new Case[drawn.Length];
        Parallel.For(0, drawn.Length, parallel, i => cases[i] = CaseOf(models, drawn[i], validation, evaluation, options.Candidates));
        return new BlendCases([.. cases.Where(c => c.Relevant > 0)], parallel);
    }

    /// <summary>Mean NDCG@10 of a blend with these weights.</summary>
    public double Ndcg10(double[] weights)
    {
        var figures = new double[_cases.Length];
        var counted = Array.ConvertAll(weights, w => (float)w);
        Parallel.For(0, _cases.Length, _parallel, i => figures[i] = _cases[i].Ndcg10(counted));
        return figures.Length == 0 ? 0 : figures.Average();
    }

    private static Case CaseOf(IReadOnlyList<IModel> models, HeldOut held, Holdout validation, EvaluationOptions evaluation, int candidates)
    {
        var history = validation.HistoryOf(held.Shopper);
        var eligible = new Eligibility(validation.Training.ItemCount, all: true);
        if (evaluation.ExcludeSeen)
            eligible.Except(held.Settled ?? Array.ConvertAll(history.ToArray(), seen => seen.Index));
        var scores = new float[models.Count][];
        var chosen = new SortedSet<int>();
        var top = new Ranked[candidates];
        for (var m = 0; m < scores.Length; m++)
        {
            models[m].Score(history, scores[m] = new float[validation.Training.ItemCount]);
            foreach (var ranked in top.AsSpan(0, TopList.Select(scores[m], eligible, top)))
                chosen.Add(ranked.Item);
        }
        int[] items = [.. chosen];
        var scaled = scores.Select(own =>
        {
            var scale = BlendModel.ScaleOf(own);
            return Array.ConvertAll(items, item => own[item] * scale);
        });
        return new Case([.. scaled], Array.ConvertAll(items, item => Array.BinarySearch(held.Bought, item) >= 0), held.Bought.Count(item => eligible[item]));
    }

    /// <summary>One shopper.</summary>
    /// <param name="Scores">By part, then by candidate, in order of column.</param>
    /// <param name="IsBought">By candidate.</param>
    /// <param name="Relevant">Held-out items that could be shown.</param>
    private sealed record Case(float[][] Scores, bool[] IsBought, int Relevant)
    {
        public double Ndcg10(float[] weights)
        {
            Span<Ranked> top = stackalloc Ranked[10];
            var list = new TopList(top);
            for (var candidate = 0; candidate < IsBought.Length; candidate++)
            {
                var sum = 0f;
                for (var part = 0; part < weights.Length; part++)
                    sum += weights[part] * Scores[part][candidate];
                list.Offer(candidate, sum);
            }
            top = top[..list.Sort()];
            Span<bool> hits = stackalloc bool[top.Length];
            for (var place = 0; place < top.Length; place++)
                hits[place] = IsBought[top[place].Item];
            return Metrics.Ndcg(hits, Relevant, 10);
        }
    }
}
