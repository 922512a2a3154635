using PetShop.Web.Commands;
using PetShop.Web.Recommendations.Training;

namespace PetShop.Web.Tests.Commands;

public sealed class EvaluateTableTests
{
    private static readonly QualityRow
        Popular = new("popularity", 0.0343, 0.0384, 0.01, 0.09, 0.99, 0), Served = new("ALS", 0.0843, 0.09, 0.2, 0.2, 0.6, 0),
        Best = new("EASE [fast]", 0.09591, 0.10564, 0.254, 0.3, 0.5, 12.34)
        {
            Ndcg20 = 0.11, Recall10 = 0.08, HitRate20 = 0.4, Mrr = 0.123, MeanPopularity = 84.26, Novelty = 9.876,
            Slices = new Dictionary<string, SliceRow> { ["repeat"] = new(1_200, 0.2, 0, 0, 0.25, 0, 0, 0), ["koi"] = new(4, 0.9, 0, 0, 0.9, 0, 0, 0) },
        };
    private static readonly QualityReport Report = new(Best.Name, "ALS", DateTimeOffset.UnixEpoch, 684, [Best, Popular])
    {
        Windows = [new(new(2011, 11, 28, 12, 0, 0, TimeSpan.Zero), new(2011, 12, 9, 12, 30, 0, TimeSpan.Zero), 1_684, 12, "choice")],
        Judged = [Best, Served, Popular], Difference = new(0.0116, 0.004, 0.02, 0.0843), Failures = [new("ALS", "Lambda is not positive.")], Promoted = true, Reasons = ["It is better.", "It is safe."],
    };

    [Fact]
    public void Every_contender_has_a_row_with_its_figures_under_their_names()
    {
        var lines = Print(Report);
        var head = Array.FindIndex(lines, l => l.Contains("MRR", StringComparison.Ordinal));
        Assert.Equal(["contender", "NDCG@10", "@20", "recall@10", "@20", "hit@10", "@20", "MRR", "cover", "Gini", "pop.", "bits", "s"], Cells(lines[head]));
        Assert.Equal(["EASE [fast]", "0.0959", "0.1100", "0.0800", "0.1056", "0.3000", "0.4000", "0.1230", "0.2540", "0.5000", "84.3", "9.88", "12.3"], Cells(lines[head + 2]));
        Assert.Equal(["popularity", "0.0343", "0.0000", "0.0000", "0.0384", "0.0900", "0.0000", "0.0000", "0.0100", "0.9900", "0.0", "0.00", "0.0"], Cells(lines[head + 3]));
    }

    [Fact]
    public void Slices_of_a_few_people_are_left_out_and_the_verdict_stands_in_words()
    {
        var lines = Print(Report);
        Assert.Equal(["repeat", "0.2000 / 0.2500 (1,200)", "–", "–"], Cells(Assert.Single(lines, l => l.Contains("repeat", StringComparison.Ordinal))));
        Assert.DoesNotContain(lines, l => l.Contains("koi", StringComparison.Ordinal));
        Assert.Contains("Window for the choice: purchases from 2011-11-28 12:00 to 2011-12-09 12:30 UTC of 1,684 people (12 more had no past).", lines);
        Assert.Contains("Left out: ALS: Lambda is not positive.", lines);
        Assert.Contains("Against the model in service: NDCG@10 +0.0116 (95 % interval +0.0040 to +0.0200, paired bootstrap), from 0.0843.", lines);
        Assert.Contains("The gate, but for safety, would promote it: It is better. It is safe.", lines);
        Assert.Contains("No model is in service to compare with.", Print(Report with { Difference = null }));
    }

    [Fact]
    public void The_model_in_service_is_told_from_the_best_even_where_both_are_the_same_trainer() =>
        Assert.Contains(Print(Report with { Judged = [Best, Best, Popular] }), l => l.Contains("in service: EASE [fast]", StringComparison.Ordinal));

    [Fact]
    public void Where_the_model_in_service_could_not_be_measured_popularity_is_not_taken_for_it()
    {
        Assert.Contains(Print(Report with { Difference = null }), l => l.Contains("in service: ALS", StringComparison.Ordinal));
        Assert.DoesNotContain(Print(Report with { Judged = [Best, Popular] }), l => l.Contains("in service: popularity", StringComparison.Ordinal));
    }

    private static string[] Print(QualityReport report)
    {
        using var printed = new StringWriter();
        EvaluateCommand.Print(report, printed);
        return printed.ToString().ReplaceLineEndings("\n").Split('\n');
    }

    private static string[] Cells(string line) => [.. line.Split('│', '|', '┃').Select(c => c.Trim()).Where(c => c.Length > 0)];
}
