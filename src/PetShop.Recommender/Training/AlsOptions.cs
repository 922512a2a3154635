using System.Globalization;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Training;

/// <summary>Settings of <see cref="AlsTrainer"/>.</summary>
public sealed record AlsOptions
{
    /// <summary>Factors a shopper and item: 64 under 5,000 products, then 128.</summary>
    public int Rank { get; init; } = 64;

    /// <summary>Passes over both sides; a warm start needs a quarter.</summary>
    public int Epochs { get; init; } = 16;

    /// <summary>a0, weight of unobserved pairs, against confidences that start at 1 and are about 6 for a purchase.</summary>
    /// <remarks>Tune together with <see cref="Regularization"/>, on a validation holdout: see ModelSelection.AlsGrid.</remarks>
    public double UnobservedWeight { get; init; } = 0.3;

    /// <summary>l, pull of the factors towards zero.</summary>
    public double Regularization { get; init; } = 0.03;

    /// <summary>v, how the regularisation grows with the number of interactions.</summary>
    public double FrequencyExponent { get; init; } = 1;

    /// <summary>The same seed and data give the same factors to the bit.</summary>
    public int Seed { get; init; } = 20170917;

    /// <summary>Factors of the first guess are drawn with this deviation over the root of the rank.</summary>
    public double InitialDeviation { get; init; } = 0.1;

    /// <summary>Cores used; 0 for all.</summary>
    public int Threads { get; init; }

    /// <summary>A previous model to start from; items it does not know start from chance.</summary>
    public FactorModel? WarmStart { get; init; }

    internal FoldInOptions FoldIn => new(UnobservedWeight, Regularization, FrequencyExponent);

    internal IReadOnlyDictionary<string, string> ToParameters() => new Dictionary<string, string>
    {
        ["rank"] = Text(Rank),
        ["epochs"] = Text(Epochs),
        ["unobservedWeight"] = Text(UnobservedWeight),
        ["regularization"] = Text(Regularization),
        ["frequencyExponent"] = Text(FrequencyExponent),
        ["initialDeviation"] = Text(InitialDeviation),
        ["seed"] = Text(Seed),
        ["warmStart"] = WarmStart is null ? "no" : "yes",
    };

    internal void Validate()
    {
        FoldIn.Validate();
        if (Rank is < 1 or > 1024 || Epochs is < 1 or > 1000 || !(InitialDeviation > 0) || Threads < 0)
            throw new ArgumentException($"Rank ({Rank}) must be from 1 to 1024, epochs ({Epochs}) from 1 to 1000, the initial deviation ({InitialDeviation}) above 0, threads ({Threads}) not negative.");
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
