using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting.Insight;

/// <summary>How many shoppers pass which of several rules together: bit n of a pattern is rule n.</summary>
public sealed record PatternTable(IReadOnlyList<(long Pattern, long Shoppers)> Patterns)
{
    public long Total => Patterns.Sum(p => p.Shoppers);

    /// <summary>Who passes all of these rules, whatever the others say.</summary>
    public long Count(long all) => Patterns.Where(p => (p.Pattern & all) == all).Sum(p => p.Shoppers);

    /// <summary>Who passes all of these and none of those.</summary>
    public long Count(long all, long none) => Patterns.Where(p => (p.Pattern & all) == all && (p.Pattern & none) == 0).Sum(p => p.Shoppers);
}

/// <summary>Asks everyone several rules in one scan; every figure about their parts is then a sum in memory.</summary>
public sealed class RulePatterns(NpgsqlDataSource source, SegmentCounter counter, IOptions<TargetingOptions> options)
{
    public const int MostRules = SegmentBit.PerWord;

    /// <exception cref="NpgsqlException">It took longer than Targeting:CountPatience.</exception>
    public Task<PatternTable> CountAsync(IReadOnlyList<Rule> rules, SegmentSet set, CancellationToken cancel) => ReadAsync(rules, set, "SELECT w.words[1], count(*) FROM ({0}) w GROUP BY 1", cancel);

    /// <summary>A few of those who pass all of some rules and none of some others, always the same ones while nothing changes.</summary>
    public async Task<IReadOnlyList<SegmentCounter.Member>> SomeAsync(IReadOnlyList<Rule> rules, SegmentSet set, long all, long none, int atMost, CancellationToken cancel)
    {
        var query = Words(rules, set);
        await using var command = Command(FormattableString.Invariant($"""
            SELECT m.id, m.first_name || ' ' || m.last_name, coalesce(m.email, '')
            FROM (SELECT w.id FROM ({query.Text}) w WHERE w.words[1] & {all | none} = {all} ORDER BY md5(w.id::text) LIMIT {atMost}) few JOIN shoppers m ON m.id = few.id ORDER BY 2, 3
            """), query.Parameters);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var members = new List<SegmentCounter.Member>();
        while (await reader.ReadAsync(cancel))
            members.Add(new(reader.GetGuid(0), reader.GetString(1).Trim(), reader.GetString(2)));
        return members;
    }

    private async Task<PatternTable> ReadAsync(IReadOnlyList<Rule> rules, SegmentSet set, string sql, CancellationToken cancel)
    {
        var query = Words(rules, set);
        await using var command = Command(sql.Replace("{0}", query.Text, StringComparison.Ordinal), query.Parameters);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var patterns = new List<(long, long)>();
        while (await reader.ReadAsync(cancel))
            patterns.Add((reader.GetInt64(0), reader.GetInt64(1)));
        return new(patterns);
    }

    private SqlQuery Words(IReadOnlyList<Rule> rules, SegmentSet set) => SegmentSql.Words([.. rules.Select((r, i) => new SegmentBit(i, set.Draft(r)))], 1, set, counter.Now());

    private NpgsqlCommand Command(string text, IReadOnlyList<object> values)
    {
        var command = source.CreateCommand(text);
        command.CommandTimeout = (int)options.Value.CountPatience.TotalSeconds;
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
