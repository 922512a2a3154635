using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Web.Accounts;

namespace PetShop.Web.Pages.Account;

/// <summary>Ends marketing mails: a mail program posts here without cookies (RFC 8058), so the sealed link is the proof and no antiforgery token is asked for.</summary>
[IgnoreAntiforgeryToken]
public sealed class UnsubscribeModel(AccountLinks links, MarketingMails marketing) : PageModel
{
    public bool LinkIsOurs { get; private set; }
    public bool IsDone { get; private set; }

    public void OnGet(string token, bool done) => (LinkIsOurs, IsDone) = (links.ReadUnsubscribe(token) is not null, done);

    /// <param name="c">The campaign whose letter held the link.</param>
    public async Task<IActionResult> OnPostAsync(string token, int? c, CancellationToken cancel)
    {
        if (links.ReadUnsubscribe(token) is not { } shopperId)
            return NotFound();
        await marketing.StopAsync(shopperId, c, cancel);
        return RedirectToPage(new { token, done = true });
    }
}
