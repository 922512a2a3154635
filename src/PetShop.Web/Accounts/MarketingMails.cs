using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Web.Tracking;

namespace PetShop.Web.Accounts;

/// <summary>Stops marketing mails for a shopper, with a receipt, leaving every other consent as it is.</summary>
public sealed class MarketingMails(PetShopDb db, ConsentLedger ledger, TimeProvider clock)
{
    /// <param name="campaign">Whose letter held the link; null where none is known.</param>
    public async Task StopAsync(Guid shopperId, int? campaign, CancellationToken cancel)
    {
        var now = await db.Shoppers.Where(s => s.Id == shopperId && s.ConsentEmail)
            .Select(s => new { s.ConsentAnalytics, s.ConsentPersonalisation, s.ConsentPrices }).SingleOrDefaultAsync(cancel);
        if (now is null)
            return;
        await ledger.AddAsync(null, shopperId,
            new(new(now.ConsentAnalytics, now.ConsentPersonalisation, Email: false, now.ConsentPrices, IsAnswered: true), "withdraw", "one-click"), cancel);
        // Counted for the newest letter of the campaign alone.
        var at = clock.GetUtcNow();
        var newest = await db.CampaignRecipients.Where(r => r.CampaignId == campaign && r.ShopperId == shopperId && r.SentAt != null).OrderByDescending(r => r.SentAt).Select(r => (long?)r.Occasion).FirstOrDefaultAsync(cancel);
        if (newest is { } occasion)
            await db.CampaignRecipients.Where(r => r.CampaignId == campaign && r.ShopperId == shopperId && r.Occasion == occasion).ExecuteUpdateAsync(set => set.SetProperty(r => r.UnsubscribedAt, at), cancel);
    }
}
