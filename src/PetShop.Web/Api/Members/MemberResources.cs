using System.ComponentModel;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Api.Members;

/// <summary>A stored member of a segment.</summary>
public sealed record MemberResource
{
    public required Guid ShopperId { get; init; }
    [Description("Whether they agreed to e-mail and may be reached; who sends mail goes by it.")] public required bool MayBeEmailed { get; init; }
}

/// <summary>Whether a shopper is in a segment, and why.</summary>
public sealed record MembershipResource
{
    public required Guid ShopperId { get; init; }
    public required string Segment { get; init; }
    [Description("By the rule and the segment's own schedule, at this moment.")] public required bool IsMember { get; init; }
    [Description("When they last entered or left; null where that was before anybody wrote it down, or only just happened.")] public DateTimeOffset? Since { get; init; }
    [Description("What caused it: consent, profile, event, clock, rule, catalogue, check, list, merge (a sign-in joined a browser to the account), model (a new forecast or score) or schedule (the segment's own).")] public string? Cause { get; init; }
    public required ReasonResource Why { get; init; }
    [Description("Of who is not in: the fewest parts that would have to turn.")] public required IReadOnlyList<ReasonResource> Obstacles { get; init; }
}

/// <summary>A segment that a shopper is in.</summary>
public sealed record ShopperSegmentResource
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    [Description("When they entered; null where that was before anybody wrote it down, or only just happened.")] public DateTimeOffset? Since { get; init; }
}

/// <summary>The segments of a shopper.</summary>
public sealed record ShopperSegmentsResource(Guid ShopperId, IReadOnlyList<ShopperSegmentResource> Segments);

/// <summary>One part of a rule beside what is known.</summary>
public sealed record ReasonResource
{
    public required string Needed { get; init; }
    [Description("What is known; empty for a group, whose parts tell.")] public required string Actual { get; init; }
    public required bool Passes { get; init; }
    [Description("When time alone turns the answer, if nobody does anything; null when it does not.")] public DateTimeOffset? FlipsAt { get; init; }
    public required IReadOnlyList<ReasonResource> Parts { get; init; }

    public static ReasonResource Of(RuleExplanation why) => new() { Needed = why.Needed, Actual = why.Actual, Passes = why.Passes, FlipsAt = why.FlipsAt, Parts = [.. why.Parts.Select(Of)] };
}
