using PetShop.Demo.Catalogue;

namespace PetShop.Demo.Simulation;

/// <summary>Simulates a year of visitors whose hidden tastes, pets and seasons decide what they look at and buy.</summary>
/// <remarks>
/// The same catalogue and options give the same sequence, to the last event. Results carry only what a shop could have observed:
/// a shopper who refused analytics has orders but no sessions.
/// </remarks>
public sealed class ShopperSimulator
{
    private readonly SimulationOptions _options;
    private readonly Shelf _shelf;
    private readonly HouseholdMaker _maker;

    /// <summary>Prepares a simulation; nothing is drawn before <see cref="Run"/>.</summary>
    /// <exception cref="ArgumentException">The options ask for fewer than one shopper or day, or a negative number of visitors.</exception>
    public ShopperSimulator(DemoCatalogue catalogue, SimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Shoppers < 1 || options.Days < 1 || options.VisitorsPerShopper is not >= 0)
            throw new ArgumentException($"A simulation needs at least one shopper and one day and no negative number of visitors, but got {options.Shoppers} shoppers, {options.Days} days and {options.VisitorsPerShopper} visitors a shopper.", nameof(options));
        _options = options with { Until = options.Until.ToUniversalTime() };
        _shelf = new(catalogue, options.Seed);
        _maker = new(catalogue, _options);
    }

    /// <summary>How many histories <see cref="Run"/> yields.</summary>
    public int Total => _options.Shoppers + (int)(_options.Shoppers * _options.VisitorsPerShopper);

    /// <summary>Yields one visitor after another, the named persons first if they are wanted, then shoppers, then visitors without an account.</summary>
    /// <param name="progress">Called after each hundred histories and at the end.</param>
    public IEnumerable<VisitorHistory> Run(Action<SimulationProgress>? progress = null)
    {
        int done = 0, orders = 0, events = 0;
        foreach (var household in Households())
        {
            var history = new YearWalker(household, _shelf, _options).Walk();
            done++;
            orders += history.Orders.Count;
            events += history.Sessions.Sum(session => session.Events.Count);
            if (done % 100 == 0 || done == Total)
                progress?.Invoke(new(done, Total, orders, events));
            yield return history;
        }
    }

    private IEnumerable<Household> Households()
    {
        var named = DemoPersons.Profiles.Take(_options.Named ? _options.Shoppers : 0).ToList();
        foreach (var profile in named)
            yield return _maker.Demo(profile);
        for (var number = named.Count + 1; number <= _options.Shoppers; number++)
            yield return _maker.Shopper(number);
        for (var number = 1; number <= Total - _options.Shoppers; number++)
            yield return _maker.Visitor(number);
    }
}
