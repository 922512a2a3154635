using PetShop.Demo.Catalogue;

namespace PetShop.Demo.Simulation;

/// <summary>Lives through the period with one household: visits, orders and reviews, in time order.</summary>
internal sealed class YearWalker
{
    private const int FreeShippingFromMinor = 4_900;
    private const int ShippingMinor = 495;

    // Hours of the day by how many visits begin in them: a morning bump, a long evening.
    private static readonly double[] Hours = [1, .5, .3, .2, .2, .5, 2, 4, 5, 5, 5, 5, 6, 5, 4, 5, 6, 7, 8, 10, 12, 11, 7, 3];

    private readonly Household _household;
    private readonly SimulationOptions _options;
    private readonly Chance _chance;
    private readonly Chooser _chooser;
    private readonly Visit _visit;
    private readonly string _device;
    private readonly List<SimulatedSession> _sessions = [];
    private readonly List<SimulatedOrder> _orders = [];
    private readonly List<SimulatedReview> _reviews = [];
    private readonly HashSet<string> _reviewed = [];
    private DateTimeOffset _clock;

    public YearWalker(Household household, Shelf shelf, SimulationOptions options)
    {
        (_household, _options, _chance) = (household, options, household.Chance);
        _chooser = new(household, shelf);
        _visit = new(household, shelf, _chooser);
        _device = _chance.Pick<string>(["phone", "phone", "phone", "desktop", "desktop", "tablet"]);
    }

    public VisitorHistory Walk()
    {
        var begin = _options.Until.AddDays(-_options.Days);
        var isNew = _household.Joined > begin;
        _clock = isNew ? _household.Joined : begin;
        // A visit takes at most a few hours, so that nothing happens after the period.
        var end = Earlier(_options.Until.AddHours(-3), _household.Leaves);
        var needs = _household.Shopper is null ? [] : NeedPlanner.Plan(_household, _clock);
        var browse = isNew ? _clock : _clock.AddDays(_chance.Exponential(_household.Taste.BrowseEveryDays));
        while (true)
        {
            var need = needs.MinBy(candidate => candidate.Due);
            var shops = need is not null && need.Due < browse;
            var at = Daytime(shops ? need!.Due : browse);
            if (at >= end)
                break;
            _clock = at;
            if (shops)
                Shop(at, need!, needs);
            else
                Browse(at);
            if (!shops)
                browse = at.AddDays(0.4 + _chance.Exponential(_household.Taste.BrowseEveryDays));
        }
        return new(_household.VisitorId, _household.Shopper, _household.IsObserved ? _sessions : [], _orders, [.. _reviews.OrderBy(review => review.WrittenAt)]);
    }

    private DateTimeOffset Daytime(DateTimeOffset at)
    {
        var moment = new DateTimeOffset(at.UtcDateTime.Date, TimeSpan.Zero).AddHours(_chance.Weighted(Hours)).AddSeconds(_chance.Between(0, 3_600));
        return moment > _clock ? moment : _clock.AddMinutes(_chance.Between(40, 200));
    }

    private void Browse(DateTimeOffset at)
    {
        var recorder = new SessionRecorder(_chance, at);
        var wanted = _visit.LookAround(recorder, at);
        if (_household.Shopper is not null && wanted is not null && _chance.Happens(0.2))
            Order(recorder, [Line(wanted, null, at)]);
        _sessions.Add(recorder.Finish(_household, _device));
    }

    private void Shop(DateTimeOffset at, Need first, List<Need> needs)
    {
        if (!first.IsInSeason(at))
        {
            first.Due = at.AddDays(_chance.Between(10, 25));
            return;
        }
        if (!_chance.Happens(0.35 + (0.65 * _household.Taste.Loyalty)))
        {
            first.Due = at.AddDays(first.EveryDays * _chance.LogNormal(1, 0.25));
            return;
        }
        var recorder = new SessionRecorder(_chance, at);
        var due = needs.Where(need => need == first || (need.Due < at.AddDays(7) && need.IsInSeason(at) && _chance.Happens(0.85))).ToList();
        var lines = due.Select(need => Meet(need, recorder, at)).OfType<Bought>().ToList();
        if (lines.Count > 0 && _visit.Temptation(recorder, lines[0].Item, at) is { } extra)
            lines.Add(Line(extra, null, at));
        var abandons = _chance.Happens(0.07);
        if (lines.Count > 0 && !abandons)
            Order(recorder, lines);
        foreach (var need in due.Where(need => abandons && need.Due > at))
            need.Due = at.AddDays(_chance.Between(1, 4));
        if (!recorder.IsEmpty)
            _sessions.Add(recorder.Finish(_household, _device));
    }

    private sealed record Bought(ShelfItem Item, Sku Sku, int Quantity, Need? Need);

    private Bought Line(ShelfItem item, Need? need, DateTimeOffset at)
    {
        var (sku, quantity) = _chooser.Pack(item, need is null ? null : GramsADay(need, item, at));
        return new(item, sku, quantity, need);
    }

    private Bought? Meet(Need need, SessionRecorder recorder, DateTimeOffset at)
    {
        var repeats = need.Last is { } last && new Wish(need.Pet, at).Allows(last) && _chance.Happens(Habit(last));
        var item = repeats ? need.Last : _chooser.Choose(need.Leaf, need.Pet, at);
        if (item is null)
        {
            need.Due = at.AddDays(90);
            return null;
        }
        _visit.Consider(recorder, item, need.Pet, at, repeats);
        var bought = Line(item, need, at);
        recorder.Cart(EventKind.AddedToCart, item, bought.Sku.Code, bought.Quantity);
        need.Last = item;
        need.Due = at.AddDays(Math.Max(2, Lasts(need, bought, at) * _chance.LogNormal(1, 0.12)));
        return bought;
    }

    // Food and medicine that proved good is taken again; nobody wants the same squeaky goose twice.
    private double Habit(ShelfItem item) => item.Product.Ration != Ration.None || item.Product.IsMedicine || item.Product.Skus[0].WeightGrams is not null
        ? Math.Clamp(_household.Taste.Habit + (0.06 * item.Quality), 0.1, 0.97)
        : 0.08;

    private double? GramsADay(Need need, ShelfItem item, DateTimeOffset at) => need switch
    {
        { EnergyShare: { } share } when item.Product.KcalPer100g is > 0 and { } kcal => share * need.Pet.DailyKcal(DateOnly.FromDateTime(at.UtcDateTime)) * _household.Scale / kcal * 100,
        { GramsADay: { } grams } => grams * _household.Scale,
        _ => null,
    };

    private double Lasts(Need need, Bought bought, DateTimeOffset at)
    {
        if (GramsADay(need, bought.Item, at) is { } use && bought.Sku.WeightGrams is { } grams)
            return (double)grams * bought.Quantity / use;
        var smallest = bought.Item.Product.Skus[0];
        var size = (double)(bought.Sku.WeightGrams ?? bought.Sku.Count ?? 1) / (smallest.WeightGrams ?? smallest.Count ?? 1);
        return need.EveryDays * Math.Pow(size, 0.7) / Math.Sqrt(_household.Scale);
    }

    private void Order(SessionRecorder recorder, IReadOnlyList<Bought> bought)
    {
        recorder.Wait(_chance.Between(40, 300));
        var id = _chance.NextGuid(recorder.Now);
        var at = recorder.Now;
        var lines = bought.GroupBy(line => line.Sku).Select(same => new SimulatedOrderLine(same.Key.Code, same.Sum(line => line.Quantity), same.Key.PriceMinor)).ToList();
        foreach (var line in bought.DistinctBy(line => line.Sku))
            recorder.Cart(EventKind.Purchased, line.Item, line.Sku.Code, lines.First(sum => sum.SkuCode == line.Sku.Code).Quantity, id);
        var shipping = lines.Sum(line => line.Quantity * line.UnitPriceMinor) >= FreeShippingFromMinor ? 0 : ShippingMinor;
        var delivered = at.AddDays(_chance.Between(1, 4.2));
        _orders.Add(new(id, _household.Shopper!.Id, _household.IsObserved ? recorder.Id : null, at, delivered, shipping, lines));
        foreach (var line in bought)
            Review(line, delivered);
    }

    private void Review(Bought line, DateTimeOffset delivered)
    {
        var at = delivered.AddDays(_chance.Between(5, 24));
        if (at < _options.Until && _chance.Happens(0.09) && _reviewed.Add(line.Item.Product.Slug))
            _reviews.Add(ReviewWriter.Write(_chance, _household, line.Item, _chooser.Liking(line.Item), line.Need?.Pet, at));
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
