using System.ComponentModel.DataAnnotations;

namespace PetShop.Web.Seeding;

/// <summary>How the demo shop is filled: section <c>Demo</c> of the configuration.</summary>
public sealed class DemoOptions
{
    /// <summary>Password of the demo sign-ins; when not set, one is made up and printed once.</summary>
    public string? Password { get; init; }

    /// <summary>Simulated shoppers with an account.</summary>
    [Range(10, 1_000_000)] public int Shoppers { get; init; } = 2_000;

    /// <summary>Length of the simulated history, days.</summary>
    [Range(30, 1_000)] public int Days { get; init; } = 365;

    /// <summary>The same seed makes the same shop.</summary>
    public ulong Seed { get; init; } = 1;
}
