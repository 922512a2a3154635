using PetShop.Recommender.Interactions;

namespace PetShop.Recommender.Evaluation;

/// <summary>Splits events at one moment for all shoppers, as a shop meets them: nothing from the future is learned.</summary>
/// <param name="cut">Later purchases are held out.</param>
/// <param name="until">Events after this are ignored, for windows that roll; by default none.</param>
/// <param name="maxEventsPerShopper">As in <see cref="InteractionMatrixBuilder"/>.</param>
public sealed class TimeSplit(DateTimeOffset cut, DateTimeOffset? until = null, int maxEventsPerShopper = 500)
{
    private readonly InteractionMatrixBuilder _training = new(cut, maxEventsPerShopper);
    private readonly Dictionary<Guid, HashSet<int>> _bought = [];

    /// <summary>The moment after which the given share of purchases lies.</summary>
    /// <exception cref="ArgumentException">There are no times, or the share is not between 0 and 1.</exception>
    public static DateTimeOffset CutFor(IEnumerable<DateTimeOffset> purchases, double heldOutShare)
    {
        DateTimeOffset[] times = [.. purchases.Order()];
        if (times.Length == 0 || !(heldOutShare > 0 && heldOutShare < 1))
            throw new ArgumentException($"{times.Length} purchases cannot be split at a share of {heldOutShare}; at least one and a share between 0 and 1 are needed.");
        return times[(int)((times.Length - 1) * (1 - heldOutShare))];
    }

    /// <summary>Gives a product a column even when nobody touched it.</summary>
    public void AddProduct(int product) => _training.AddProduct(product);

    /// <summary>Adds one event.</summary>
    public void Add(Guid shopper, int product, InteractionKind kind, DateTimeOffset at, float quantity = 1)
    {
        if (at <= cut)
            _training.Add(shopper, product, kind, at, quantity);
        else if (kind == InteractionKind.Purchase && !(at > until))
        {
            _training.AddProduct(product);
            if (!_bought.TryGetValue(shopper, out var products))
                _bought.Add(shopper, products = []);
            products.Add(product);
        }
    }

    /// <summary>Makes the two parts.</summary>
    public Holdout Build(CancellationToken cancel = default)
    {
        var training = _training.Build(cancel);
        return Holdout.Of(training, null, _bought, shopper => _training.SettledBy(shopper, cut, training.Items));
    }
}
