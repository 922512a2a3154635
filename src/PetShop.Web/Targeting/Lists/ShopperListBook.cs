using Microsoft.EntityFrameworkCore;
using Npgsql;
using PetShop.Data;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;
using PetShop.Web.Targeting.Members;

namespace PetShop.Web.Targeting.Lists;

/// <summary>Keeps the lists of shoppers that rules name; pages and stored members follow each change.</summary>
public sealed class ShopperListBook(PetShopDb db, NpgsqlDataSource source, ActiveRules rules, VisitorProfiles profiles, SegmentMembership membership, TimeProvider clock)
{
    // Only who comes or goes is written, so that only they are asked again.
    private const string Replace = """
        WITH wanted AS (SELECT id FROM unnest($2) id),
        gone AS (DELETE FROM shopper_list_members WHERE list_id = $1 AND shopper_id NOT IN (SELECT id FROM wanted) RETURNING shopper_id),
        come AS (INSERT INTO shopper_list_members (list_id, shopper_id) SELECT $1, s.id FROM shoppers s JOIN wanted w ON w.id = s.id ON CONFLICT DO NOTHING RETURNING shopper_id)
        SELECT shopper_id FROM gone UNION ALL SELECT shopper_id FROM come
        """;

    /// <summary>Makes a list; null when its key is taken.</summary>
    public async Task<ShopperList?> AddAsync(string key, string name, string note, IReadOnlyList<Guid> shoppers, string who, CancellationToken cancel)
    {
        var list = db.ShopperLists.Add(new() { Slug = key, Name = name, Note = note, UpdatedAt = clock.GetUtcNow(), UpdatedBy = who }).Entity;
        try
        {
            await StoreAsync(list, shoppers, $"list made, {shoppers.Count} shoppers", cancel);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return null;
        }
        return list;
    }

    /// <summary>Puts these shoppers in the place of those on the list.</summary>
    public Task ReplaceAsync(ShopperList list, IReadOnlyList<Guid> shoppers, string who, CancellationToken cancel)
    {
        (list.UpdatedAt, list.UpdatedBy) = (clock.GetUtcNow(), who);
        return StoreAsync(list, shoppers, $"list replaced, {shoppers.Count} shoppers", cancel);
    }

    /// <summary>Deletes a list that no rule names.</summary>
    /// <returns>Names of the segments that name it and so keep it; empty when it is gone.</returns>
    public async Task<IReadOnlyList<string>> DeleteAsync(ShopperList list, string who, CancellationToken cancel)
    {
        var users = (await UsersAsync(cancel))[list.Slug].ToList();
        if (users.Count > 0)
            return users;
        var members = await db.ShopperListMembers.Where(m => m.ListId == list.Id).Select(m => m.ShopperId).ToListAsync(cancel);
        db.ShopperLists.Remove(list);
        db.AuditEntries.Add(new() { At = clock.GetUtcNow(), Actor = who, Action = "list deleted", Subject = $"list {list.Slug}" });
        await db.SaveChangesAsync(cancel);
        await FollowAsync(members, cancel);
        return [];
    }

    /// <summary>Names of the segments whose own rule names a list, by the list's key.</summary>
    public async Task<ILookup<string, string>> UsersAsync(CancellationToken cancel)
    {
        var segments = await db.Segments.AsNoTracking().OrderBy(s => s.Name).Select(s => new { s.Name, s.Rule }).ToListAsync(cancel);
        return segments.SelectMany(s => RuleJson.TryParse(s.Rule, out var rule, out _) ? RuleReferences.Own(rule!).Lists.Select(l => (List: l, s.Name)) : []).ToLookup(u => u.List, u => u.Name, StringComparer.Ordinal);
    }

    /// <summary>A key made of a name that is not taken yet.</summary>
    public async Task<string> FreeKeyAsync(string name, CancellationToken cancel)
    {
        var words = new string([.. name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var key = string.Join('-', words) is { Length: > 0 } made ? made : "list";
        key = key.Length > 50 ? key[..50].TrimEnd('-') : key;
        var taken = await db.ShopperLists.Where(l => l.Slug.StartsWith(key)).Select(l => l.Slug).ToListAsync(cancel);
        return taken.Contains(key) ? $"{key}-{Enumerable.Range(2, taken.Count + 1).First(n => !taken.Contains($"{key}-{n}"))}" : key;
    }

    private async Task StoreAsync(ShopperList list, IReadOnlyList<Guid> shoppers, string action, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.AuditEntries.Add(new() { At = list.UpdatedAt, Actor = list.UpdatedBy, Action = action, Subject = $"list {list.Slug}" });
        await db.SaveChangesAsync(cancel);
        var moved = await ReplaceAsync((NpgsqlConnection)db.Database.GetDbConnection(), list.Id, shoppers, cancel);
        await transaction.CommitAsync(cancel);
        await FollowAsync(moved, cancel);
    }

    private static async Task<List<Guid>> ReplaceAsync(NpgsqlConnection connection, int list, IReadOnlyList<Guid> shoppers, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Replace, connection);
        command.Parameters.Add(new() { Value = list });
        command.Parameters.Add(new() { Value = shoppers.ToArray() });
        return await ReadAsync(command, cancel);
    }

    // Pages of this replica at once, those of others within Targeting:ProfileRefresh; stored members by the marks that triggers left.
    private async Task FollowAsync(List<Guid> moved, CancellationToken cancel)
    {
        foreach (var shopper in moved)
            profiles.Forget(shopper);
        await rules.RefreshAsync(cancel);
        try
        {
            await membership.TryRefreshAsync(cancel);
        }
        catch (NpgsqlException)
        {
            // The list stands; the background job looks again within seconds.
        }
    }

    /// <summary>Ids of the shoppers on a list, in a settled order.</summary>
    public async Task<IReadOnlyList<Guid>> ShoppersAsync(ShopperList list, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("SELECT shopper_id FROM shopper_list_members WHERE list_id = $1 ORDER BY shopper_id");
        command.Parameters.Add(new() { Value = list.Id });
        return await ReadAsync(command, cancel);
    }

    private static async Task<List<Guid>> ReadAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        await using var row = await command.ExecuteReaderAsync(cancel);
        var shoppers = new List<Guid>();
        while (await row.ReadAsync(cancel))
            shoppers.Add(row.GetGuid(0));
        return shoppers;
    }
}
