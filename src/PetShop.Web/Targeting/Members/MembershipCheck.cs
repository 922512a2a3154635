using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;
using PetShop.Web.Database;

namespace PetShop.Web.Targeting.Members;

/// <summary>Works out the membership of a sample a second and a third time, in memory and by a fresh statement, and tells every difference from what is stored.</summary>
public sealed partial class MembershipCheck(SegmentMembership membership, JobLog jobs, IOptions<TargetingOptions> options, ILogger<MembershipCheck> logger)
{
    public const string JobName = "segment check";

    // Histories of this many shoppers are in memory at once.
    private const int Portion = 500;

    /// <summary>How many shoppers were compared, and how many of them differed in some segment.</summary>
    public sealed record Drift(int Checked, int Shoppers)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"drift: {Shoppers:N0} of {Checked:N0}");
    }

    /// <summary>Checks, notes the outcome among the jobs and has who differs asked again; null, and nothing noted, when another process writes memberships just now.</summary>
    public async Task<Drift?> TryRunAsync(CancellationToken cancel)
    {
        var (run, drift) = ((long?)null, new Drift(0, 0));
        try
        {
            if (await membership.TryRefreshAsync(CheckAsync, cancel) is null)
                return null;
            await jobs.FinishAsync(run!.Value, drift.Shoppers == 0, drift.ToString(), cancel);
            return drift;
        }
        catch (Exception e) when (run is not null)
        {
            await jobs.FailAsync(run.Value, e);
            throw;
        }

        // The turn is ours: from here on there is a run to tell of.
        async Task CheckAsync(MembershipTables tables, MembershipPlan plan, Moment now)
        {
            run = await jobs.StartAsync(JobName, "", cancel);
            drift = await CompareAsync(tables, plan, now, cancel);
        }
    }

    /// <summary>Stands for a shopper in logs: nobody can read from it who it is, but the same shopper is the same word.</summary>
    internal static string Pseudonym(Guid shopper) => Convert.ToHexStringLower(SHA256.HashData(shopper.ToByteArray()).AsSpan(0, 6));

    private async Task<Drift> CompareAsync(MembershipTables tables, MembershipPlan plan, Moment now, CancellationToken cancel)
    {
        var sample = await tables.ReadAsync("SELECT id FROM shoppers ORDER BY md5(id::text || $1) LIMIT $2", r => r.GetGuid(0), cancel,
            [now.AsOf.ToString("O", CultureInfo.InvariantCulture), options.Value.MembersCheckSize]);
        var drifted = new List<Guid>();
        foreach (var portion in sample.Chunk(Portion))
        {
            var stored = await WordsAsync(tables, "SELECT shopper_id, words FROM segment_members WHERE shopper_id = ANY($1)", [portion], cancel);
            var query = SegmentSql.Words([.. plan.Live.Select(b => b.Bit)], plan.Words, plan.Set, now, portion);
            var fresh = await WordsAsync(tables, query.Text, query.Parameters, cancel);
            foreach (var facts in await SampleFacts.ReadAsync(tables, portion, now.AsOf, cancel))
                if (Differs(plan, facts, now, stored.GetValueOrDefault(facts.ShopperId!.Value), fresh.GetValueOrDefault(facts.ShopperId.Value)))
                    drifted.Add(facts.ShopperId.Value);
        }
        await tables.ExecuteAsync("INSERT INTO segment_marks (shopper_id, cause) SELECT id, $2 FROM unnest($1) id", [drifted.ToArray(), (short)TransitionCause.Check], cancel);
        return new(sample.Count, drifted.Count);
    }

    private bool Differs(MembershipPlan plan, VisitorFacts facts, Moment now, long[]? stored, long[]? fresh)
    {
        var differs = false;
        foreach (var bit in plan.Live)
        {
            var (inStore, inSql, inMemory) = (Has(stored, bit.Bit), Has(fresh, bit.Bit), bit.Segment!.Matches(facts, now));
            if (inStore == inMemory && inSql == inMemory)
                continue;
            differs = true;
            LogDrift(Pseudonym(facts.ShopperId!.Value), bit.Segment.Key, inStore, inSql, inMemory);
        }
        return differs;
    }

    private static bool Has(long[]? words, SegmentBit bit) => words is not null && bit.Word < words.Length && (words[bit.Word] & bit.Mask) != 0;

    private static async Task<Dictionary<Guid, long[]>> WordsAsync(MembershipTables tables, string sql, IReadOnlyList<object> values, CancellationToken cancel) =>
        (await tables.ReadAsync(sql, r => (r.GetGuid(0), r.GetFieldValue<long[]>(1)), cancel, values)).ToDictionary(r => r.Item1, r => r.Item2);

    [LoggerMessage(LogLevel.Error, "Drift: shopper {Pseudonym} and segment {Segment} are stored as {Stored}, by SQL it is {BySql}, in memory {InMemory}; the shopper is asked again")]
    private partial void LogDrift(string pseudonym, string segment, bool stored, bool bySql, bool inMemory);
}
