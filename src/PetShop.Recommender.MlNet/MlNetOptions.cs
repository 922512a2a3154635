using System.Globalization;

namespace PetShop.Recommender.MlNet;

/// <summary>Settings of <see cref="MlNetTrainer"/>; ML.NET's own defaults are never used, for with them it does worse than popularity.</summary>
/// <remarks>The values are those that did best on a year of a real shop's orders.</remarks>
public sealed record MlNetOptions
{
    /// <summary>Factors a shopper and item.</summary>
    public int Rank { get; init; } = 128;

    /// <summary>Passes over the data.</summary>
    public int Iterations { get; init; } = 20;

    /// <summary>Pull of the factors towards zero.</summary>
    public double Lambda { get; init; } = 3;

    /// <summary>Weight of unobserved pairs.</summary>
    public double Alpha { get; init; } = 0.3;

    /// <summary>Cores used; null for all. More than one makes runs differ, and there is no seed.</summary>
    public int? Threads { get; init; } = 1;

    internal IReadOnlyDictionary<string, string> ToParameters() => new Dictionary<string, string>
    {
        ["rank"] = Rank.ToString(CultureInfo.InvariantCulture),
        ["iterations"] = Iterations.ToString(CultureInfo.InvariantCulture),
        ["lambda"] = Lambda.ToString(CultureInfo.InvariantCulture),
        ["alpha"] = Alpha.ToString(CultureInfo.InvariantCulture),
    };

    internal void Validate()
    {
        if (Rank is < 1 or > 1024 || Iterations < 1 || !(Lambda > 0) || !(Alpha > 0) || Threads < 1)
            throw new ArgumentException($"Rank ({Rank}), iterations ({Iterations}), lambda ({Lambda}), alpha ({Alpha}) and threads ({Threads}) must be above 0, the rank at most 1024.");
    }
}
