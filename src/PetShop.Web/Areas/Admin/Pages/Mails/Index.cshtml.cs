using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Web.Mail;

namespace PetShop.Web.Areas.Admin.Pages.Mails;

/// <summary>Mails kept as files where no mail server is configured.</summary>
public sealed class IndexModel(MailFolder folder, AuditLog audit) : PageModel
{
    private const int Shown = 100;

    [BindProperty(SupportsGet = true)] public string? To { get; set; }
    public bool IsInUse => folder.IsInUse;
    public IReadOnlyList<MailFolder.Entry> Mails { get; private set; } = [];
    public MailFolder.Entry? Open { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? id, CancellationToken cancel)
    {
        if (id is null)
        {
            Mails = folder.List(Shown, string.IsNullOrWhiteSpace(To) ? null : To.Trim());
            return Page();
        }
        Open = folder.Read(id);
        if (Open is null)
            return NotFound();
        await audit.WriteAsync(HttpContext, "mail read", $"mail {id}", cancel);
        return Page();
    }
}
