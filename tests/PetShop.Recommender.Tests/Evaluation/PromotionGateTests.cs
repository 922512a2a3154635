using PetShop.Recommender.Evaluation;

namespace PetShop.Recommender.Tests.Evaluation;

public sealed class PromotionGateTests
{
    private static readonly PromotionGate Gate = new(new GateOptions());
    private static readonly TimeSpan Young = TimeSpan.FromDays(1), Old = TimeSpan.FromDays(8);
    private static readonly EvaluationResult Served = Result(.20);

    [Fact]
    public void A_better_model_is_promoted() => Accept(Gate.Decide(Served, Young, Result(.21), 0), "better");

    [Fact]
    public void The_first_model_is_promoted() => Accept(Gate.Decide(null, default, Result(.05), 0), "No model");

    [Fact]
    public void An_equal_model_replaces_an_old_one() => Accept(Gate.Decide(Served, Old, Result(.20), 0), "as good");

    [Fact]
    public void An_equal_model_does_not_replace_a_young_one() => Refuse(Gate.Decide(Served, Young, Result(.20), 0), "not better");

    [Fact]
    public void The_age_of_a_model_of_today_is_told_in_words() => Refuse(Gate.Decide(Served, TimeSpan.FromHours(1), Result(.20), 0), "only less than a day old");

    [Fact]
    public void A_worse_model_does_not_even_replace_an_old_one() => Refuse(Gate.Decide(Served, Old, Result(.19), 0), "may be worse");

    [Fact]
    public void A_model_that_is_better_by_luck_only_is_refused() => Refuse(Gate.Decide(Served, Young, Result(.21, noise: 1), 0), "may be worse");

    [Fact]
    public void Too_little_coverage_is_refused() => Refuse(Gate.Decide(Served, Young, Result(.21, coverage: .44), 0), "too little of the catalogue");

    [Fact]
    public void A_slice_that_loses_is_refused() => Refuse(Gate.Decide(Served, Young, Result(.21, cats: .18), 0), "\"cats\"");

    [Fact]
    public void A_slice_that_disappears_is_refused()
    {
        var candidate = Result(.21) with { Slices = new Dictionary<string, Quality>() };
        Refuse(Gate.Decide(Served, Young, candidate, 0), "\"cats\"");
    }

    [Fact]
    public void A_slice_too_small_to_judge_by_decides_nothing() => Accept(Gate.Decide(Result(.20, catCases: 5), Young, Result(.21, cats: .01, catCases: 5), 0), "better");

    [Fact]
    public void A_safety_violation_is_refused_even_of_the_first_model()
    {
        Refuse(Gate.Decide(Served, Young, Result(.21), 1), "safety");
        Refuse(Gate.Decide(null, default, Result(.21), 1), "safety");
    }

    [Fact]
    public void A_figure_that_is_not_finite_is_refused()
    {
        Refuse(Gate.Decide(Served, Young, Result(double.NaN), 0), "not a finite number");
        Refuse(Gate.Decide(null, default, Result(.2, coverage: double.PositiveInfinity), 0), "not a finite number");
    }

    [Fact]
    public void A_model_without_test_cases_is_refused() =>
        Refuse(Gate.Decide(null, default, Result(.2) with { Overall = new Quality(0, 0, 0, 0, 0, 0, 0, 0) }, 0), "no held-out purchases");

    [Fact]
    public void A_slice_that_no_rail_ranks_by_the_model_is_shown_but_not_judged()
    {
        var served = Served with { Slices = new Dictionary<string, Quality> { [SliceNames.Repeat] = Served.Overall } };
        var candidate = Result(.21) with { Slices = new Dictionary<string, Quality> { [SliceNames.Repeat] = Served.Overall with { Ndcg10 = .01 } } };
        Accept(Gate.Decide(served, Young, candidate, 0), "better");
        Refuse(new PromotionGate(new GateOptions { Unjudged = [] }).Decide(served, Young, candidate, 0), $"\"{SliceNames.Repeat}\"");
    }

    [Fact]
    public void Every_reason_against_a_model_is_told()
    {
        var decision = Gate.Decide(Served, Young, Result(.19, coverage: .1, cats: .1), 3);
        Assert.False(decision.Promoted);
        Assert.Equal(4, decision.Reasons.Count);
        Assert.Equal(-.01, decision.Difference!.Value.Mean, 1e-9);
    }

    [Fact]
    public void A_loss_of_just_less_than_the_margin_is_no_reason_once_the_served_model_is_old()
    {
        Accept(Gate.Decide(Served, Old, Result(.1985), 0), "as good");
        Refuse(Gate.Decide(Served, Old, Result(.1975), 0), "may be worse");
    }

    [Fact]
    public void A_slice_with_a_figure_that_is_not_finite_is_refused() => Refuse(Gate.Decide(Served, Young, Result(.21, cats: double.NaN), 0), "not a finite number");

    private static void Accept(GateDecision decision, string reason)
    {
        Assert.True(decision.Promoted, string.Join(" ", decision.Reasons));
        Assert.Contains(reason, Assert.Single(decision.Reasons), StringComparison.Ordinal);
    }

    private static void Refuse(GateDecision decision, string reason)
    {
        Assert.False(decision.Promoted);
        Assert.Contains(reason, Assert.Single(decision.Reasons), StringComparison.Ordinal);
    }

    private static EvaluationResult Result(double ndcg, double noise = 0, double coverage = .5, double? cats = null, int catCases = 200)
    {
        var random = new Random(5);
        double[] byCase = [.. Enumerable.Range(0, 500).Select(i => ndcg + .1 * (i % 3 - 1) + noise * (random.NextDouble() - .5))];
        var overall = new Quality(500, ndcg, ndcg, .1, .2, .3, .4, .2);
        var slices = new Dictionary<string, Quality> { ["cats"] = overall with { Cases = catCases, Ndcg10 = cats ?? ndcg } };
        return new EvaluationResult("test", overall, slices, new Spread(coverage, .5, 20), byCase);
    }
}
