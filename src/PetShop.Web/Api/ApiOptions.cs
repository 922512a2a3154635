using System.ComponentModel.DataAnnotations;

namespace PetShop.Web.Api;

/// <summary>Settings of section <c>Api</c>; limits hold for each key over all replicas, but for wrong keys, which each replica counts for itself.</summary>
public sealed class ApiOptions
{
    /// <summary>Requests a minute, but for evaluations.</summary>
    [Range(1, 1_000_000)] public int RequestsPerMinute { get; init; } = 600;
    /// <summary>Evaluations of visitors a minute: a front end asks one a page.</summary>
    [Range(1, 1_000_000)] public int EvaluationsPerMinute { get; init; } = 6_000;
    /// <summary>Keys that are none which one address may try in a minute, before it has to wait.</summary>
    [Range(1, 100_000)] public int WrongKeysPerMinute { get; init; } = 30;
    /// <summary>Members of a segment below which nobody is listed.</summary>
    [Range(2, 10_000)] public int SmallestList { get; init; } = 50;
    /// <summary>Entries of a page that asks for no other number.</summary>
    [Range(1, 1_000)] public int PageSize { get; init; } = 100;
    /// <summary>How long a repeated Idempotency-Key gets the same answer.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")] public TimeSpan RepeatsKnown { get; init; } = TimeSpan.FromHours(24);

    public const int LargestPage = 1_000;
    /// <summary>Bytes of a request's body; the longest rule fits in.</summary>
    public const int LargestBody = 2_000_000;
}
