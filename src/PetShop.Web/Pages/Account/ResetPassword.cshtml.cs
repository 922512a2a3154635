using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Data;
using PetShop.Data.Shoppers;
using PetShop.Web.Accounts;
using PetShop.Web.Mail;

namespace PetShop.Web.Pages.Account;

/// <summary>Opened from the mail: a new password ends the pause of the account and every other session.</summary>
[LimitPosts]
public sealed class ResetPasswordModel(
    UserManager<Shopper> users, SignInFlow flow, PetShopDb db, AccountLetters letters, MailSignal mails, ShopAddress address) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty(SupportsGet = true)] public string Token { get; set; } = "";
    [BindProperty] public Form Input { get; set; } = new();

    public bool LinkIsSpent { get; private set; }

    public sealed record Form
    {
        [Required(ErrorMessage = "Please choose a password.")] public string Password { get; init; } = "";
    }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid)
            return Page();
        var shopper = await users.FindByIdAsync(Id.ToString());
        var reset = shopper is null ? null : await users.ResetPasswordAsync(shopper, Token, Input.Password);
        if (reset?.Succeeded == true)
        {
            // Whoever holds the link reads the mail of this address.
            shopper!.EmailConfirmed = true;
            await users.UpdateAsync(shopper);
            await users.SetLockoutEndDateAsync(shopper!, null);
            await users.ResetAccessFailedCountAsync(shopper!);
            db.OutgoingMails.Add(letters.PasswordChanged(shopper!.Email!, shopper.FirstName, address.Of(Request, "/account/forgot-password")));
            await db.SaveChangesAsync(cancel);
            mails.Raise();
            await flow.SignInAsync(HttpContext, shopper, keep: true, cancel);
            TempData["Toast"] = "Your new password is set.";
            return LocalRedirect("/account");
        }
        LinkIsSpent = reset is null || reset.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.InvalidToken));
        if (!LinkIsSpent)
            ModelState.AddModelError("Input.Password", reset!.Errors.First().Description);
        return Page();
    }
}
