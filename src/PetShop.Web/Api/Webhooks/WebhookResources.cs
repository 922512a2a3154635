using System.ComponentModel;
using System.Text.Json.Serialization;
using PetShop.Data.Api;

namespace PetShop.Web.Api.Webhooks;

/// <summary>What may be edited of a webhook.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record WebhookEdit
{
    [Description("What it is for; at most 80 letters.")] public required string Name { get; init; }
    [Description("Where messages are posted: https, reached over the internet.")] public required string Url { get; init; }
    [Description("Keys of the segments it is told of; empty for all.")] public IReadOnlyList<string> Segments { get; init; } = [];
    [Description("True unless you say otherwise.")] public bool OnEntry { get; init; } = true;
    [Description("True unless you say otherwise.")] public bool OnExit { get; init; } = true;
    [Description("True unless you say otherwise. What happens while it is off is not sent later; GET /transitions tells it.")] public bool IsActive { get; init; } = true;
}

/// <summary>A webhook as the API shows it.</summary>
public record WebhookResource
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public required string Url { get; init; }
    public required IReadOnlyList<string> Segments { get; init; }
    public required bool OnEntry { get; init; }
    public required bool OnExit { get; init; }
    public required bool IsActive { get; init; }
    [Description("Since when no message arrived; null while they do.")] public DateTimeOffset? FailingSince { get; init; }
    [Description("Why the shop switched it off by itself.")] public string? DisabledBecause { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A webhook with its secret, which is shown this once.</summary>
public sealed record WebhookWithSecret
{
    public required WebhookResource Webhook { get; init; }
    [Description("Keep it: it checks the signature of every message and is never shown again.")] public required string Secret { get; init; }
    [Description("Until when messages are signed with the secret before, too.")] public DateTimeOffset? FormerUntil { get; init; }
}

/// <summary>One message of the log.</summary>
public sealed record DeliveryResource
{
    public required Guid Id { get; init; }
    [Description("The webhook-id of all its attempts.")] public required string MessageId { get; init; }
    [Description("waiting, delivered, given-up, or dropped where everyone it spoke of was erased.")] public required string State { get; init; }
    public required bool IsTest { get; init; }
    [Description("Entries and exits it tells.")] public required int Transitions { get; init; }
    public required int Attempts { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastAttemptAt { get; init; }
    public DateTimeOffset? NextAttemptAt { get; init; }
    [Description("HTTP status of the last answer.")] public int? Answer { get; init; }
    public string? Problem { get; init; }

    public static DeliveryResource Of(WebhookDelivery d) => new()
    {
        Id = d.Id, MessageId = WebhookSender.IdOf(d.Id), State = Word(d.State), IsTest = d.Transitions.Length == 0, Transitions = d.Transitions.Length, Attempts = d.Attempts, CreatedAt = d.CreatedAt,
        LastAttemptAt = d.LastAttemptAt, NextAttemptAt = d.State == DeliveryState.Waiting ? d.NextAttemptAt : null, Answer = d.Answer, Problem = d.Problem,
    };

    /// <summary>A state in the word that the API uses.</summary>
    public static string Word(DeliveryState state) => state == DeliveryState.GivenUp ? "given-up" : state.ToString().ToLowerInvariant();
}
