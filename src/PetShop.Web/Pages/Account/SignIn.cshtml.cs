using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Data;
using PetShop.Data.Shoppers;
using PetShop.Web.Accounts;
using PetShop.Web.Mail;

namespace PetShop.Web.Pages.Account;

/// <summary>Signs a shopper in; says the same to a wrong password, an unknown address and a paused account.</summary>
[LimitPosts]
public sealed class SignInModel(
    UserManager<Shopper> users, SignInManager<Shopper> signIn, SignInFlow flow, PetShopDb db, AccountLetters letters, MailSignal mails, ShopAddress address) : PageModel
{
    // A hash of nothing anybody knows: checking against it takes as long as checking a real one.
    private static readonly string NobodysHash = new PasswordHasher<Shopper>().HashPassword(null!, Guid.NewGuid().ToString());

    [BindProperty] public Form Input { get; set; } = new();
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    public sealed record Form
    {
        [Required(ErrorMessage = "Please give your mail address."), EmailAddress(ErrorMessage = "This does not look like a mail address.")]
        public string Email { get; init; } = "";

        [Required(ErrorMessage = "Please give your password.")] public string Password { get; init; } = "";
        public bool Keep { get; init; } = true;
    }

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? LocalRedirect(Return) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid)
            return Page();
        var shopper = await users.FindByEmailAsync(Input.Email.Trim());
        if (shopper is null || await users.IsLockedOutAsync(shopper))
            users.PasswordHasher.VerifyHashedPassword(null!, NobodysHash, Input.Password);
        else if (await signIn.CheckPasswordSignInAsync(shopper, Input.Password, lockoutOnFailure: true) is var result && result.Succeeded)
        {
            if (await flow.SignInAsync(HttpContext, shopper, Input.Keep, cancel))
                TempData["Toast"] = "What you wished for is on your wish list.";
            return LocalRedirect(Return);
        }
        else if (result.IsLockedOut)
            await TellOfPauseAsync(shopper, cancel);
        ModelState.AddModelError("", "The address and the password do not go together, or the account is paused after too many tries. You can wait ten minutes or choose a new password.");
        return Page();
    }

    private string Return => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/account";

    private async Task TellOfPauseAsync(Shopper shopper, CancellationToken cancel)
    {
        db.OutgoingMails.Add(letters.Paused(shopper.Email!, shopper.FirstName, address.Of(Request, "/account/forgot-password")));
        await db.SaveChangesAsync(cancel);
        mails.Raise();
    }
}
