using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data;
using PetShop.Data.Segments;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Lists;

namespace PetShop.Web.Areas.Admin.Pages.Segments;

/// <summary>One list: its size and users; replace it, take it along, delete it.</summary>
public sealed class ListModel(PetShopDb db, ShopperListBook lists, NpgsqlDataSource source, AuditLog audit, IOptions<TargetingOptions> options) : PageModel
{
    private const int SampleSize = 8;

    [BindProperty] public ListForm Input { get; set; } = new();
    public ShopperList Stored { get; private set; } = null!;
    public int Shoppers { get; private set; }
    /// <summary>How many of them agreed to personalisation: more than that no rule holds.</summary>
    public int Reachable { get; private set; }
    public IReadOnlyList<(Guid Id, string Name)> Sample { get; private set; } = [];
    public IReadOnlyList<string> Users { get; private set; } = [];
    public ListMatch? Match { get; private set; }
    /// <summary>Why its ids cannot be had as a file; null when they can.</summary>
    public string? NoFile => MemberFile.TooFew(Shoppers, options.Value.SmallestExport);

    public async Task<IActionResult> OnGetAsync(string key, CancellationToken cancel) => await LoadAsync(key, cancel) ? Page() : NotFound();

    /// <summary>The ids on the list, as a file that can be uploaded again.</summary>
    public async Task<IActionResult> OnGetDownloadAsync(string key, CancellationToken cancel)
    {
        if (await FindAsync(key, cancel) is not { } list)
            return NotFound();
        var shoppers = await lists.ShoppersAsync(list, cancel);
        if (MemberFile.TooFew(shoppers.Count, options.Value.SmallestExport) is { } few)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            ModelState.AddModelError("", few);
            await LoadAsync(key, cancel);
            return Page();
        }
        await audit.WriteAsync(HttpContext, $"list downloaded, {shoppers.Count} shoppers", $"list {list.Slug}", cancel);
        var text = shoppers.Aggregate(new StringBuilder("shopper_id\r\n"), (all, id) => all.Append(CultureInfo.InvariantCulture, $"{id}\r\n"));
        return File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", $"{list.Slug}.csv");
    }

    /// <summary>Puts others in their place. The report stands in the answer itself: an address that belongs to nobody is kept nowhere.</summary>
    public async Task<IActionResult> OnPostReplaceAsync(string key, CancellationToken cancel)
    {
        if (await FindAsync(key, cancel) is not { } list)
            return NotFound();
        ModelState.Clear();
        try
        {
            var match = await ListMatch.OfAsync(source, Input.Rows(), cancel);
            if (match.Shoppers.Count == 0)
                ModelState.AddModelError("Input.Pasted", $"None of the {match.Rows:#,0} rows names a shopper of this shop: {match.Unmatched[0].Why} The list stays as it was.");
            else
            {
                await lists.ReplaceAsync(list, match.Shoppers, AuditLog.Who(HttpContext), cancel);
                (Match, Input) = (match, new());
            }
        }
        catch (InvalidDataException fault)
        {
            ModelState.AddModelError("Input.Pasted", fault.Message);
        }
        await LoadAsync(key, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostDeleteAsync(string key, CancellationToken cancel)
    {
        if (await FindAsync(key, cancel) is not { } list)
            return NotFound();
        ModelState.Clear();
        var users = await lists.DeleteAsync(list, AuditLog.Who(HttpContext), cancel);
        if (users.Count == 0)
        {
            TempData["Toast"] = $"The list “{list.Name}” is deleted.";
            return Redirect("/admin/segments/lists");
        }
        ModelState.AddModelError("", $"It cannot be deleted: {string.Join(", ", users)} {(users.Count == 1 ? "asks" : "ask")} for it. Take it out of the rule first.");
        await LoadAsync(key, cancel);
        return Page();
    }

    private Task<ShopperList?> FindAsync(string key, CancellationToken cancel) => db.ShopperLists.SingleOrDefaultAsync(l => l.Slug == key, cancel);

    private async Task<bool> LoadAsync(string key, CancellationToken cancel)
    {
        if (await FindAsync(key, cancel) is not { } list)
            return false;
        var people = db.ShopperListMembers.AsNoTracking().Where(m => m.ListId == list.Id).Join(db.Shoppers, m => m.ShopperId, s => s.Id, (_, s) => s);
        (Stored, Shoppers, Reachable) = (list, await people.CountAsync(cancel), await people.CountAsync(s => s.ConsentPersonalisation, cancel));
        var some = await people.OrderBy(s => s.Id).Take(SampleSize).Select(s => new { s.Id, Name = (s.FirstName + " " + s.LastName).Trim() }).ToListAsync(cancel);
        Sample = some.ConvertAll(s => (s.Id, s.Name.Length > 0 ? s.Name : "No name"));
        Users = [.. (await lists.UsersAsync(cancel))[list.Slug]];
        return true;
    }
}
