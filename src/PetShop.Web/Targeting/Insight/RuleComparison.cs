using Npgsql;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting.Insight;

/// <summary>What a second rule changes against a first one, for today's shoppers.</summary>
public sealed record RuleDifference(string Before, string After)
{
    /// <summary>Null where either depends on the visit, or could not be counted.</summary>
    public long? Adds { get; init; }
    public long? Removes { get; init; }
    public long? Stay { get; init; }
    public IReadOnlyList<SegmentCounter.Member> Entering { get; init; } = [];
    public IReadOnlyList<SegmentCounter.Member> Leaving { get; init; } = [];

    /// <summary>Why nobody was counted; null when everybody was.</summary>
    public string? WhyNot { get; init; }
}

/// <summary>Holds two rules against each other over the real shoppers, in one scan.</summary>
public sealed class RuleComparison(ActiveRules rules, RulePatterns patterns)
{
    private const int Examples = 5;
    private const long First = 1;
    private const long Second = 2;

    /// <exception cref="SegmentReferenceException">A rule refers to a segment that is not there.</exception>
    public async Task<RuleDifference> CompareAsync(Rule before, Rule after, CancellationToken cancel)
    {
        var book = await rules.GetAsync(cancel);
        var set = book.Segments;
        var difference = new RuleDifference(RuleSentence.Of(before, book.Words), RuleSentence.Of(after, book.Words));
        if (set.Draft(before).Needs.IsLiveOnly || set.Draft(after).Needs.IsLiveOnly)
            return difference with { WhyNot = "One of the two depends on the visit, so nobody can be counted ahead." };
        try
        {
            Rule[] both = [before, after];
            var table = await patterns.CountAsync(both, set, cancel);
            var (adds, removes) = (table.Count(Second, none: First), table.Count(First, none: Second));
            return difference with
            {
                Adds = adds, Removes = removes, Stay = table.Count(First | Second),
                Entering = adds == 0 ? [] : await patterns.SomeAsync(both, set, Second, First, Examples, cancel),
                Leaving = removes == 0 ? [] : await patterns.SomeAsync(both, set, First, Second, Examples, cancel),
            };
        }
        catch (NpgsqlException e)
        {
            return difference with { WhyNot = RuleWarnings.Uncounted(e) };
        }
    }
}
