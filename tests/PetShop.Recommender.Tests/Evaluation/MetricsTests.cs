using PetShop.Recommender.Evaluation;

namespace PetShop.Recommender.Tests.Evaluation;

public sealed class MetricsTests
{
    // Places 2 and 4 of 5 are hits, of 3 relevant items in all.
    private static readonly bool[] Hits = [false, true, false, true, false];

    [Fact]
    public void Ndcg_equals_the_value_worked_out_by_hand()
    {
        // (1/log2 3 + 1/log2 5) / (1 + 1/log2 3 + 1/log2 4) = (0.63093 + 0.43068) / 2.13093
        Assert.Equal(0.498189, Metrics.Ndcg(Hits, relevant: 3, k: 5), 1e-6);
        Assert.Equal(0.386853, Metrics.Ndcg(Hits, relevant: 3, k: 2), 1e-6);
        Assert.Equal(1, Metrics.Ndcg([true, true], relevant: 2, k: 10), 1e-12);
        Assert.Equal(0, Metrics.Ndcg([], relevant: 2, k: 10));
    }

    [Fact]
    public void Recall_hit_rate_and_reciprocal_rank_equal_the_values_worked_out_by_hand()
    {
        Assert.Equal(2.0 / 3, Metrics.Recall(Hits, 3, 5), 1e-12);
        Assert.Equal(1.0 / 3, Metrics.Recall(Hits, 3, 2), 1e-12);
        Assert.Equal(0, Metrics.HitRate(Hits, 1));
        Assert.Equal(1, Metrics.HitRate(Hits, 2));
        Assert.Equal(.5, Metrics.ReciprocalRank(Hits));
    }

    [Fact]
    public void Gini_is_0_for_equal_counts_and_near_1_when_one_has_everything()
    {
        Assert.Equal(0, Metrics.Gini([3, 3, 3, 3]), 1e-12);
        Assert.Equal(.75, Metrics.Gini([0, 0, 0, 8]), 1e-12);
        Assert.Equal(.25, Metrics.Gini([1, 2, 3, 4]), 1e-12);
    }

    [Fact]
    public void A_bootstrap_interval_holds_the_mean_and_narrows_with_more_cases()
    {
        var random = new Random(1);
        double[] reference = [.. Enumerable.Range(0, 4000).Select(_ => random.NextDouble())];
        double[] candidate = [.. reference.Select(r => r + .02 + (random.NextDouble() - .5) / 5)];
        var many = PairedBootstrap.Compare(reference, candidate, seed: 3);
        var few = PairedBootstrap.Compare(reference.AsSpan(0, 100), candidate.AsSpan(0, 100), seed: 3);
        Assert.InRange(many.Mean, many.Lower, many.Upper);
        Assert.True(many.Lower is > .015 and < .02 && many.Upper < .025);
        Assert.True(few.Upper - few.Lower > 4 * (many.Upper - many.Lower));
        Assert.Equal(many, PairedBootstrap.Compare(reference, candidate, seed: 3));
        Assert.Throws<ArgumentException>(() => PairedBootstrap.Compare([1, 2], [1], seed: 3));
    }
}
