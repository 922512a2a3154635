using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;

namespace PetShop.Web.Areas.Admin.Pages.Shoppers;

/// <summary>Finds a shopper by name, e-mail or place.</summary>
public sealed class IndexModel(PetShopDb db) : PageModel
{
    public sealed record Row(Guid Id, string Name, string Email, string City, int Orders, DateTimeOffset RegisteredAt);

    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty(SupportsGet = true, Name = "page")] public int PageNumber { get; set; } = 1;
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public Paging Paging { get; private set; } = new(1, 0);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var shoppers = db.Shoppers.AsNoTracking();
        foreach (var word in (Q ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(4))
        {
            var pattern = $"%{word}%";
            shoppers = shoppers.Where(s => EF.Functions.ILike(s.FirstName, pattern) || EF.Functions.ILike(s.LastName, pattern) || EF.Functions.ILike(s.Email!, pattern) || EF.Functions.ILike(s.City!, pattern));
        }
        Paging = new(PageNumber, await shoppers.CountAsync(cancel));
        Rows = await shoppers.OrderByDescending(s => s.RegisteredAt).ThenBy(s => s.Id).Skip(Paging.Skip).Take(Paging.Size)
            .Select(s => new Row(s.Id, (s.FirstName + " " + s.LastName).Trim(), s.Email ?? "", s.City ?? "", db.Orders.Count(o => o.ShopperId == s.Id), s.RegisteredAt)).ToListAsync(cancel);
    }
}
