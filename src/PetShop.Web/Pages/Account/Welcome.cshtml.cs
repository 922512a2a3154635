using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Data;
using PetShop.Data.Shoppers;
using PetShop.Web.Accounts;
using PetShop.Web.Mail;

namespace PetShop.Web.Pages.Account;

/// <summary>Opened from the registration mail: the address is proven, a password makes the account.</summary>
[LimitPosts]
public sealed class WelcomeModel(
    UserManager<Shopper> users, SignInFlow flow, PetShopDb db, AccountLinks links, AccountLetters letters, MailSignal mails, ShopAddress address, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Token { get; set; }
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }
    /// <summary>What they wished for before there was an account.</summary>
    [BindProperty(SupportsGet = true)] public string? Wished { get; set; }
    [BindProperty] public Form Input { get; set; } = new();

    public string? Email { get; private set; }

    public sealed record Form
    {
        [Required(ErrorMessage = "Please choose a password.")] public string Password { get; init; } = "";
        [StringLength(80, ErrorMessage = "Please use at most 80 characters.")] public string? FirstName { get; init; }
    }

    public void OnGet() => Email = links.ReadRegistration(Token);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Email = links.ReadRegistration(Token);
        if (Email is null || !ModelState.IsValid)
            return Page();
        var shopper = new Shopper
        {
            Id = Guid.CreateVersion7(), UserName = Email, Email = Email, EmailConfirmed = true, FirstName = Input.FirstName?.Trim() ?? "", RegisteredAt = clock.GetUtcNow(),
        };
        var made = await users.CreateAsync(shopper, Input.Password);
        if (made.Errors.Any(e => e.Code.StartsWith("Duplicate", StringComparison.Ordinal)))
        {
            TempData["Toast"] = "You already have an account. Please sign in.";
            return RedirectToPage("SignIn");
        }
        if (!made.Succeeded)
        {
            ModelState.AddModelError("Input.Password", made.Errors.First().Description);
            return Page();
        }
        TempData["Toast"] = await FinishAsync(shopper, cancel) ? "Your account is ready, and what you wished for is on your wish list." : "Your account is ready.";
        return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/account");
    }

    private async Task<bool> FinishAsync(Shopper shopper, CancellationToken cancel)
    {
        await users.AddToRoleAsync(shopper, ShopRoles.Shopper);
        db.OutgoingMails.Add(letters.Welcome(shopper.Email!, shopper.FirstName, address.Of(Request, "/account/pets")));
        await db.SaveChangesAsync(cancel);
        mails.Raise();
        return await flow.SignInAsync(HttpContext, shopper, keep: true, cancel, Wished);
    }
}
