using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Web.Mail;

namespace PetShop.Web.Pages.Account;

/// <summary>Says that a mail is on its way, the same words whoever asked.</summary>
public sealed class CheckMailModel(MailFolder folder, IHostEnvironment host) : PageModel
{
    public string? MailedTo { get; private set; }

    /// <summary>On a developer's machine mails are files, and this page opens them.</summary>
    public bool HasDevelopmentMailbox => host.IsDevelopment() && folder.IsInUse;

    public void OnGet() => MailedTo = TempData["MailedTo"] as string;
}
