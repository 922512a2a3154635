using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Operations;
using PetShop.Data.Pricing;

namespace PetShop.Web.Targeting.Pricing;

/// <summary>Saves and deletes offers: with an entry in the audit log, and so that the next page follows.</summary>
public sealed class OfferSaving(PetShopDb db, ActiveRules rules, TimeProvider clock)
{
    /// <param name="offer">Tracked by the same database context, or added to it; its fields are set already.</param>
    /// <param name="before">Of <see cref="Terms"/>, before they were set; null for a new one.</param>
    /// <returns>False when somebody saved another version meanwhile; nothing is stored then.</returns>
    public async Task<bool> SaveAsync(PriceOffer offer, string? before, string who, CancellationToken cancel)
    {
        if (before is not null && before != Terms(offer))
            offer.Run++;
        (offer.UpdatedAt, offer.UpdatedBy) = (clock.GetUtcNow(), who);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await db.SaveChangesAsync(cancel);
            db.AuditEntries.Add(Entry(who, offer.IsActive ? "offer saved, on" : "offer saved, off", $"offer {offer.Id}: {offer.Name}"));
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
        await rules.RefreshAsync(cancel);
        return true;
    }

    public async Task DeleteAsync(PriceOffer offer, string who, CancellationToken cancel)
    {
        db.PriceOffers.Remove(offer);
        db.AuditEntries.Add(Entry(who, "offer deleted", $"offer {offer.Id}: {offer.Name}"));
        await db.SaveChangesAsync(cancel);
        await rules.RefreshAsync(cancel);
    }

    /// <summary>All that changes what somebody pays, or who: where it changes, counting starts anew.</summary>
    public static string Terms(PriceOffer o) => string.Join('|',
        o.Kind, o.Size, o.LeastMarginPercent, o.Everything, o.HoldoutPercent, string.Join(',', o.Categories.Order(StringComparer.Ordinal)), string.Join(',', o.Brands.Order(StringComparer.Ordinal)),
        string.Join(',', o.ProductIds.Order()), string.Join(',', o.SegmentIds.Order()));

    private AuditEntry Entry(string who, string action, string subject) => new() { At = clock.GetUtcNow(), Actor = who, Action = action, Subject = subject };
}
