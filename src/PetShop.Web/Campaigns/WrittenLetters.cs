using Microsoft.EntityFrameworkCore;
using PetShop.Data;

namespace PetShop.Web.Campaigns;

/// <summary>Letters of campaigns that are written and have not left.</summary>
public static class WrittenLetters
{
    /// <summary>Takes a shopper's back, to be written anew from what is known then; call it first in the transaction of what changes.</summary>
    /// <remarks>The turn of writing letters is held until that transaction ends, so that none is written meanwhile from what was known before.</remarks>
    public static async Task TakeBackAsync(PetShopDb db, Guid shopperId, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('petshop.campaigns'))", cancel);
        // States: 0 waiting, 1 queued. What is being handed over cannot be called back.
        await db.Database.ExecuteSqlAsync($"""
            WITH back AS (
                UPDATE campaign_recipients SET state = 0, decided_at = NULL WHERE shopper_id = {shopperId} AND state = 1 RETURNING campaign_id, occasion)
            DELETE FROM outgoing_mails m USING back b WHERE m.shopper_id = {shopperId} AND m.campaign_id = b.campaign_id AND m.occasion = b.occasion
            """, cancel);
    }
}
