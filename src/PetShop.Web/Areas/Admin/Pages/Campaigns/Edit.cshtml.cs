using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Data.Campaigns;
using PetShop.Web.Campaigns;
using PetShop.Web.Mail;

namespace PetShop.Web.Areas.Admin.Pages.Campaigns;

/// <summary>Writes a letter beside how a reader would get it.</summary>
public sealed class EditModel(PetShopDb db, CampaignSender sender, LetterPreview preview, ShopAddress address, MailSignal signal, AuditLog audit, IOptions<ShopOptions> shop, TimeProvider clock) : PageModel
{
    public sealed record Form
    {
        [Required(ErrorMessage = "Give it a name to find it by."), StringLength(80, ErrorMessage = "Keep the name under 80 letters.")] public string Name { get; init; } = "";
        [StringLength(120, ErrorMessage = "Keep the owner under 120 letters.")] public string? Owner { get; init; }
        public CampaignKind Kind { get; init; } = CampaignKind.Once;
        [StringLength(120, ErrorMessage = "Keep the subject under 120 letters; mail programs cut it off after about 60.")] public string? Subject { get; init; }
        [StringLength(120, ErrorMessage = "Keep the subject under 120 letters; mail programs cut it off after about 60.")] public string? OtherSubject { get; init; }
        [StringLength(20_000, ErrorMessage = "Keep the letter under 20,000 letters.")] public string? Body { get; init; }
        [StringLength(40, ErrorMessage = "Keep the button under 40 letters.")] public string? ButtonLabel { get; init; }
        [StringLength(500, ErrorMessage = "Keep the address under 500 letters.")] public string? ButtonLink { get; init; }
        public string? Rail { get; init; }
        public int[] SegmentIds { get; init; } = [];
        public int[] ExcludedSegmentIds { get; init; } = [];
        public DateTime? SendAt { get; init; }
        [Range(0, 8760, ErrorMessage = "A delay is between 0 and 8,760 hours (a year).")] public int DelayHours { get; init; } = 24;
        [Range(1, 3650, ErrorMessage = "Again after 1 to 3,650 days, or empty for never.")] public int? AgainAfterDays { get; init; }
        [Range(0, 50, ErrorMessage = "Hold out at most half of the readers.")] public short HoldoutPercent { get; init; } = 10;
        public string? Reader { get; init; }
        public string Arm { get; init; } = LetterLinks.FirstSubject;
    }

    [BindProperty] public Form Input { get; set; } = new();
    public int? Id { get; private set; }
    public IReadOnlyList<(int Id, string Name, bool IsActive, int? Members)> Segments { get; private set; } = [];
    public IReadOnlyList<CampaignCheck> Checks { get; private set; } = [];
    public PreviewedLetter? Letter { get; private set; }
    /// <summary>Why there is no letter to look at; null when there is one.</summary>
    public string? NoLetter { get; private set; }
    /// <summary>What the change of clocks makes of the time typed.</summary>
    public string? ClockChange => Input.Kind == CampaignKind.Once ? shop.Value.ClockChange(Input.SendAt) : null;

    /// <param name="segment">From a segment's playbook: whom a new letter is for.</param>
    public async Task<IActionResult> OnGetAsync(int? id, int? segment, CancellationToken cancel)
    {
        await LoadAsync(id, cancel);
        if (id is null)
            Input = new() { Owner = AuditLog.Who(HttpContext), SegmentIds = segment is { } member ? [member] : [] };
        else if (await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } campaign)
            return NotFound();
        else if (!campaign.IsDraft())
            return Redirect(campaign.Link());
        else
            Input = FormOf(campaign);
        await ShowAsync(Me, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? id, string? action, CancellationToken cancel)
    {
        await LoadAsync(id, cancel);
        return action switch
        {
            "save" or "send" => await SaveAsync(action, cancel),
            "test" => await TestAsync(cancel),
            "preview" => await PreviewAsync(cancel),
            _ => await LookAsync(cancel),
        };
    }

    public async Task<IActionResult> OnPostDeleteAsync(int id, CancellationToken cancel)
    {
        if (await db.Campaigns.Where(c => c.Id == id && c.State == CampaignState.Draft).ExecuteDeleteAsync(cancel) == 0)
            return Redirect($"/admin/campaigns/{id}");
        await audit.WriteAsync(HttpContext, "campaign deleted", $"campaign {id}", cancel);
        TempData["Toast"] = "The draft is gone.";
        return Redirect("/admin/campaigns");
    }

    private async Task<IActionResult> SaveAsync(string action, CancellationToken cancel)
    {
        Check();
        if (!ModelState.IsValid)
        {
            await ShowAsync(Me, cancel);
            return Page();
        }
        var campaign = Id is null ? db.Campaigns.Add(new() { Name = "" }).Entity : await db.Campaigns.FindAsync([Id], cancel);
        if (campaign is null)
            return NotFound();
        if (!campaign.IsDraft())
            return this.Leave(campaign.Link());
        Fill(campaign);
        (campaign.UpdatedAt, campaign.UpdatedBy) = (clock.GetUtcNow(), AuditLog.Who(HttpContext));
        await db.SaveChangesAsync(cancel);
        await audit.WriteAsync(HttpContext, "campaign saved", $"campaign {campaign.Id}: {campaign.Name}", cancel);
        TempData["Toast"] = string.Join(" ", new[] { "Saved as a draft: nobody gets it yet.", ClockChange }.OfType<string>());
        return this.Leave(action == "send" ? $"/admin/campaigns/{campaign.Id}/send" : $"/admin/campaigns/{campaign.Id}");
    }

    /// <summary>Looks as somebody else, which leaves a trace: it shows their name, pets and products.</summary>
    private async Task<IActionResult> PreviewAsync(CancellationToken cancel)
    {
        ModelState.Clear();
        var reader = string.IsNullOrWhiteSpace(Input.Reader) ? await preview.SomeReaderAsync(Draft(), cancel) : await preview.FindAsync(Input.Reader.Replace("\0", "", StringComparison.Ordinal), cancel);
        if (reader is null)
            NoLetter = string.IsNullOrWhiteSpace(Input.Reader) ? "Nobody in these segments may be written to, so there is nobody to show it for." : $"There is no account “{Input.Reader.Trim()}”. Paste an e-mail address or the id of a shopper.";
        else
            await audit.WriteAsync(HttpContext, "letter previewed as", reader.Value.ToString(), cancel);
        await ShowAsync(reader, cancel);
        return Page();
    }

    private async Task<IActionResult> LookAsync(CancellationToken cancel)
    {
        ModelState.Clear();
        await ShowAsync(Me, cancel);
        return Page();
    }

    private async Task<IActionResult> TestAsync(CancellationToken cancel)
    {
        ModelState.Clear();
        await ShowAsync(Me, cancel);
        if (Letter is not { Mail: var mail } || Checks.Any(c => c.Blocks) || mail.ToAddress.Length == 0)
        {
            ModelState.AddModelError("", Letter is null || Letter.Mail.ToAddress.Length == 0 ? "Your own account has no address to send a test to." : "Mend what stands above the letter first; then the test can be sent.");
            return Page();
        }
        (mail.CampaignId, mail.ShopperId, mail.Subject) = (null, null, $"[Test] {mail.Subject}");
        db.OutgoingMails.Add(mail);
        await db.SaveChangesAsync(cancel);
        signal.Raise();
        await audit.WriteAsync(HttpContext, "test letter sent", $"campaign {Id?.ToString() ?? "new"}: {Input.Name}", cancel);
        NoLetter = $"A test is on its way to {mail.ToAddress}, written as if you were the reader.";
        return Page();
    }

    private Guid? Me => Guid.TryParse(User.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    private async Task ShowAsync(Guid? reader, CancellationToken cancel)
    {
        var draft = Draft();
        Checks = CampaignChecks.OfWords(draft, address.Root(draft.RootUrl));
        // A link that is broken has no address to write down.
        if (reader is { } shopper && !Checks.Any(c => c.Blocks && c.Words.Contains("button leads", StringComparison.Ordinal)))
            Letter = await preview.WriteAsync(draft, await sender.AudienceAsync(db, draft, cancel), shopper, Input.Arm == LetterLinks.SecondSubject && draft.OtherSubject is not null ? LetterLinks.SecondSubject : LetterLinks.FirstSubject, cancel);
    }

    private Campaign Draft()
    {
        var draft = new Campaign { Id = Id ?? 0, Name = Input.Name ?? "" };
        Fill(draft);
        return draft;
    }

    private async Task LoadAsync(int? id, CancellationToken cancel)
    {
        Id = id;
        var segments = await db.Segments.AsNoTracking().OrderBy(s => s.Name).Select(s => new { s.Id, s.Name, s.IsActive, s.MemberCount }).ToListAsync(cancel);
        Segments = [.. segments.Select(s => (s.Id, s.Name, s.IsActive, s.MemberCount))];
    }

    private void Check()
    {
        if (Input.Name is { Length: > 0 } name && !Phrases.IsName(name))
            ModelState.AddModelError("Input.Name", "Give it a name that can be read.");
        if (new[] { Input.Owner, Input.Subject, Input.OtherSubject, Input.Body, Input.ButtonLabel, Input.ButtonLink }.Any(t => t?.Contains('\0', StringComparison.Ordinal) == true))
            ModelState.AddModelError("", "There is a character in it that nobody sees and that cannot be kept. Type the words anew instead of pasting them.");
        if (!Enum.IsDefined(Input.Kind))
            ModelState.AddModelError("Input.Kind", "Choose one of the two.");
        if (!string.IsNullOrEmpty(Input.Rail) && LetterRails.All.All(r => r.Placement != Input.Rail))
            ModelState.AddModelError("Input.Rail", "Choose one of the list.");
        if (Input.SegmentIds.Intersect(Input.ExcludedSegmentIds).Any())
            ModelState.AddModelError("Input.ExcludedSegmentIds", "A segment cannot be both written to and spared: nobody of it would get the letter. Take it out of one list.");
    }

    private void Fill(Campaign c)
    {
        (c.Name, c.Owner, c.Kind, c.Rail) = (Trimmed(Input.Name), Trimmed(Input.Owner), Input.Kind, string.IsNullOrEmpty(Input.Rail) ? null : Input.Rail);
        (c.Subject, c.OtherSubject, c.Body) = (Trimmed(Input.Subject), Trimmed(Input.OtherSubject) is { Length: > 0 } other ? other : null, (Input.Body ?? "").ReplaceLineEndings("\n").Trim());
        (c.ButtonLabel, c.ButtonLink, c.HoldoutPercent) = (Trimmed(Input.ButtonLabel), Trimmed(Input.ButtonLink), Input.HoldoutPercent);
        (c.SegmentIds, c.ExcludedSegmentIds) = (Input.SegmentIds, Input.ExcludedSegmentIds);
        (c.SendAt, c.DelayHours, c.AgainAfterDays) = (Input.Kind == CampaignKind.Once ? shop.Value.ToInstant(Input.SendAt) : null, Input.DelayHours, Input.AgainAfterDays);
        c.RootUrl = ShopAddress.RootOf(Request);
    }

    private Form FormOf(Campaign c) => new()
    {
        Name = c.Name, Owner = c.Owner, Kind = c.Kind, Subject = c.Subject, OtherSubject = c.OtherSubject, Body = c.Body, ButtonLabel = c.ButtonLabel, ButtonLink = c.ButtonLink, Rail = c.Rail,
        SegmentIds = c.SegmentIds, ExcludedSegmentIds = c.ExcludedSegmentIds, SendAt = shop.Value.ToLocal(c.SendAt), DelayHours = c.DelayHours, AgainAfterDays = c.AgainAfterDays, HoldoutPercent = c.HoldoutPercent,
    };

    private static string Trimmed(string? text) => text?.Trim() ?? "";
}
