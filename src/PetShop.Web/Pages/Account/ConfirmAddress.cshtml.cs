using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Data;
using PetShop.Data.Shoppers;
using PetShop.Web.Accounts;
using PetShop.Web.Mail;

namespace PetShop.Web.Pages.Account;

/// <summary>Opened from a mail to the new address: one press moves the account there.</summary>
[LimitPosts]
public sealed class ConfirmAddressModel(UserManager<Shopper> users, SignInFlow flow, PetShopDb db, AccountLinks links, AccountLetters letters, MailSignal mails) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Token { get; set; }

    public string? NewEmail { get; private set; }

    public void OnGet() => NewEmail = links.ReadAddressChange(Token)?.Email;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (links.ReadAddressChange(Token) is not { } change || await users.FindByIdAsync(change.ShopperId.ToString()) is not { } shopper || shopper.SecurityStamp != change.Stamp)
            return Page();
        var (oldEmail, firstName) = (shopper.Email!, shopper.FirstName);
        (shopper.Email, shopper.UserName, shopper.EmailConfirmed) = (change.Email, change.Email, true);
        if (!(await users.UpdateAsync(shopper)).Succeeded)
            return Page();
        await users.UpdateSecurityStampAsync(shopper);
        db.OutgoingMails.Add(letters.AddressChanged(oldEmail, firstName));
        await db.SaveChangesAsync(cancel);
        mails.Raise();
        await flow.SignInAsync(HttpContext, shopper, keep: true, cancel);
        TempData["Toast"] = $"From now on we write to {change.Email}.";
        return LocalRedirect("/account/details");
    }
}
