using System.ComponentModel.DataAnnotations;

namespace PetShop.Web.Api.Webhooks;

/// <summary>Settings of section <c>Api:Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>Pause between two looks for messages that are due.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")] public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);
    /// <summary>Longest time a receiver may take to answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")] public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);
    /// <summary>Wait after the first failure; it doubles after each further one.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(10);
    /// <summary>Longest wait between two attempts.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "12:00:00")] public TimeSpan LongestRetry { get; init; } = TimeSpan.FromHours(4);
    /// <summary>Age at which a message that never arrived is given up; a webhook that took none for as long is switched off.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")] public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(24);
    /// <summary>How long the secret before the last signs as well.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")] public TimeSpan FormerSecretKept { get; init; } = TimeSpan.FromHours(24);
    /// <summary>Time after which another process may take over a message that one began to send; longer than the patience.</summary>
    [Range(typeof(TimeSpan), "00:00:30", "01:00:00")] public TimeSpan TakenFor { get; init; } = TimeSpan.FromMinutes(2);
    /// <summary>How long the log of messages is kept.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")] public TimeSpan LogKept { get; init; } = TimeSpan.FromDays(30);
    /// <summary>Messages sent to one webhook in a row, before the others have their turn.</summary>
    [Range(1, 10_000)] public int InARow { get; init; } = 100;
    /// <summary>True where addresses without TLS are fine: on a developer's machine.</summary>
    public bool AllowHttp { get; init; }
    /// <summary>True where addresses inside the own network are fine: on a developer's machine, or behind a wall of one's own.</summary>
    public bool AllowPrivateAddresses { get; init; }
}
