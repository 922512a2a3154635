using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Data;
using PetShop.Data.Shoppers;
using PetShop.Web.Accounts;
using PetShop.Web.Catalog;
using PetShop.Web.Mail;

namespace PetShop.Web.Pages.Account;

/// <summary>Asks for a mail address and nothing else; a mail leads on, so that this page tells nobody who has an account.</summary>
[LimitPosts]
public sealed class RegisterModel(
    UserManager<Shopper> users, PetShopDb db, AccountLinks links, AccountLetters letters, AccountLimiter limiter, WaitingWishes wishes, MailSignal mails, ShopAddress address) : PageModel
{
    [BindProperty] public Form Input { get; set; } = new();
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    public sealed record Form
    {
        [Required(ErrorMessage = "Please give your mail address."), EmailAddress(ErrorMessage = "This does not look like a mail address."), StringLength(254, ErrorMessage = "This address is too long.")]
        public string Email { get; init; } = "";
    }

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? LocalRedirect("/account") : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid)
            return Page();
        var email = Input.Email.Trim();
        if (limiter.MayMail(email))
        {
            var returnUrl = Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : null;
            var link = address.Of(Request, links.Registration(email, returnUrl, wishes.Of(HttpContext)));
            db.OutgoingMails.Add(await users.FindByEmailAsync(email) is null
                ? letters.FinishRegistration(email, link)
                : letters.AlreadyRegistered(email, address.Of(Request, "/account/sign-in")));
            await db.SaveChangesAsync(cancel);
            mails.Raise();
        }
        TempData["MailedTo"] = email;
        return RedirectToPage("CheckMail");
    }
}
