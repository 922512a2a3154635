using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;

namespace PetShop.Recommender.Tests.Training;

public sealed class EaseTests
{
    private static readonly InteractionMatrix Small = Samples.Binary(
        [(1, 10), (1, 11), (2, 10), (2, 11), (2, 12), (3, 12), (3, 13), (4, 10), (4, 13), (5, 11), (5, 12)], [10, 11, 12, 13]);

    [Fact]
    public void The_weights_are_those_of_the_closed_form()
    {
        // P worked out by Gauss-Jordan from the definition, X'X + 2 I.
        double[,] gram = { { 5, 2, 1, 1 }, { 2, 5, 2, 0 }, { 1, 2, 5, 1 }, { 1, 0, 1, 4 } };
        var inverse = GaussJordan(gram);
        var model = new EaseTrainer(new EaseOptions { Regularization = 2 }).Train(Small);
        for (var from = 0; from < 4; from++)
        {
            var scores = new float[4];
            model.Score([new Interaction(from, 1)], scores);
            for (var to = 0; to < 4; to++)
                Assert.Equal(from == to ? 0 : -inverse[from, to] / inverse[to, to], scores[to], 1e-6);
        }
    }

    [Fact]
    public void No_other_weights_without_a_diagonal_foretell_the_histories_better()
    {
        var options = new EaseOptions { Regularization = 3, Neighbours = 80 };
        var matrix = Samples.Departments(shoppers: 60, items: 24);
        var weights = WeightsOf(new EaseTrainer(options).Train(matrix));
        var best = Loss(matrix, weights, options.Regularization);
        var random = new Random(1);
        for (var moved = 0; moved < 200; moved++)
        {
            int from = random.Next(24), to = random.Next(24);
            if (from == to)
                continue;
            var (kept, step) = (weights[from][to], random.Next(2) == 0 ? .01f : -.01f);
            weights[from][to] += step;
            Assert.True(Loss(matrix, weights, options.Regularization) > best, $"{from} to {to} by {step}");
            weights[from][to] = kept;
        }
    }

    [Fact]
    public void No_product_foretells_itself_and_the_strongest_weights_of_either_sign_are_kept()
    {
        var matrix = Samples.Departments();
        var all = WeightsOf(new EaseTrainer(new EaseOptions { Regularization = 20 }).Train(matrix));
        var model = new EaseTrainer(new EaseOptions { Regularization = 20, Neighbours = 9 }).Train(matrix);
        Assert.Contains(all, row => row.Min() < 0);
        var kept = WeightsOf(model);
        for (var to = 0; to < matrix.ItemCount; to++)
        {
            Assert.Equal(0, all[to][to]);
            var list = model.Of(to).ToArray();
            Assert.Equal(list.OrderByDescending(r => r.Score).ThenBy(r => r.Item), list);
            var foretelling = Enumerable.Range(0, matrix.ItemCount).OrderByDescending(from => Math.Abs(all[from][to])).ThenBy(from => from).Take(9).ToHashSet();
            for (var from = 0; from < matrix.ItemCount; from++)
                Assert.Equal(foretelling.Contains(from) ? all[from][to] : 0, kept[from][to]);
        }
    }

    [Fact]
    public void Past_products_add_up_to_the_score_refused_ones_with_the_sign_turned()
    {
        var model = new EaseTrainer(new EaseOptions { Regularization = 20 }).Train(Samples.Departments());
        Interaction[] history = [new(3, 4), new(7, 1), new(8, 8, 0), new(15, 2)];
        float[] scores = new float[80], parts = new float[4];
        model.Score(history, scores);
        for (var item = 0; item < scores.Length; item++)
        {
            model.Explain(history, item, parts);
            Assert.Equal(scores[item], parts.Sum(), 1e-5);
            Assert.Equal(-Math.Log2(9) * model.Of(8).ToArray().Where(r => r.Item == item).Sum(r => r.Score), parts[2], 1e-5);
        }
    }

    [Fact]
    public void Training_again_gives_the_same_bits_on_any_number_of_cores()
    {
        var matrix = Samples.Departments();
        var options = new EaseOptions { Dropout = .2, ShopperDamping = .5, Regularization = 10 };
        var one = new EaseTrainer(options with { Threads = 1 }).Train(matrix);
        var two = new EaseTrainer(options with { Threads = 2 }).Train(matrix);
        for (var item = 0; item < matrix.ItemCount; item++)
            Assert.Equal(one.Of(item).ToArray(), two.Of(item).ToArray());
    }

    [Fact]
    public void Too_many_products_a_bad_setting_and_cancellation_are_told_apart()
    {
        var matrix = Samples.Departments();
        Assert.Contains("80", Assert.Throws<ArgumentException>(() => new EaseTrainer(new EaseOptions { MaxItems = 79 }).Train(matrix)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new EaseTrainer(new EaseOptions { Regularization = 0 }).Train(matrix));
        Assert.Throws<ArgumentException>(() => new EaseTrainer(new EaseOptions { Dropout = 1 }).Train(matrix));
        Assert.Throws<OperationCanceledException>(() => new EaseTrainer(new EaseOptions()).Train(matrix, null, new CancellationToken(true)));
    }

    private static float[][] WeightsOf(NeighbourModel model) => [.. Enumerable.Range(0, model.Items.Count).Select(from =>
    {
        var row = new float[model.Items.Count];
        model.Score([new Interaction(from, 1)], row);
        return row;
    })];

    // |X - X B|^2 + l |B|^2 with the X that the model scores by.
    private static double Loss(InteractionMatrix matrix, float[][] weights, double ridge)
    {
        var loss = ridge * weights.Sum(row => row.Sum(w => (double)w * w));
        for (var u = 0; u < matrix.ShopperCount; u++)
        {
            var error = new double[matrix.ItemCount];
            foreach (var seen in matrix.ByShopper[u])
            {
                error[seen.Index] += Math.Log2(1 + seen.Confidence);
                for (var to = 0; to < error.Length; to++)
                    error[to] -= Math.Log2(1 + seen.Confidence) * weights[seen.Index][to];
            }
            loss += error.Sum(e => e * e);
        }
        return loss;
    }

    private static double[,] GaussJordan(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var inverse = new double[n, n];
        for (var i = 0; i < n; i++)
            inverse[i, i] = 1;
        for (var pivot = 0; pivot < n; pivot++)
        {
            var scale = matrix[pivot, pivot];
            for (var j = 0; j < n; j++)
                (matrix[pivot, j], inverse[pivot, j]) = (matrix[pivot, j] / scale, inverse[pivot, j] / scale);
            for (var row = 0; row < n; row++)
            {
                var factor = row == pivot ? 0 : matrix[row, pivot];
                for (var j = 0; j < n; j++)
                    (matrix[row, j], inverse[row, j]) = (matrix[row, j] - factor * matrix[pivot, j], inverse[row, j] - factor * inverse[pivot, j]);
            }
        }
        return inverse;
    }
}
