using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Shoppers;
using PetShop.Web.Accounts;
using PetShop.Web.Checkout;

namespace PetShop.Web.Pages.Account;

/// <summary>The address book: the list, and the form for a new or an old entry.</summary>
[Authorize]
public sealed class AddressesModel(PetShopDb db) : PageModel
{
    private const int MaxEntries = 20;

    public IReadOnlyList<Address> Book { get; private set; } = [];

    /// <summary>The entry being edited, 0 for a new one; null shows the list.</summary>
    [BindProperty(SupportsGet = true)] public int? Edit { get; set; }

    [BindProperty] public AddressForm Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Book = await Own.AsNoTracking().OrderByDescending(a => a.IsDefault).ThenBy(a => a.Id).ToListAsync(cancel);
        if (Edit is > 0 && Book.All(a => a.Id != Edit))
            return NotFound();
        Input = Book.FirstOrDefault(a => a.Id == Edit) is { } entry ? AddressForm.Of(entry) : new();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid)
        {
            Edit ??= 0;
            return Page();
        }
        var count = await Own.CountAsync(cancel);
        if (Edit is > 0)
        {
            if (await Own.SingleOrDefaultAsync(a => a.Id == Edit, cancel) is not { } entry)
                return NotFound();
            Input.WriteTo(entry);
        }
        else if (count < MaxEntries)
            db.Addresses.Add(Input.NewEntry(User.ShopperId()!.Value, isDefault: count == 0));
        await db.SaveChangesAsync(cancel);
        TempData["Toast"] = count < MaxEntries || Edit is > 0 ? "Your address book is up to date." : $"An address book holds {MaxEntries} addresses. Please take one out first.";
        return LocalRedirect("/account/addresses");
    }

    public async Task<IActionResult> OnPostDefaultAsync(int id, CancellationToken cancel)
    {
        if (await Own.AnyAsync(a => a.Id == id, cancel))
            await Own.ExecuteUpdateAsync(set => set.SetProperty(a => a.IsDefault, a => a.Id == id), cancel);
        return LocalRedirect("/account/addresses");
    }

    public async Task<IActionResult> OnPostDeleteAsync(int id, CancellationToken cancel)
    {
        if (await Own.Where(a => a.Id == id).ExecuteDeleteAsync(cancel) > 0)
            TempData["Toast"] = "The address is gone.";
        return LocalRedirect("/account/addresses");
    }

    private IQueryable<Address> Own
    {
        get
        {
            var shopperId = User.ShopperId();
            return db.Addresses.Where(a => a.ShopperId == shopperId);
        }
    }
}
