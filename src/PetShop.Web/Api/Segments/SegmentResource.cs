using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;
using PetShop.Web.Catalog;

namespace PetShop.Web.Api.Segments;

/// <summary>A segment as the API shows it.</summary>
public sealed record SegmentResource
{
    [Description("Names the segment in addresses and in rules; never changes.")] public required string Key { get; init; }
    public required string Name { get; init; }
    public required string Description { get; init; }
    [Description("Who answers for it; empty while nobody does.")] public required string Owner { get; init; }
    [Description("What it was made for.")] public required string Purpose { get; init; }
    [Description("The day by which somebody looks whether it is still needed.")] public DateOnly? ReviewBy { get; init; }
    [Description("Whether pages use it and its members are stored.")] public required bool IsActive { get; init; }
    [Description("Goes up with every edit; the ETag.")] public required int Version { get; init; }
    [Description("The rule tree; its schema is at /schemas/segment-rule.v1.json.")] public required JsonElement Rule { get; init; }
    [Description("The rule in plain English.")] public required string Sentence { get; init; }
    public DateTimeOffset? StartsAt { get; init; }
    public DateTimeOffset? EndsAt { get; init; }
    [Description("Null while it is being counted, and where the rule depends on the visit.")] public int? MemberCount { get; init; }
    public DateTimeOffset? CountedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <param name="words">For its sentence.</param>
    public static SegmentResource Of(Segment segment, FigureWords words)
    {
        // As rules are written, not in the order the database keeps fields in.
        var isRead = RuleJson.TryParse(segment.Rule, out var read, out var errors);
        using var rule = JsonDocument.Parse(isRead ? RuleJson.Write(read!) : segment.Rule);
        return new()
        {
            Key = segment.Slug, Name = segment.Name, Description = segment.Description, Owner = segment.Owner, Purpose = segment.Purpose, ReviewBy = segment.ReviewBy,
            IsActive = segment.IsActive, Version = segment.Version, Rule = rule.RootElement.Clone(),
            Sentence = isRead ? RuleSentence.Of(read!, words) : $"The rule cannot be read any more: {errors[0]}",
            StartsAt = segment.StartsAt, EndsAt = segment.EndsAt, MemberCount = segment.MemberCount, CountedAt = segment.CountedAt, UpdatedAt = segment.UpdatedAt,
        };
    }
}

/// <summary>What may be edited of a segment.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public record SegmentEdit
{
    [Description("At most 80 letters.")] public required string Name { get; init; }
    [Description("At most 500 letters.")] public string? Description { get; init; }
    [Description("Who answers for it, at most 120 letters; left as it is unless you name it.")] public string? Owner { get; init; }
    [Description("What it is made for, at most 200 letters; left as it is unless you name it.")] public string? Purpose { get; init; }
    [Description("The day by which somebody looks whether it is still needed; left as it is unless you name it.")] public DateOnly? ReviewBy { get; init; }
    [Description("The rule tree; its schema is at /schemas/segment-rule.v1.json.")] public required JsonElement Rule { get; init; }
    [Description("True unless you say otherwise.")] public bool IsActive { get; init; } = true;
    [Description("From this instant; null for always.")] public DateTimeOffset? StartsAt { get; init; }
    [Description("Until before this instant; null for ever.")] public DateTimeOffset? EndsAt { get; init; }
}

/// <summary>A segment to make.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewSegment : SegmentEdit
{
    [Description("Small letters, digits and single dashes, at most 60 of them.")] public required string Key { get; init; }
}

/// <summary>A rule to look at before it is saved.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RuleToPreview
{
    [Description("The rule tree; its schema is at /schemas/segment-rule.v1.json.")] public required JsonElement Rule { get; init; }
    [Description("The segment it would belong to; the answer then tells whom the edit adds and removes.")] public string? Key { get; init; }
}

/// <summary>What a rule would do.</summary>
public sealed record RulePreviewResource
{
    [Description("The rule in plain English.")] public required string Sentence { get; init; }
    [Description("Shoppers who match now; null where the rule depends on the visit.")] public long? Count { get; init; }
    [Description("Shoppers in all.")] public required long Shoppers { get; init; }
    [Description("How many are left after each part of the rule.")] public required IReadOnlyList<FunnelStep> Funnel { get; init; }
    [Description("What deserves a second look before saving.")] public required IReadOnlyList<string> Hints { get; init; }
    [Description("Who would join, against the saved rule.")] public int? Adds { get; init; }
    [Description("Who would leave, against the saved rule.")] public int? Removes { get; init; }

    public sealed record FunnelStep(string Clause, long Left);
}
