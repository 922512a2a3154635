using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Tests.Segments;

public sealed class SequenceTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly Rule Abandoned = RuleJson.Parse(
        """{"v":1,"sequence":{"event":"cart_added"},"then_not":{"event":"purchased"},"gap":{"last":24,"unit":"hour"}}""");

    [Fact]
    public void A_cart_is_abandoned_when_its_day_has_passed_and_not_before()
    {
        Assert.False(Holds(Abandoned, Start.AddHours(24).AddMicroseconds(-1), Added(Start)));
        Assert.True(Holds(Abandoned, Start.AddHours(24), Added(Start)));
    }

    [Fact]
    public void A_purchase_counts_from_just_after_the_cart_to_the_end_of_the_gap()
    {
        bool Left(DateTimeOffset bought) => Holds(Abandoned, Start.AddDays(9), Added(Start), new BehaviourFacts(BehaviourType.Purchased, bought));
        Assert.True(Left(Start));
        Assert.False(Left(Start.AddMicroseconds(1)));
        Assert.False(Left(Start.AddHours(24)));
        Assert.True(Left(Start.AddHours(24).AddMicroseconds(1)));
    }

    [Fact]
    public void One_abandoned_cart_is_enough_though_another_was_bought() =>
        Assert.True(Holds(Abandoned, Start.AddDays(9), Added(Start), Added(Start.AddDays(3)), new BehaviourFacts(BehaviourType.Purchased, Start.AddDays(3).AddHours(1))));

    [Fact]
    public void What_is_to_follow_must_have_happened_before_the_asking_instant()
    {
        var bought = RuleJson.Parse(RuleJson.Write(Abandoned).Replace("then_not", "then", StringComparison.Ordinal));
        Assert.False(Holds(bought, Start.AddHours(24), Added(Start), new BehaviourFacts(BehaviourType.Purchased, Start.AddHours(24))));
        Assert.True(Holds(bought, Start.AddHours(25), Added(Start), new BehaviourFacts(BehaviourType.Purchased, Start.AddHours(24))));
    }

    private static BehaviourFacts Added(DateTimeOffset at) => new(BehaviourType.CartAdded, at);

    private static bool Holds(Rule rule, DateTimeOffset asOf, params BehaviourFacts[] events) =>
        rule.Matches(new(new VisitorFacts { Events = events }, new Moment(asOf, FactsGen.Zone)));
}
