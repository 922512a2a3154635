using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Web.Mail;

namespace PetShop.Web.Pages.Account;

/// <summary>The mails of a developer's machine; there is no such page anywhere else.</summary>
public sealed class DevelopmentMailsModel(MailFolder folder, IHostEnvironment host) : PageModel
{
    private const int Shown = 20;

    public IReadOnlyList<MailFolder.Entry> Mails { get; private set; } = [];
    public MailFolder.Entry? Open { get; private set; }

    public IActionResult OnGet(string? id)
    {
        if (!host.IsDevelopment() || !folder.IsInUse)
            return NotFound();
        Mails = folder.List(Shown);
        Open = id is null ? null : folder.Read(id);
        return id is not null && Open is null ? NotFound() : Page();
    }
}
