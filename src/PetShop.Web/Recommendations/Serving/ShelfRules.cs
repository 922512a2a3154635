using Npgsql;
using PetShop.Data.Models;
using PetShop.Recommender.Ranking;
using PetShop.Targeting;

namespace PetShop.Web.Recommendations.Serving;

/// <summary>A merchandiser's rule as rails apply it.</summary>
public sealed record ShelfRule(int Id, MerchandisingKind Kind)
{
    public int Priority { get; init; }
    public string? Placement { get; init; }
    public string? PageCategory { get; init; }
    /// <summary>Slug of the segment it holds for.</summary>
    public string? Segment { get; init; }
    public DateTimeOffset? StartsAt { get; init; }
    public DateTimeOffset? EndsAt { get; init; }
    public int[] ProductIds { get; init; } = [];
    public string? ProductCategory { get; init; }
    public int? BrandId { get; init; }
    public int Position { get; init; } = 1;
    /// <summary>Per cent of the span of scores.</summary>
    public int Strength { get; init; }

    /// <summary>Whether its schedule and its segment let it act on a visitor now.</summary>
    public bool IsOn(DateTimeOffset at, IReadOnlySet<string> memberships) => Schedule.Holds(StartsAt, EndsAt, at) && (Segment is null || memberships.Contains(Segment));

    /// <summary>The products it is about.</summary>
    internal Eligibility TargetIn(Catalogue catalogue)
    {
        var target = new Eligibility(catalogue.Count);
        foreach (var id in ProductIds)
            if (catalogue.Items.ColumnOf(id) is >= 0 and var column)
                target[column] = true;
        if (ProductCategory is not null && catalogue.InCategory(ProductCategory) is { } within)
            target.Or(BrandId is { } both ? within.Copy().And(catalogue.Where(p => p.BrandId == both)) : within);
        else if (ProductCategory is null && BrandId is { } brand)
            target.Or(catalogue.Where(p => p.BrandId == brand));
        return target;
    }
}

/// <summary>The merchandisers' rules that are switched on; never changes, an edit makes a new one.</summary>
public sealed class ShelfRules(IReadOnlyList<ShelfRule> all)
{
    private const string Sql =
        """
        SELECT r.id, r.kind, r.priority, r.placement, r.page_category, s.slug, r.starts_at, r.ends_at, r.product_ids, r.product_category, r.brand_id, r.position, r.strength
        FROM merchandising_rules r LEFT JOIN segments s ON s.id = r.segment_id WHERE r.is_active ORDER BY r.priority DESC, r.id
        """;

    public static ShelfRules None { get; } = new([]);

    /// <summary>The most important first.</summary>
    public IReadOnlyList<ShelfRule> All { get; } = all;

    /// <summary>Whether any of them holds for a segment, so that memberships must be known.</summary>
    public bool AskForSegments { get; } = all.Any(r => r.Segment is not null);

    public static async Task<ShelfRules> ReadAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Sql);
        await using var row = await command.ExecuteReaderAsync(cancel);
        List<ShelfRule> rules = [];
        while (await row.ReadAsync(cancel))
            rules.Add(new(row.GetInt32(0), (MerchandisingKind)row.GetInt16(1))
            {
                Priority = row.GetInt32(2), Placement = Text(3), PageCategory = Text(4), Segment = Text(5), StartsAt = Time(6), EndsAt = Time(7),
                ProductIds = row.GetFieldValue<int[]>(8), ProductCategory = Text(9), BrandId = row.IsDBNull(10) ? null : row.GetInt32(10),
                Position = row.GetInt16(11), Strength = row.GetInt16(12),
            });
        return rules.Count == 0 ? None : new(rules);

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        DateTimeOffset? Time(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
    }
}
