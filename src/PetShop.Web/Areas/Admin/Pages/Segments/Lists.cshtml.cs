using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PetShop.Data;
using PetShop.Data.Segments;
using PetShop.Web.Targeting.Lists;

namespace PetShop.Web.Areas.Admin.Pages.Segments;

/// <summary>Every list of shoppers with its size and who uses it, and a form to upload one.</summary>
public sealed class ListsModel(PetShopDb db, ShopperListBook lists, NpgsqlDataSource source) : PageModel
{
    public sealed record Row(ShopperList List, int Shoppers, IReadOnlyList<string> Users);

    [BindProperty] public ListForm Input { get; set; } = new();
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    /// <summary>The list just made, with what became of its rows.</summary>
    public (ShopperList List, ListMatch Match)? Made { get; private set; }

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    /// <summary>Makes a list. The report stands in the answer itself: an address that belongs to nobody is kept nowhere, not even until the next page.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (ModelState.IsValid)
            await AddAsync(cancel);
        await LoadAsync(cancel);
        return Page();
    }

    private async Task AddAsync(CancellationToken cancel)
    {
        try
        {
            var match = await ListMatch.OfAsync(source, Input.Rows(), cancel);
            var key = string.IsNullOrWhiteSpace(Input.Key) ? await lists.FreeKeyAsync(Input.Name, cancel) : Input.Key;
            if (match.Shoppers.Count == 0)
                ModelState.AddModelError("Input.Pasted", $"None of the {match.Rows:#,0} rows names a shopper of this shop: {match.Unmatched[0].Why} Nothing was saved.");
            else if (await lists.AddAsync(key, Input.Name.Trim(), Input.Note?.Trim() ?? "", match.Shoppers, AuditLog.Who(HttpContext), cancel) is not { } list)
                ModelState.AddModelError("Input.Key", $"There is a list '{key}' already; choose another key, or open that list and replace it.");
            else
            {
                Made = (list, match);
                ModelState.Clear();
                Input = new();
            }
        }
        catch (InvalidDataException fault)
        {
            ModelState.AddModelError("Input.Pasted", fault.Message);
        }
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        var users = await lists.UsersAsync(cancel);
        var rows = await db.ShopperLists.AsNoTracking().OrderBy(l => l.Name).Select(l => new { List = l, Shoppers = db.ShopperListMembers.Count(m => m.ListId == l.Id) }).ToListAsync(cancel);
        Rows = rows.ConvertAll(r => new Row(r.List, r.Shoppers, [.. users[r.List.Slug]]));
    }
}
