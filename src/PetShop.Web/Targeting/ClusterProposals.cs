using System.Security.Cryptography;
using System.Threading.Channels;
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
/// <param name="Buyers">Who had bought then, whether they are in a group or not.</param>
/// <param name="Orders">Of those buyers.</param>
public sealed record FoundClusters(Fit<IReadOnlyList<ProposedCluster>> Clusters, DateTimeOffset At, long Buyers, long Orders)
{
    /// <summary>Stands for these very groups: the same buyers give the same on every replica.</summary>
    public string Mark { get; } = Convert.ToHexStringLower(SHA256.HashData([.. (Clusters.Model ?? []).SelectMany(c => c.Shoppers.SelectMany(s => s.ToByteArray()).Append((byte)0))]).AsSpan(0, 8));
}

/// <summary>Looks for groups among the buyers who agreed to be told apart: in the background, never while somebody waits for a page.</summary>
public sealed class ClusterProposals(NpgsqlDataSource source, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);
    // More buyers or orders than this beside those of then make other groups likely.
    private const double Grown = 0.1;
    // One who asks while another is waited on has asked for the same.
    private readonly Channel<bool> _asked = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile FoundClusters? _latest;
    private long _workingSince;

    // Enough to see any group worth a segment; in a larger shop an even sample is grouped.
    private const int MostBuyers = 20_000;
    private const int Seed = 1;
    private static readonly Rule HasOrdered = new TraitRule(TraitCatalogue.Get("orders.count"), RuleOperator.AtLeast, new NumberValue(1));

    private const string Buyers = """
        SELECT f.shopper_id, floor(extract(epoch FROM $1 - f.last_order_at) / 86400)::bigint, f.orders_count::bigint, f.revenue_minor
        FROM shopper_features f JOIN shoppers s ON s.id = f.shopper_id
        WHERE f.orders_count > 0 AND f.last_order_at <= $1 AND s.consent_personalisation ORDER BY md5(f.shopper_id::text) LIMIT $2
        """;

    private const string Counts = """
        SELECT count(*), coalesce(sum(f.orders_count), 0)::bigint
        FROM shopper_features f JOIN shoppers s ON s.id = f.shopper_id WHERE f.orders_count > 0 AND s.consent_personalisation
        """;

    /// <summary>What was found last; null before the first look.</summary>
    public FoundClusters? Latest => _latest;

    /// <summary>Since when they are looked for; null while nobody does.</summary>
    public DateTimeOffset? WorkingSince => Interlocked.Read(ref _workingSince) is > 0 and var ticks ? new(ticks, TimeSpan.Zero) : null;

    /// <summary>Has them looked for as soon as may be.</summary>
    public void Ask()
    {
        Interlocked.CompareExchange(ref _workingSince, clock.GetUtcNow().UtcTicks, 0);
        _asked.Writer.TryWrite(true);
    }

    /// <summary>Waits until somebody asks, or so long.</summary>
    /// <returns>Whether somebody asked.</returns>
    internal async Task<bool> AskedAsync(TimeSpan atMost, CancellationToken cancel)
    {
        if (_asked.Reader.TryRead(out _))
            return true;
        using var patience = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            return await _asked.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Whether nothing was found yet, or it is a day old, or so much was bought since that other groups are likely.</summary>
    public async Task<bool> IsDueAsync(CancellationToken cancel)
    {
        if (_latest is not { } latest || clock.GetUtcNow() - latest.At >= Lifetime)
            return true;
        var (buyers, orders) = await CountAsync(cancel);
        return Math.Abs(buyers - latest.Buyers) > latest.Buyers * Grown || Math.Abs(orders - latest.Orders) > latest.Orders * Grown;
    }

    /// <summary>Looks for them and keeps what it finds.</summary>
    public async Task<FoundClusters> RefreshAsync(CancellationToken cancel)
    {
        Interlocked.CompareExchange(ref _workingSince, clock.GetUtcNow().UtcTicks, 0);
        try
        {
            var (buyers, orders) = await CountAsync(cancel);
            var at = clock.GetUtcNow();
            var found = await FindAsync(cancel);
            return _latest = new(found.Then<IReadOnlyList<ProposedCluster>>(clusters => [.. clusters.OrderByDescending(c => c.Portrait.Size)]), at, buyers, orders);
        }
        finally
        {
            Interlocked.Exchange(ref _workingSince, 0);
        }
    }

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

    private async Task<(long Buyers, long Orders)> CountAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Counts);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return (row.GetInt64(0), row.GetInt64(1));
    }

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
