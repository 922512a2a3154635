namespace PetShop.Recommender.Training;

/// <summary>A setting that may be tuned, and the range it is looked for in.</summary>
/// <param name="Name">As among <see cref="ITrainer.Parameters"/>.</param>
/// <param name="Low">Least value.</param>
/// <param name="High">Largest value.</param>
/// <param name="IsLogarithmic">True when twice as much is one step wherever one stands; the range is then above 0.</param>
/// <param name="Step">Values are multiples of this; 0 for any value.</param>
public sealed record TunedParameter(string Name, double Low, double High, bool IsLogarithmic = false, double Step = 0)
{
    /// <summary>The value at a place from 0 to 1 in the range.</summary>
    public double At(double place)
    {
        var value = IsLogarithmic ? Low * Math.Pow(High / Low, place) : Low + (High - Low) * place;
        return Step > 0 ? Math.Clamp(Math.Round(value / Step) * Step, Low, High) : value;
    }

    /// <summary>The place from 0 to 1 of a value; values outside stand at the end.</summary>
    public double PlaceOf(double value)
    {
        var place = IsLogarithmic ? Math.Log(value / Low) / Math.Log(High / Low) : (value - Low) / (High - Low);
        return High > Low ? Math.Clamp(place, 0, 1) : 0;
    }

    internal void Validate()
    {
        if (!double.IsFinite(Low) || !double.IsFinite(High) || High < Low || Step < 0 || (IsLogarithmic && Low <= 0))
            throw new ArgumentException($"{Name} cannot be looked for from {Low} to {High} in steps of {Step}{(IsLogarithmic ? " on a logarithmic scale" : "")}.");
    }
}

/// <summary>One point of a search space, to be trained for some epochs, perhaps going on from an earlier model of the same point.</summary>
/// <param name="Values">By name of the parameter.</param>
/// <param name="Epochs">Epochs to train; 0 for trainers without.</param>
/// <param name="GoOnFrom">A model of the same values with fewer epochs, or null.</param>
public sealed record TuningPoint(IReadOnlyDictionary<string, double> Values, int Epochs, Ranking.IModel? GoOnFrom = null)
{
    /// <summary>The value of a parameter.</summary>
    public double this[string name] => Values[name];
}

/// <summary>What is tuned of one trainer and how a point becomes a trainer.</summary>
/// <param name="Trainer">Name of the trainer.</param>
/// <param name="Parameters">What is looked for.</param>
/// <param name="Start">The values tried first: the usual ones.</param>
/// <param name="Make">Makes the trainer of a point.</param>
public sealed record SearchSpace(string Trainer, IReadOnlyList<TunedParameter> Parameters, IReadOnlyDictionary<string, double> Start, Func<TuningPoint, ITrainer> Make)
{
    /// <summary>Epochs after which a trial is compared with the others and perhaps stopped, rising; empty for trainers without epochs.</summary>
    public IReadOnlyList<int> Rungs { get; init; } = [];

    /// <summary>ALS: weight of the unobserved and regularisation together, and the rank up to a limit.</summary>
    public static SearchSpace Als(AlsOptions basis, int maxRank = 128)
    {
        var ranks = new TunedParameter("rank", Math.Min(32, maxRank), maxRank, IsLogarithmic: true, Step: 16);
        return new("als", [ranks, new("unobservedWeight", .003, 2, true), new("regularization", .0005, .2, true)],
            new Dictionary<string, double> { ["rank"] = Math.Min(basis.Rank, maxRank), ["unobservedWeight"] = basis.UnobservedWeight, ["regularization"] = basis.Regularization },
            point => new AlsTrainer(basis with
            {
                Rank = (int)point["rank"], UnobservedWeight = point["unobservedWeight"], Regularization = point["regularization"],
                Epochs = point.Epochs, WarmStart = point.GoOnFrom as Ranking.FactorModel ?? basis.WarmStart,
            }))
        {
            Rungs = [.. new[] { basis.Epochs / 4, basis.Epochs / 2, basis.Epochs }.Where(e => e > 0).Distinct()],
        };
    }

    /// <summary>EASE: regularisation, dropout and damping of long histories.</summary>
    public static SearchSpace Ease(EaseOptions basis) => new("ease",
        [new("regularization", 1, 10_000, true), new("dropout", 0, .7), new("shopperDamping", 0, 1)],
        new Dictionary<string, double> { ["regularization"] = basis.Regularization, ["dropout"] = basis.Dropout, ["shopperDamping"] = basis.ShopperDamping },
        point => new EaseTrainer(basis with { Regularization = point["regularization"], Dropout = point["dropout"], ShopperDamping = point["shopperDamping"] }));

    /// <summary>Item-item: balance of rare and popular products, and shrinkage.</summary>
    public static SearchSpace ItemItem(ItemItemOptions basis) => new("item-item",
        [new("balance", 0, 1), new("shrinkage", .1, 300, true)],
        new Dictionary<string, double> { ["balance"] = basis.Balance, ["shrinkage"] = basis.Shrinkage },
        point => new ItemItemTrainer(basis with { Balance = point["balance"], Shrinkage = point["shrinkage"] }));

    internal void Validate()
    {
        foreach (var parameter in Parameters)
            parameter.Validate();
        if (Parameters.Count == 0 || Parameters.Any(p => !Start.ContainsKey(p.Name)) || Rungs.Zip(Rungs.Skip(1)).Any(r => r.Second <= r.First))
            throw new ArgumentException($"A search for {Trainer} needs parameters, a start for each, and rising rungs.");
    }
}
