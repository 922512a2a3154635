using Npgsql;
using PetShop.Targeting.Groups;
using PetShop.Targeting.Lifetime;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting;

/// <summary>A group of buyers that stands apart, in words, and the rule that comes nearest to it.</summary>
/// <param name="Shoppers">Who is in it, for adopting it as a list.</param>
public sealed record ProposedCluster(ClusterPortrait Portrait, AdoptedRule Adopted, IReadOnlyList<Guid> Shoppers);

/// <summary>The groups that were found, largest first, or why there are none.</summary>
/// <param name="At">When they were looked for.</param>
public sealed record FoundClusters(Fit<IReadOnlyList<ProposedCluster>> Clusters, DateTimeOffset At);

/// <summary>Looks for groups among the buyers who agreed to be told apart.</summary>
public sealed class ClusterProposals(NpgsqlDataSource source, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);
    private volatile FoundClusters? _latest;

    // Enough to see any group worth a segment; in a larger shop an even sample is grouped.
    private const int MostBuyers = 20_000;
    private const int Seed = 1;
    private static readonly Rule HasOrdered = new TraitRule(TraitCatalogue.Get("orders.count"), RuleOperator.AtLeast, new NumberValue(1));

    private const string Buyers = """
        SELECT f.shopper_id, floor(extract(epoch FROM $1 - f.last_order_at) / 86400)::bigint, f.orders_count::bigint, f.revenue_minor
        FROM shopper_features f JOIN shoppers s ON s.id = f.shopper_id
        WHERE f.orders_count > 0 AND f.last_order_at <= $1 AND s.consent_personalisation ORDER BY md5(f.shopper_id::text) LIMIT $2
        """;

    /// <summary>What was found within a day, else looked for now; the same buyers give the same groups, so every replica shows the same.</summary>
    public async Task<FoundClusters> LatestAsync(CancellationToken cancel)
    {
        if (_latest is { } latest && clock.GetUtcNow() - latest.At < Lifetime)
            return latest;
        var found = await FindAsync(cancel);
        return _latest = new(found.Then<IReadOnlyList<ProposedCluster>>(clusters => [.. clusters.OrderByDescending(c => c.Portrait.Size)]), clock.GetUtcNow());
    }

    /// <summary>Makes the next look a new one.</summary>
    public void Forget() => _latest = null;

    /// <summary>The groups, or why there are none. Takes seconds of computing.</summary>
    public async Task<Fit<IReadOnlyList<ProposedCluster>>> FindAsync(CancellationToken cancel)
    {
        var (shoppers, columns) = await ReadAsync(cancel);
        var input = new GroupInput(GroupFeature.OfBuyers, columns);
        return ClusterSearch.Find(input.Points, Seed).Then(found => Propose(input, found.Clusters, shoppers));
    }

    private static IReadOnlyList<ProposedCluster> Propose(GroupInput input, Clustering clusters, List<Guid> shoppers) =>
        [.. Enumerable.Range(0, clusters.Centres.Length).Select(c => new ProposedCluster(
            ClusterPortrait.Of(input, clusters.Labels, c), AdoptedRule.Learn(input, clusters.Labels, c, HasOrdered), [.. shoppers.Where((_, i) => clusters.Labels[i] == c)]))];

    private async Task<(List<Guid> Shoppers, long[][] Columns)> ReadAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Buyers);
        command.Parameters.Add(new() { Value = clock.GetUtcNow().UtcDateTime });
        command.Parameters.Add(new() { Value = MostBuyers });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var (shoppers, columns) = (new List<Guid>(), new List<long>[] { [], [], [] });
        while (await row.ReadAsync(cancel))
        {
            shoppers.Add(row.GetGuid(0));
            for (var j = 0; j < columns.Length; j++)
                columns[j].Add(row.GetInt64(j + 1));
        }
        return (shoppers, [.. columns.Select(c => c.ToArray())]);
    }
}
