using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PetShop.Data;
using PetShop.Data.Operations;
using PetShop.Data.Shoppers;
using PetShop.Web.Accounts;
using PetShop.Web.Cart;
using PetShop.Web.Privacy;
using PetShop.Web.Tracking;

namespace PetShop.Web.Pages.Privacy;

/// <summary>What the shop knows and why, and every way to change, take or erase it.</summary>
public sealed class IndexModel(PetShopDb db, ConsentAnswers answers, PersonalData data, Erasing erasing, VisitorLinking linking, GuestOrders orders, TimeProvider clock) : PageModel
{
    public Visitor Visitor { get; private set; } = Visitor.Unknown;
    public Holdings Held { get; private set; } = new(0, null, [], []);
    /// <summary>False while the database does not answer; the choices work all the same.</summary>
    public bool KnowsHoldings { get; private set; } = true;
    public bool IsKnown => Visitor.Id is not null || Visitor.ShopperId is not null;
    public string? Email => User.Identity?.Name;
    public EraseForm Form { get; private set; } = new(false, null);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Visitor = HttpContext.Visitor();
        if (!IsKnown)
            return;
        try
        {
            await LoadAsync(cancel);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or InvalidOperationException { InnerException: NpgsqlException })
        {
            KnowsHoldings = false;
        }
    }

    public async Task<IActionResult> OnPostChooseAsync(CancellationToken cancel)
    {
        var before = HttpContext.Visitor().Consent;
        var after = ConsentEndpoint.Chosen(await Request.ReadFormAsync(cancel));
        return await AnswerAsync(after, IsLess(after, before) ? "withdraw" : "choose", cancel);
    }

    public Task<IActionResult> OnPostRefuseAsync(CancellationToken cancel) => AnswerAsync(Consent.Refused, "withdraw", cancel);

    /// <summary>Objects to profiling: statistics and letters stay as they are.</summary>
    public Task<IActionResult> OnPostObjectAsync(CancellationToken cancel) =>
        AnswerAsync(HttpContext.Visitor().Consent with { Personalisation = false, Prices = false, IsAnswered = true }, "withdraw", cancel);

    public async Task<IActionResult> OnPostDownloadAsync(string format, CancellationToken cancel)
    {
        var visitor = HttpContext.Visitor();
        if (visitor.ShopperId is { } asking)
            await orders.AdoptAsync(asking, cancel);
        var sections = await data.GatherAsync(await data.SubjectAsync(visitor.ShopperId, visitor.Id, cancel), cancel);
        var now = clock.GetUtcNow();
        if (visitor.ShopperId is { } shopper)
        {
            db.AuditEntries.Add(new AuditEntry { At = now, Actor = shopper.ToString(), Action = "exported own data", Subject = shopper.ToString() });
            await db.SaveChangesAsync(cancel);
        }
        return format == "csv"
            ? File(PersonalDataFiles.CsvZip(sections), "application/zip", $"petshop-data-{now:yyyy-MM-dd}.zip")
            : File(PersonalDataFiles.Json(sections, now), "application/json", $"petshop-data-{now:yyyy-MM-dd}.json");
    }

    public async Task<IActionResult> OnPostUnlinkAsync(Guid visitorId, CancellationToken cancel)
    {
        if (HttpContext.Visitor().ShopperId is not { } shopper)
            return Forbid();
        await linking.UnlinkAsync(visitorId, shopper, cancel);
        // This browser begins anew, so that what it does next does not follow from what was parted.
        if (HttpContext.Visitor().Id == visitorId)
            VisitorCookies.DeleteIdentity(HttpContext);
        TempData["Toast"] = "That browser is no longer part of your account.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostEraseAsync([Bind(Prefix = "Form")] EraseForm form, CancellationToken cancel)
    {
        Visitor = HttpContext.Visitor();
        if (!form.Understood)
            ModelState.AddModelError("Form.Understood", "Tick the box to confirm that it cannot be undone.");
        if (Visitor.ShopperId is not null && !string.Equals(form.Email?.Trim(), Email, StringComparison.OrdinalIgnoreCase))
            ModelState.AddModelError("Form.Email", "This is not the e-mail address of the account you are signed in to.");
        if (!ModelState.IsValid)
        {
            Form = form;
            await LoadAsync(cancel);
            return Page();
        }
        IReadOnlyList<string> kept;
        try
        {
            kept = await erasing.EraseAsync(await data.SubjectAsync(Visitor.ShopperId, Visitor.Id, cancel), CartCookie.Read(HttpContext)?.CartId, cancel);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            // An erasure is promised only when it is done.
            TempData["Toast"] = "Nothing has been erased: our database does not answer just now. Please try again in a moment.";
            return RedirectToPage();
        }
        VisitorCookies.DeleteIdentity(HttpContext);
        VisitorCookies.WriteConsent(HttpContext, Consent.Refused);
        CartCookie.Write(HttpContext, null);
        if (Visitor.ShopperId is not null)
            await HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
        TempData["KeptOrders"] = kept.ToArray();
        return RedirectToPage("Erased");
    }

    private async Task<IActionResult> AnswerAsync(Consent consent, string method, CancellationToken cancel)
    {
        var written = await answers.AnswerAsync(HttpContext, new(consent, method, "privacy-page"), cancel);
        TempData["Toast"] = written
            ? "Done. Your choice holds from now on."
            : "Your choice could not be saved just now. Please give it again in a moment.";
        return RedirectToPage();
    }

    private static bool IsLess(Consent after, Consent before) =>
        (before.Analytics && !after.Analytics) || (before.Personalisation && !after.Personalisation)
        || (before.Email && !after.Email) || (before.Prices && !after.Prices);

    private async Task LoadAsync(CancellationToken cancel)
    {
        var (shopper, visitor) = (Visitor.ShopperId, Visitor.Id);
        var events = db.Events.Where(e => (shopper != null && e.ShopperId == shopper) || (visitor != null && e.VisitorId == visitor && e.ShopperId == null));
        var counted = await events.GroupBy(e => 1).Select(all => new { Count = all.Count(), First = all.Min(e => e.OccurredAt) }).SingleOrDefaultAsync(cancel);
        var links = shopper is null
            ? []
            : await db.VisitorLinks.Where(l => l.ShopperId == shopper).OrderBy(l => l.LinkedAt).Select(l => new Link(l.VisitorId, l.LinkedAt)).ToListAsync(cancel);
        var receipts = await db.ConsentReceipts
            .Where(r => (shopper != null && r.ShopperId == shopper) || (visitor != null && r.VisitorId == visitor))
            .OrderByDescending(r => r.GivenAt).Take(10).AsNoTracking().ToListAsync(cancel);
        Held = new(counted?.Count ?? 0, counted?.First, links, receipts);
    }

    /// <summary>What is stored about whoever asks.</summary>
    public sealed record Holdings(int Events, DateTimeOffset? Since, IReadOnlyList<Link> Links, IReadOnlyList<ConsentReceipt> Receipts);

    /// <summary>A browser that belongs to the account.</summary>
    public sealed record Link(Guid VisitorId, DateTimeOffset LinkedAt);

    /// <summary>The confirmation of an erasure.</summary>
    public sealed record EraseForm(bool Understood, [StringLength(256)] string? Email);
}
