using FsCheck.Fluent;
using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Tests.Segments;

public sealed class LawTests
{
    [Fact]
    public void The_live_evaluation_says_what_a_naive_reading_of_the_events_says()
    {
        var judge = new NaiveJudge(Props.Referred);
        Props.Hold(Props.RuleAndCase, x => x.Rule.Matches(x.Case) == judge.Judge(x.Rule, new Subject(x.Case.Visitor with { Consents = (ConsentPurposes)15 }, x.Case.At)), tests: 5000);
    }

    [Fact]
    public void Not_is_the_exact_complement() => Props.Hold(Props.RuleAndCase, x => new NotRule(x.Rule).Matches(x.Case) != x.Rule.Matches(x.Case));

    [Fact]
    public void Two_nots_cancel() => Props.Hold(Props.RuleAndCase, x => new NotRule(new NotRule(x.Rule)).Matches(x.Case) == x.Rule.Matches(x.Case));

    [Fact]
    public void De_Morgan_holds()
    {
        var pairs = from a in RuleGen.Any from b in RuleGen.Any from c in FactsGen.Cases select (A: a, B: b, Case: c);
        Props.Hold(pairs, x => new NotRule(new AllRule([x.A, x.B])).Matches(x.Case) == new AnyRule([new NotRule(x.A), new NotRule(x.B)]).Matches(x.Case));
        Props.Hold(pairs, x => new NotRule(new AnyRule([x.A, x.B])).Matches(x.Case) == new AllRule([new NotRule(x.A), new NotRule(x.B)]).Matches(x.Case));
    }

    [Fact]
    public void The_order_of_parts_does_not_matter()
    {
        var pairs = from a in RuleGen.Any from b in RuleGen.Any from c in FactsGen.Cases select (A: a, B: b, Case: c);
        Props.Hold(pairs, x => new AllRule([x.A, x.B]).Matches(x.Case) == new AllRule([x.B, x.A]).Matches(x.Case));
        Props.Hold(pairs, x => new AnyRule([x.A, x.B]).Matches(x.Case) == new AnyRule([x.B, x.A]).Matches(x.Case));
    }

    [Fact]
    public void A_wider_window_never_loses_an_at_least()
    {
        var rules = from filter in RuleGen.Filters
                    from window in RuleGen.Windows
                    from more in Gen.Choose(1, 5)
                    from least in Gen.Choose(0, 3)
                    from c in FactsGen.Cases
                    select (Narrow: new EventRule(filter, EventMeasure.Count, RuleOperator.AtLeast, least, window), Wide: window with { Last = window.Last + more }, Case: c);
        Props.Hold(rules, x => !x.Narrow.Matches(x.Case) || (x.Narrow with { Within = x.Wide }).Matches(x.Case));
    }

    [Fact]
    public void An_explanation_passes_exactly_when_the_segment_matches() => Props.Hold(Props.RuleAndCase, x =>
    {
        var segment = Props.Set.Draft(x.Rule);
        var explained = RuleExplanation.Of(segment, Props.Set, x.Case.Visitor, x.Case.At, Props.Euros);
        return explained.Passes == segment.Matches(x.Case.Visitor, x.Case.At) && explained.Passes == !explained.Obstacles().Any();
    });

    [Fact]
    public void A_rule_laid_out_as_a_form_reads_back_as_the_same_rule() => Props.Hold(RuleGen.Any, rule =>
    {
        var read = RuleForm.Read(RuleForm.Rows(rule, Props.Dinars), Props.Dinars, out var faults);
        return faults.Count == 0 && rule.Equals(read);
    });

    [Fact]
    public void A_sequence_is_laid_out_as_rows_and_reads_back_as_the_same_rule() => Props.Hold(RuleGen.Sequences, rule =>
    {
        var rows = RuleForm.Rows(rule, Props.Dinars);
        var read = RuleForm.Read(rows, Props.Dinars, out var faults);
        return rows[0].Kind == "sequence" && rows.Count(r => r.Kind == "step" && r.Parent == 0) == 2 && faults.Count == 0 && rule.Equals(read);
    });

    [Fact]
    public void Every_rule_has_a_sentence() => Props.Hold(RuleGen.Any, rule => RuleSentence.Of(rule, Props.Euros).EndsWith('.'));
}
