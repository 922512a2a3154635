using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Shoppers;
using PetShop.Web.Accounts;
using PetShop.Web.Mail;
using PetShop.Web.Tracking;

namespace PetShop.Web.Pages.Account;

/// <summary>Name, mail address and password, and what somebody likes to tell of themselves.</summary>
[Authorize, LimitPosts]
public sealed class DetailsModel(
    UserManager<Shopper> users, SignInManager<Shopper> signIn, PetShopDb db, AccountLinks links, AccountLetters letters, AccountLimiter limiter, MailSignal mails, ShopAddress address,
    ShopperConsents consents) : PageModel
{
    public NameForm Name { get; private set; } = new();
    public AboutForm About { get; private set; } = new();
    public string Email => User.Email() ?? "";

    public sealed record NameForm
    {
        [StringLength(80, ErrorMessage = "Please use at most 80 characters.")] public string? FirstName { get; init; }
        [StringLength(80, ErrorMessage = "Please use at most 80 characters.")] public string? LastName { get; init; }
    }

    public sealed record EmailForm
    {
        [Required(ErrorMessage = "Please give the new address."), EmailAddress(ErrorMessage = "This does not look like a mail address."), StringLength(254, ErrorMessage = "This address is too long.")]
        public string NewEmail { get; init; } = "";
        [Required(ErrorMessage = "Please give your password.")] public string CurrentPassword { get; init; } = "";
    }

    public sealed record PasswordForm
    {
        [Required(ErrorMessage = "Please give your present password.")] public string OldPassword { get; init; } = "";
        [Required(ErrorMessage = "Please choose a password.")] public string NewPassword { get; init; } = "";
    }

    public async Task<IActionResult> OnGetAsync() => await ShowAsync();

    public async Task<IActionResult> OnPostNameAsync(NameForm form)
    {
        if (!ModelState.IsValid || await users.GetUserAsync(User) is not { } shopper)
            return await ShowAsync();
        (shopper.FirstName, shopper.LastName) = (form.FirstName?.Trim() ?? "", form.LastName?.Trim() ?? "");
        await users.UpdateAsync(shopper);
        await signIn.RefreshSignInAsync(shopper);
        return Done("Nice to meet you anew.");
    }

    public async Task<IActionResult> OnPostAboutAsync(AboutForm form, CancellationToken cancel)
    {
        if (!ModelState.IsValid || User.ShopperId() is not { } shopperId)
        {
            var page = await ShowAsync();
            About = form;
            return page;
        }
        await db.Shoppers.Where(s => s.Id == shopperId).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.BirthYear, form.Year).SetProperty(s => s.Language, form.Language).SetProperty(s => s.OrganisationKind, form.Organisation), cancel);
        // The year decides what may be chosen for them: the very next page keeps to it, before the database's announcement is heard.
        consents.Forget(shopperId);
        return Done(form == new AboutForm() ? "Nothing about you is kept here." : "Thank you, noted.");
    }

    public async Task<IActionResult> OnPostEmailAsync(EmailForm form, CancellationToken cancel)
    {
        if (!ModelState.IsValid || await users.GetUserAsync(User) is not { } shopper)
            return await ShowAsync();
        if (!await IsPasswordAsync(shopper, form.CurrentPassword))
        {
            ModelState.AddModelError(nameof(form.CurrentPassword), "This is not your password.");
            return await ShowAsync();
        }
        var email = form.NewEmail.Trim();
        if (limiter.MayMail(email))
        {
            // Whether the address has an account already is only told to whoever reads its mails.
            db.OutgoingMails.Add(letters.ConfirmAddress(email, shopper.FirstName, address.Of(Request, links.AddressChange(shopper.Id, shopper.SecurityStamp!, email))));
            await db.SaveChangesAsync(cancel);
            mails.Raise();
        }
        TempData["MailedTo"] = email;
        return RedirectToPage("CheckMail");
    }

    public async Task<IActionResult> OnPostPasswordAsync(PasswordForm form, CancellationToken cancel)
    {
        if (!ModelState.IsValid || await users.GetUserAsync(User) is not { } shopper)
            return await ShowAsync();
        if (!await IsPasswordAsync(shopper, form.OldPassword))
        {
            ModelState.AddModelError(nameof(form.OldPassword), "This is not your present password.");
            return await ShowAsync();
        }
        var changed = await users.ChangePasswordAsync(shopper, form.OldPassword, form.NewPassword);
        if (!changed.Succeeded)
        {
            ModelState.AddModelError(nameof(form.NewPassword), changed.Errors.First().Description);
            return await ShowAsync();
        }
        db.OutgoingMails.Add(letters.PasswordChanged(shopper.Email!, shopper.FirstName, address.Of(Request, "/account/forgot-password")));
        await db.SaveChangesAsync(cancel);
        mails.Raise();
        await signIn.RefreshSignInAsync(shopper);
        return Done("Your new password is set.");
    }

    // Wrong guesses count towards the pause here as well: an open browser is no way around it.
    private async Task<bool> IsPasswordAsync(Shopper shopper, string password) =>
        (await signIn.CheckPasswordSignInAsync(shopper, password, lockoutOnFailure: true)).Succeeded;

    private async Task<IActionResult> ShowAsync()
    {
        if (await users.GetUserAsync(User) is not { } shopper)
            return Challenge();
        (Name, About) = (new() { FirstName = shopper.FirstName, LastName = shopper.LastName }, AboutForm.Of(shopper));
        return Page();
    }

    private RedirectToPageResult Done(string toast)
    {
        TempData["Toast"] = toast;
        return RedirectToPage();
    }
}
