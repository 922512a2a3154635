using FsCheck.Fluent;
using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Tests.Segments;

public sealed class ForesightTests
{
    private static readonly DateTimeOffset Noon = new(2026, 10, 20, 10, 0, 0, TimeSpan.Zero);

    /// <summary>The evaluator itself is asked: before the foreseen instant it says what it says now, from then on something else.</summary>
    [Fact]
    public void An_answer_turns_at_the_foreseen_instant_and_not_before()
    {
        var (turning, lasting) = (0, 0);
        Props.Hold(from rule in RuleGen.Stored from c in FactsGen.Cases from share in Gen.Choose(0, 999) select (Rule: rule, Case: c, Share: share / 1000.0), x =>
        {
            var all = x.Case with { Visitor = x.Case.Visitor with { Consents = (ConsentPurposes)15 } };
            var why = RuleExplanation.Foreseen(Props.Set.Draft(x.Rule), Props.Set, all.Visitor, all.At, Props.Euros);
            var now = x.Rule.Matches(all);
            if (why.FlipsAt is not { } flip)
            {
                lasting++;
                return x.Rule.Matches(all with { At = all.At.At(all.At.AsOf + TimeSpan.FromDays(399) * x.Share) }) == now;
            }
            turning++;
            return x.Rule.Matches(all with { At = all.At.At(flip) }) != now && x.Rule.Matches(all with { At = all.At.At(flip.AddMicroseconds(-1)) }) == now
                && x.Rule.Matches(all with { At = all.At.At(all.At.AsOf + (flip - all.At.AsOf).Subtract(TimeSpan.FromMicroseconds(1)) * x.Share) }) == now;
        }, tests: 6000);
        Assert.True(turning > 100 && lasting > 100, $"{turning} turned, {lasting} did not");
    }

    [Fact]
    public void A_purchase_leaves_its_calendar_window_by_the_clock_on_the_wall()
    {
        var why = Why("""{"v":1,"event":"purchased","count":{"op":">=","value":1},"within":{"last":10,"unit":"calendar_day"}}""", new BehaviourFacts(BehaviourType.Purchased, Noon.AddDays(-1), 118));
        // Summer time ends on 25 October: ten days on the wall are an hour longer.
        Assert.Equal(Noon.AddDays(9).AddHours(1).AddMicroseconds(1), why.FlipsAt);
        var evidence = Assert.Single(why.Parts.Single(p => p.Evidence.Count > 0).Evidence);
        Assert.Equal((118, why.FlipsAt), (evidence.Event.ProductId, evidence.Until));
    }

    [Fact]
    public void A_silence_turns_when_it_has_matured() => Assert.Equal(Noon.AddHours(20), Why(
        """{"v":1,"sequence":{"event":"cart_added"},"then_not":{"event":"purchased"},"gap":{"last":24,"unit":"hour"}}""", new BehaviourFacts(BehaviourType.CartAdded, Noon.AddHours(-4))).FlipsAt);

    [Fact]
    public void The_nearest_miss_is_the_way_with_the_fewest_hurdles()
    {
        var why = Why("""{"v":1,"any":[{"all":[{"attr":"orders.count","op":">=","value":9},{"attr":"orders.revenue_minor","op":">","value":5}]},{"attr":"orders.count","op":">=","value":1}]}""");
        var miss = Assert.Single(why.NearestMiss());
        Assert.Equal(("whose number of orders is at least 1", "0"), (miss.Needed, miss.Actual));
        Assert.Equal(3, why.Obstacles().Count());
    }

    [Fact]
    public void Who_has_not_agreed_is_not_promised_a_day()
    {
        var set = new SegmentSet(new Dictionary<string, Rule>());
        var rule = RuleJson.Parse("""{"v":1,"attr":"lifecycle.registered_days","op":">=","value":30}""");
        var visitor = VisitorFacts.Unknown with { RegisteredAt = Noon };
        Assert.Null(RuleExplanation.Foreseen(set.Draft(rule), set, visitor, new(Noon, FactsGen.Zone), Props.Euros).FlipsAt);
        Assert.Equal(Noon.AddDays(30), RuleExplanation.Foreseen(set.Draft(rule), set, visitor with { Consents = (ConsentPurposes)15 }, new(Noon, FactsGen.Zone), Props.Euros).FlipsAt);
    }

    private static RuleExplanation Why(string rule, params BehaviourFacts[] events)
    {
        var set = new SegmentSet(new Dictionary<string, Rule>());
        return RuleExplanation.Foreseen(set.Draft(RuleJson.Parse(rule)), set, VisitorFacts.Unknown with { Consents = (ConsentPurposes)15, Events = events }, new(Noon, FactsGen.Zone), Props.Euros);
    }
}
