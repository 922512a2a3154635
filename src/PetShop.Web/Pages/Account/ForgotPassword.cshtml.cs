using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Data;
using PetShop.Data.Shoppers;
using PetShop.Web.Accounts;
using PetShop.Web.Mail;

namespace PetShop.Web.Pages.Account;

/// <summary>Sends a link to a new password, or word that there is no account; the page answers both alike.</summary>
[LimitPosts]
public sealed class ForgotPasswordModel(
    UserManager<Shopper> users, PetShopDb db, AccountLetters letters, AccountLimiter limiter, MailSignal mails, ShopAddress address) : PageModel
{
    [BindProperty] public Form Input { get; set; } = new();

    public sealed record Form
    {
        [Required(ErrorMessage = "Please give your mail address."), EmailAddress(ErrorMessage = "This does not look like a mail address.")]
        public string Email { get; init; } = "";
    }

    public void OnGet() => Input = new() { Email = User.Email() ?? "" };

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid)
            return Page();
        var email = Input.Email.Trim();
        if (limiter.MayMail(email))
        {
            var shopper = await users.FindByEmailAsync(email);
            var path = shopper is null ? "" : $"/account/reset-password?id={shopper.Id}&token={Uri.EscapeDataString(await users.GeneratePasswordResetTokenAsync(shopper))}";
            db.OutgoingMails.Add(shopper is null
                ? letters.NoAccount(email, address.Of(Request, "/account/register"))
                : letters.ResetPassword(shopper.Email!, shopper.FirstName, address.Of(Request, path)));
            await db.SaveChangesAsync(cancel);
            mails.Raise();
        }
        TempData["MailedTo"] = email;
        return RedirectToPage("CheckMail");
    }
}
