using System.Collections.Concurrent;
using PetShop.Recommender.Ranking;

namespace PetShop.Web.Recommendations.Serving;

/// <summary>Lists that are the same for everyone, made once for each catalogue: popular, new, in season, trending. Columns of the catalogue, best first.</summary>
public sealed class ProductLists
{
    private const int Length = 120, NewForDays = 90, ExplorersPerDepartment = 32, ExploringDraws = 200;
    // Popularity is a base-2 logarithm: out of its season a product counts as half as popular.
    private const double OutOfSeason = 1;
    private readonly Catalogue _catalogue;
    private readonly ConcurrentDictionary<(string List, string Category), Ranked[]> _lists = new();
    private readonly int[] _byPopularity;
    private readonly Ranked[] _all;
    private readonly string _season;
    private readonly DateOnly _newSince;

    public ProductLists(Catalogue catalogue, DateOnly today)
    {
        _catalogue = catalogue;
        Sellable = catalogue.InStock.Copy().Except(catalogue.Medicines);
        _season = SeasonOf(today);
        _newSince = DateOnly.FromDayNumber(Math.Max(0, today.DayNumber - NewForDays));
        _byPopularity = [.. Enumerable.Range(0, catalogue.Count).OrderByDescending(c => Now(catalogue[c])).ThenByDescending(c => catalogue[c].RatingCount).ThenBy(c => catalogue[c].Id)];
        _all = [.. _byPopularity.Where(c => Sellable[c]).Select(c => new Ranked(c, (float)Now(catalogue[c])))];
        Explorers = ExplorersOf(catalogue, Sellable);
    }

    /// <summary>In stock and no medicine: what may be shown to somebody nothing is known of.</summary>
    public Eligibility Sellable { get; }

    /// <summary>Products little is known of, to be tried out; never of a shelf about health.</summary>
    public ThompsonDraws Explorers { get; }

    /// <param name="category">Slug of a category or department; empty for the whole shop.</param>
    public ReadOnlySpan<Ranked> Popular(string category = "") => List("popular", category, _ => true, Now);

    /// <summary>Every sellable product, most popular first.</summary>
    public ReadOnlySpan<Ranked> AllByPopularity => _all;

    /// <summary>Released in the last 90 days, most popular first: a newcomer that nobody wants stays behind.</summary>
    public ReadOnlySpan<Ranked> New(string category = "") => List("new", category, p => p.ReleasedOn >= _newSince, p => p.Popularity);

    public ReadOnlySpan<Ranked> InSeason(string category = "") => List("season", category, p => p.Seasons.Contains(_season), p => p.Popularity);

    /// <summary>Looked at more than usual; empty while nothing is.</summary>
    public ReadOnlySpan<Ranked> Trending(string category = "") => List("trending", category, p => p.Trending > 0, p => p.Trending);

    /// <summary>Bought by the most households this month.</summary>
    public ReadOnlySpan<Ranked> ThisMonth(string category = "") => List("month", category, p => p.Buyers30d + p.Views30d > 0, p => p.Buyers30d + 0.02 * p.Views30d);

    private double Now(ProductFacts product) => product.Popularity - (product.Seasons.Length > 0 && !product.Seasons.Contains(_season) ? OutOfSeason : 0);

    // A few dozen of each department, those seen least: what was seen often is known already. The seed is fixed: every replica draws the same.
    private static ThompsonDraws ExplorersOf(Catalogue catalogue, Eligibility sellable)
    {
        List<Arm> arms = [];
        foreach (var department in Enumerable.Range(0, catalogue.Count).Where(c => sellable[c] && !catalogue.Health[c]).Select(c => (Column: c, Facts: catalogue[c])).GroupBy(p => p.Facts.Department))
        {
            long shown = department.Sum(p => (long)p.Facts.Shown30d), clicked = department.Sum(p => (long)p.Facts.Clicked30d);
            var rate = (clicked + 1.0) / (shown + 50);
            arms.AddRange(department.OrderBy(p => p.Facts.Shown30d).ThenByDescending(p => p.Facts.ReleasedOn).ThenBy(p => p.Facts.Id).Take(ExplorersPerDepartment)
                .Select(p => new Arm(p.Column, Math.Min(p.Facts.Clicked30d, p.Facts.Shown30d), p.Facts.Shown30d, Math.Min(rate, 0.9))));
        }
        return new(arms, ExploringDraws, new Random(arms.Count));
    }

    private Ranked[] List(string list, string category, Func<ProductFacts, bool> belongs, Func<ProductFacts, double> score) =>
        _lists.GetOrAdd((list, category), _ => Make(category, belongs, score));

    private Ranked[] Make(string category, Func<ProductFacts, bool> belongs, Func<ProductFacts, double> score)
    {
        var within = category.Length == 0 ? null : _catalogue.InCategory(category) ?? new Eligibility(_catalogue.Count);
        return [.. _byPopularity
            .Where(c => Sellable[c] && (within is null || within[c]) && belongs(_catalogue[c]))
            .Select(c => new Ranked(c, (float)score(_catalogue[c])))
            .OrderByDescending(r => r.Score).Take(Length)];
    }

    /// <summary>Season of the northern half of the world, by the calendar.</summary>
    public static string SeasonOf(DateOnly day) => day.Month switch { 3 or 4 or 5 => "spring", 6 or 7 or 8 => "summer", 9 or 10 or 11 => "autumn", _ => "winter" };
}
