using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Web.Tracking;

namespace PetShop.Web.Accounts;

/// <summary>Stops marketing mails for a shopper, with a receipt, leaving every other consent as it is.</summary>
public sealed class MarketingMails(PetShopDb db, ConsentLedger ledger)
{
    public async Task StopAsync(Guid shopperId, CancellationToken cancel)
    {
        var now = await db.Shoppers.Where(s => s.Id == shopperId && s.ConsentEmail)
            .Select(s => new { s.ConsentAnalytics, s.ConsentPersonalisation, s.ConsentPrices }).SingleOrDefaultAsync(cancel);
        if (now is not null)
            await ledger.AddAsync(null, shopperId,
                new(new(now.ConsentAnalytics, now.ConsentPersonalisation, Email: false, now.ConsentPrices, IsAnswered: true), "withdraw", "one-click"), cancel);
    }
}
