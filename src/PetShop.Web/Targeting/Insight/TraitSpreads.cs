using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting.Insight;

/// <summary>How a trait is spread among the members of a rule and among everyone else who may be asked.</summary>
/// <param name="Inside">Shoppers, or pets of shoppers, inside; those of whom the trait is known.</param>
/// <param name="Step">Width of the bins of a number; null for values.</param>
public sealed record TraitSpread(Trait Trait, IReadOnlyList<TraitSpread.Bin> Bins, long Inside, long Outside, long? Step = null)
{
    public long UnknownInside { get; init; }
    public long UnknownOutside { get; init; }

    /// <summary>Numbers beyond the last bin count in it.</summary>
    public bool HasTail { get; init; }

    /// <param name="Label">The value; of a number, where the bin begins.</param>
    public sealed record Bin(string Label, long From, long Inside, long Outside);
}

/// <summary>Counts the values of one trait inside a rule and outside of it.</summary>
public sealed class TraitSpreads(NpgsqlDataSource source, SegmentCounter counter, IOptions<TargetingOptions> options)
{
    private const int MostBins = 14;

    /// <summary>A value that fewer people than this have is not shown by itself, if the trait is personal.</summary>
    internal const int FewPeople = 5;

    /// <param name="names">What values that are keys are called.</param>
    /// <exception cref="NpgsqlException">It took longer than Targeting:CountPatience.</exception>
    public Task<TraitSpread> OfAsync(Trait trait, CompiledSegment draft, SegmentSet set, SpokenNames names, CancellationToken cancel) =>
        trait.Type == TraitType.Number ? NumbersAsync(trait, draft, set, cancel) : ChoicesAsync(trait, draft, set, names, cancel);

    private async Task<TraitSpread> NumbersAsync(Trait trait, CompiledSegment draft, SegmentSet set, CancellationToken cancel)
    {
        var at = counter.Now();
        var bounds = await ReadAsync(TraitSpreadSql.Bounds(trait, draft, set, at), r => r.IsDBNull(0) ? ((long Low, long High, long Most)?)null : (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2)), cancel);
        var (low, high, most) = bounds[0] ?? (0, 0, 0);
        var step = Step(low, most);
        low = (long)Math.Floor((decimal)low / step) * step;
        var bins = (int)Math.Min(MostBins, (most - low) / step + 1);
        var counts = await ReadAsync(TraitSpreadSql.Bins(trait, draft, set, at, low, step, bins), r => (r.GetBoolean(0), r.IsDBNull(1) ? (int?)null : r.GetInt32(1), r.GetInt64(2)), cancel);
        long Count(bool inside, int? bin) => counts.Where(c => c.Item1 == inside && c.Item2 == bin).Sum(c => c.Item3);
        var all = Enumerable.Range(0, bounds[0] is null ? 0 : bins).Select(i => new TraitSpread.Bin("", low + i * step, Count(true, i), Count(false, i))).ToList();
        return new(trait, all, all.Sum(b => b.Inside), all.Sum(b => b.Outside), step) { UnknownInside = Count(true, null), UnknownOutside = Count(false, null), HasTail = high >= low + bins * step };
    }

    /// <summary>1, 2 or 5 times a power of ten, so that the span takes no more bins than there is room for.</summary>
    internal static long Step(long low, long high)
    {
        for (long power = 1; ; power *= 10)
            foreach (var step in (long[])[power, 2 * power, 5 * power])
                if (((decimal)high - low) / step < MostBins - 1 || step > long.MaxValue / 20)
                    return step;
    }

    private async Task<TraitSpread> ChoicesAsync(Trait trait, CompiledSegment draft, SegmentSet set, SpokenNames names, CancellationToken cancel)
    {
        var counts = await ReadAsync(TraitSpreadSql.Choices(trait, draft, set, counter.Now()), r => (Inside: r.GetBoolean(0), Value: r.IsDBNull(1) ? null : r.GetString(1), Count: r.GetInt64(2)), cancel);
        var values = counts.Where(c => c.Value is not null).GroupBy(c => c.Value!, StringComparer.Ordinal)
            .Select(g => new TraitSpread.Bin(Say(trait, g.Key, names), Place(trait, g.Key), g.Where(c => c.Inside).Sum(c => c.Count), g.Where(c => !c.Inside).Sum(c => c.Count))).ToList();
        var (inside, outside) = (values.Sum(v => v.Inside), values.Sum(v => v.Outside));
        var few = trait.Sensitivity == Sensitivity.Ordinary ? 1 : FewPeople;
        var shown = values.Where(v => v.Inside + v.Outside >= few).OrderByDescending(v => v.Inside).ThenByDescending(v => v.Outside).Take(MostBins)
            .OrderBy(v => trait.ChoicesAreAll ? v.From : 0).ToList();
        if (shown.Count < values.Count)
            shown.Add(new("others", int.MaxValue, inside - shown.Sum(v => v.Inside), outside - shown.Sum(v => v.Outside)));
        return new(trait, shown, inside, outside)
        {
            UnknownInside = counts.Where(c => c.Inside && c.Value is null).Sum(c => c.Count), UnknownOutside = counts.Where(c => !c.Inside && c.Value is null).Sum(c => c.Count),
        };
    }

    private static int Place(Trait trait, string value) => trait.Choices.Index().Where(c => c.Item == value).Select(c => c.Index).FirstOrDefault(int.MaxValue - 1);

    private static string Say(Trait trait, string value, SpokenNames names) => trait.Type == TraitType.Truth ? value is "true" or "t" ? "yes" : "no" : names.Value(trait, value);

    private Task<List<T>> ReadAsync<T>(SqlQuery query, Func<NpgsqlDataReader, T> read, CancellationToken cancel) => SegmentScan.ReadAsync(source, query, read, options.Value.CountPatience, cancel);
}
