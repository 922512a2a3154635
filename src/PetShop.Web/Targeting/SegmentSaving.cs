using Microsoft.EntityFrameworkCore;
using Npgsql;
using PetShop.Data;
using PetShop.Data.Segments;
using PetShop.Web.Targeting.Members;

namespace PetShop.Web.Targeting;

/// <summary>Saves segments, whoever edits them: staff on a page, or a program by the API.</summary>
public sealed class SegmentSaving(PetShopDb db, ActiveRules rules, SegmentCounter counter, SegmentMembership membership, TimeProvider clock)
{
    /// <summary>Stores the segment with this rule as its next version, makes pages follow and counts its members.</summary>
    /// <param name="segment">Tracked by the same database context, or added to it; its other fields are set already.</param>
    /// <param name="rule">The rule's JSON, already found sound.</param>
    /// <param name="who">As the audit log and the versions name them.</param>
    /// <returns>False when somebody saved another version meanwhile or made the same key; nothing is stored then.</returns>
    public async Task<bool> SaveAsync(Segment segment, string rule, string who, CancellationToken cancel)
    {
        try
        {
            await StoreAsync(segment, rule, who, cancel);
        }
        catch (Exception e) when (e is DbUpdateConcurrencyException or DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } })
        {
            return false;
        }
        await rules.RefreshAsync(cancel);
        await CountAsync(segment, cancel);
        return true;
    }

    private async Task StoreAsync(Segment segment, string rule, string who, CancellationToken cancel)
    {
        var action = ActionOf(segment);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        (segment.Rule, segment.Version, segment.UpdatedAt, segment.UpdatedBy) = (rule, segment.Version + 1, clock.GetUtcNow(), who);
        await db.SaveChangesAsync(cancel);
        db.SegmentVersions.Add(new()
        {
            SegmentId = segment.Id, Version = segment.Version, Rule = rule, SavedAt = segment.UpdatedAt, SavedBy = who,
            IsActive = segment.IsActive, StartsAt = segment.StartsAt, EndsAt = segment.EndsAt,
        });
        db.AuditEntries.Add(new() { At = segment.UpdatedAt, Actor = who, Action = $"{action}, version {segment.Version}", Subject = $"segment {segment.Slug}" });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private string ActionOf(Segment segment) =>
        db.Entry(segment) is { State: EntityState.Modified } entry && entry.Property(s => s.IsActive) is { IsModified: true } ? segment.IsActive ? "segment switched on" : "segment switched off" : "segment saved";

    // Members of a segment that is on are stored; they change from the old rule's to the new one's in one moment.
    private async Task CountAsync(Segment segment, CancellationToken cancel)
    {
        try
        {
            if (segment.IsActive)
                await membership.RefreshAsync(cancel);
            else
                await counter.CountAndStoreAsync(segment.Slug, cancel);
        }
        catch (NpgsqlException)
        {
            // The edit stands; the background job refreshes members and size within seconds.
        }
    }
}
