using System.Globalization;
using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;

namespace PetShop.Benchmarks.Quality;

/// <summary>MovieLens-1M in the protocol of the NCF paper: one item a user is tested against 99 others. One more of each user's, drawn by a seed, is the validation part.</summary>
public static class MovieLens
{
    private const int Movies = 3706;

    public static QualitySet Set { get; } = new("ml1m_ncf", Measure);

    private static List<QualityRow> Measure(string folder, Pace pace)
    {
        var (kept, taken) = PublicSplit.Take(PublicSplit.Rows(folder, "train.csv.gz").Select(r => (Number(r[0]), Number(r[1]))), 0, seed: 1);
        var positives = PublicSplit.Rows(folder, "test_positive.csv.gz").Select(r => (Number(r[0]), Number(r[1]))).ToArray();
        var negatives = PublicSplit.Rows(folder, "test_negatives.csv.gz").ToDictionary(r => Number(r[0]), r => Array.ConvertAll(r[1].Split(' '), Number));
        var split = PublicSplit.Of(kept, taken, positives.Concat(negatives.SelectMany(n => n.Value.Select(item => (n.Key, item)))).ToArray());
        var als = SearchSpace.Als(new AlsOptions { Rank = 192, Epochs = 12, UnobservedWeight = .3, Regularization = .007 }, maxRank: 256);
        var trials = pace.IsQuick ? 1 : 24;
        var (held, others) = ValidationOf(kept, taken);
        var contest = new Contest(split) { Figure = (model, _, _, _) => Sampled(model, split.Validation, held, others).Ndcg };
        List<QualityRow> rows = [];
        foreach (var (name, _, model) in contest.Run((als, trials), (SearchSpace.Ease(new EaseOptions { Regularization = 1000, Neighbours = Movies }), trials)))
        {
            var (hits, gain) = Sampled(model, split.Test, positives, negatives);
            var (hitRate, ndcg, whose) = name switch
            {
                "popularity" => (.4531, .2542, "TopPop, Dacrema 2019"),
                "ease" => (.7177, .4483, "peer EASE"),
                _ => (.73, .45, "published MF / iALS"),
            };
            rows.Add(new QualityRow(Set.Set, name, "HR@10 of 100", hits, hitRate, whose));
            rows.Add(new QualityRow(Set.Set, name, "NDCG@10 of 100", gain, ndcg, whose));
        }
        return rows;
    }

    /// <summary>The validation part in the protocol of the test: the item taken from each user, and 99 drawn from those the user never touched in training.</summary>
    private static ((int User, int Item)[] Positives, Dictionary<int, int[]> Negatives) ValidationOf(List<(int User, int Item)> kept, List<(int User, int Item)> taken)
    {
        var random = new Random(2);
        var touched = kept.Concat(taken).ToLookup(p => p.User, p => p.Item);
        int[] items = [.. kept.Select(p => p.Item).Distinct().Order()];
        return ([.. taken], taken.ToDictionary(t => t.User, t =>
        {
            int[] open = [.. items.Except(touched[t.User])];
            random.Shuffle(open);
            return open[..99];
        }));
    }

    private static (double HitRate, double Ndcg) Sampled(IModel model, Holdout holdout, (int User, int Item)[] positives, Dictionary<int, int[]> negatives)
    {
        var (hits, gain) = (0, 0d);
        var scores = new float[model.Items.Count];
        foreach (var (user, positive) in positives)
        {
            model.Score(holdout.Training.HistoryOf(PublicSplit.Shopper(user)), scores);
            var own = scores[model.Items.ColumnOf(positive)];
            var better = negatives[user].Count(n => scores[model.Items.ColumnOf(n)] >= own);
            hits += better < 10 ? 1 : 0;
            gain += better < 10 ? 1 / Math.Log2(better + 2) : 0;
        }
        return ((double)hits / positives.Length, gain / positives.Length);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
