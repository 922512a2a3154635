namespace PetShop.Recommender.Ranking;

/// <summary>The numbers a shopper's vector is solved with; the same the item factors were trained with.</summary>
/// <param name="UnobservedWeight">a0: weight of "has not touched it" for every item, above 0.</param>
/// <param name="Regularization">l: pull of the factors towards zero, above 0.</param>
/// <param name="FrequencyExponent">v: how the pull grows with the number of interactions; 0 not at all, 1 in proportion.</param>
public sealed record FoldInOptions(double UnobservedWeight = 0.3, double Regularization = 0.03, double FrequencyExponent = 1)
{
    /// <summary>The ridge for a row of n interactions against <paramref name="others"/> entities.</summary>
    internal double Ridge(int n, int others) => Regularization * Math.Pow(n + UnobservedWeight * others, FrequencyExponent);

    internal void Validate()
    {
        if (!(UnobservedWeight > 0) || !(Regularization > 0) || !(FrequencyExponent is >= 0 and <= 2))
            throw new ArgumentException($"Unobserved weight ({UnobservedWeight}) and regularisation ({Regularization}) must be above 0, the frequency exponent ({FrequencyExponent}) from 0 to 2.");
    }
}
