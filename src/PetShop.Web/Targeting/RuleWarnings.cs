using System.Globalization;
using Npgsql;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting;

/// <summary>What speaks against a rule, each in a sentence that a merchandiser can act on.</summary>
public sealed class RuleWarnings(NpgsqlDataSource source, TimeProvider clock)
{
    private const int SmallestForPrices = 50;
    // With fewer in a sample the size may be off by a half and more.
    private const int FewMet = 10;
    private const double NearlyAll = 0.99;
    private const double ManyUnknown = 0.2;
    private static readonly TimeSpan OldForecast = TimeSpan.FromDays(2);

    // Scores that jobs work out: forecasts by the fit they are of, leanings by the same job even where no fit comes about, the others by the job over all shoppers.
    private const string Ages = """
        SELECT (SELECT max(fitted_at) FROM lifetime_fits WHERE r IS NOT NULL),
               (SELECT max(fitted_at) FROM lifetime_fits),
               (SELECT max(started_at) FROM job_runs WHERE name = $1 AND succeeded)
        """;

    /// <summary>What the tree and a size tell.</summary>
    /// <param name="words">How figures and names are said.</param>
    /// <param name="size">Null where nobody was counted. A rough one tells of few, of none and of nearly all, never of a figure.</param>
    /// <param name="refused">Share of the shoppers who have not agreed to what the rule uses; null while not known.</param>
    public IReadOnlyList<string> Of(CompiledSegment draft, FigureWords words, SegmentCounter.RuleSize? size, long shoppers, double? refused = null) =>
        [.. OfTree(draft, words, size, shoppers), .. RuleHints.DeadEnds(draft.Rule, words), .. OfNeeds(draft.Needs, refused)];

    /// <summary>Says which traits are often empty.</summary>
    public static IEnumerable<string> OfGaps(IEnumerable<(Trait Trait, double Share)> gaps) =>
        gaps.Where(g => g.Share >= ManyUnknown).OrderByDescending(g => g.Share).Select(g => $"'{g.Trait.Label}' is empty for {Percent(g.Share)}; they do not match.");

    /// <summary>Says which scores of the rule are old.</summary>
    public async Task<IReadOnlyList<string>> OfAgeAsync(CompiledSegment draft, CancellationToken cancel)
    {
        var scores = draft.Needs.Traits.Where(t => t.Freshness == TraitFreshness.Daily || t.Family == TraitFamily.Rfm).ToList();
        if (scores.Count == 0)
            return [];
        await using var command = source.CreateCommand(Ages);
        command.Parameters.Add(new() { Value = ShopperFeaturesJob.JobName });
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        DateTimeOffset? At(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
        return [.. scores.Select(t => Age(t, At(t.Family switch { TraitFamily.Predicted => 0, TraitFamily.Interest => 1, _ => 2 }))).OfType<string>().Distinct()];
    }

    public static string Uncounted(NpgsqlException e) => $"It could not be counted in time ({e.Message}). Narrow the windows, or count it at a quieter hour.";

    private static IEnumerable<string> OfTree(CompiledSegment draft, FigureWords words, SegmentCounter.RuleSize? size, long shoppers)
    {
        if (draft.Needs.IsLiveOnly)
            yield return $"Depends on the visit ({string.Join(", ", draft.Needs.LiveTraits.Select(t => t.Label))}): decided at each page, so nobody can be counted ahead.";
        var impossible = RuleHints.Impossible(draft.Rule, words);
        if (impossible is not null)
            yield return impossible;
        if (RuleHints.IsEveryone(draft.Rule))
            yield return Everyone(size is { IsRough: false } ? size.Count : null, shoppers);
        else if (size is not null && shoppers > 0 && OfSize(size, shoppers, isKnownEmpty: impossible is not null) is { } told)
            yield return told;
    }

    private static string? OfSize(SegmentCounter.RuleSize size, long shoppers, bool isKnownEmpty) => size switch
    {
        { Count: 0 } when isKnownEmpty => null,
        { IsRough: true } when size.Met < FewMet || size.Count < SmallestForPrices => "Very few match in the sample, if any; the exact count tells.",
        { IsRough: true } when size.Count >= shoppers * NearlyAll => "Nearly everyone in the sample matches; the exact count tells.",
        { IsRough: true } => null,
        { Count: 0 } => "Nobody matches today.",
        _ when size.Count >= shoppers * NearlyAll => Everyone(size.Count, shoppers),
        { Count: < SmallestForPrices } => $"Only {size.Count} match; a segment under {SmallestForPrices} cannot set prices.",
        _ => null,
    };

    private static string Everyone(long? count, long shoppers) =>
        $"This is everyone{(shoppers > 0 && count is { } members ? $" ({Percent((double)members / shoppers, "0.0")})" : "")}: a banner without a segment does the same.";

    private static IEnumerable<string> OfNeeds(RuleNeeds needs, double? refused)
    {
        var uses = (needs.Purposes.HasFlag(ConsentPurposes.Analytics), needs.Purposes.HasFlag(ConsentPurposes.Personalisation)) switch
        {
            (true, _) => "Uses browsing data",
            (_, true) => "Uses personal data",
            _ => needs.Purposes == ConsentPurposes.None ? null : "Uses data that needs agreement",
        };
        if (uses is not null)
            yield return refused is { } share ? $"{uses}; {(share is > 0 and < 0.01 ? "fewer than 1 %" : Percent(share))} have not agreed and are left out." : $"{uses}; who has not agreed is left out.";
        if (needs.HistoryDays is null or > 397)
            yield return "Looks back further than events are kept: those older than 13 months are gone.";
    }

    private string? Age(Trait trait, DateTimeOffset? at)
    {
        var label = Phrases.Capital(trait.Label);
        if (at is not { } worked)
            return trait.Freshness == TraitFreshness.Daily ? $"{label} has not been worked out yet; nobody matches until it is." : null;
        var age = clock.GetUtcNow() - worked;
        return age < OldForecast ? null : trait.Freshness == TraitFreshness.Daily ? $"{label} is {(int)age.TotalDays} days old." : $"Scores and sums of orders were last checked over all shoppers {(int)age.TotalDays} days ago.";
    }

    private static string Percent(double share, string format = "0") => (share * 100).ToString(format, CultureInfo.InvariantCulture) + " %";
}
