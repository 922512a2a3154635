using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Campaigns;
using PetShop.Targeting.Messages;

namespace PetShop.Web.Campaigns;

/// <summary>Moves campaigns from one state to the next; what is sent, or was, changes no more.</summary>
public sealed class CampaignDesk(PetShopDb db, TimeProvider clock)
{
    /// <summary>Releases a draft, or a trigger that was switched off: entries count from this moment on, a letter that is sent once leaves at its time.</summary>
    /// <param name="root">Address of the shop that links start with.</param>
    /// <returns>False when somebody else moved it meanwhile.</returns>
    public async Task<bool> ConfirmAsync(int id, string root, string who, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return await db.Campaigns.Where(c => c.Id == id && (c.State == CampaignState.Draft || (c.State == CampaignState.Stopped && c.Kind == CampaignKind.OnEntry))).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.State, c => c.Kind == CampaignKind.Once ? CampaignState.Scheduled : CampaignState.Sending).SetProperty(c => c.StartedAt, c => c.Kind == CampaignKind.Once ? null : now)
            .SetProperty(c => c.RootUrl, root).SetProperty(c => c.ConfirmedAt, now).SetProperty(c => c.ConfirmedBy, who).SetProperty(c => c.EndedAt, (DateTimeOffset?)null).SetProperty(c => c.EndedBy, ""), cancel) == 1;
    }

    /// <summary>Stops a campaign at once: what no server has yet is not handed over.</summary>
    /// <returns>How many letters were still to leave; null when it was not under way.</returns>
    public async Task<int?> StopAsync(int id, string who, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var stopped = await db.Campaigns.Where(c => c.Id == id && (c.State == CampaignState.Scheduled || c.State == CampaignState.Sending)).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.State, CampaignState.Stopped).SetProperty(c => c.EndedAt, now).SetProperty(c => c.EndedBy, who), cancel);
        if (stopped == 0)
            return null;
        // A batch that was being written has ended by now: it holds the campaign until then.
        var left = await db.CampaignRecipients.Where(r => r.CampaignId == id && (r.State == LetterState.Waiting || r.State == LetterState.Queued)).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.State, LetterState.LeftOut).SetProperty(r => r.Reason, (short)LeaveOut.Stopped).SetProperty(r => r.DecidedAt, r => r.DecidedAt ?? now), cancel);
        await transaction.CommitAsync(cancel);
        return left;
    }

    /// <summary>A draft with the same words and segments.</summary>
    public async Task<Campaign?> CopyAsync(int id, string who, CancellationToken cancel)
    {
        if (await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } c)
            return null;
        var copy = new Campaign
        {
            Name = $"{c.Name} (copy)", Owner = c.Owner, Kind = c.Kind, Subject = c.Subject, OtherSubject = c.OtherSubject, Body = c.Body, ButtonLabel = c.ButtonLabel, ButtonLink = c.ButtonLink, Rail = c.Rail,
            SegmentIds = c.SegmentIds, ExcludedSegmentIds = c.ExcludedSegmentIds, DelayHours = c.DelayHours, AgainAfterDays = c.AgainAfterDays, HoldoutPercent = c.HoldoutPercent,
            UpdatedAt = clock.GetUtcNow(), UpdatedBy = who,
        };
        db.Campaigns.Add(copy);
        await db.SaveChangesAsync(cancel);
        return copy;
    }
}
