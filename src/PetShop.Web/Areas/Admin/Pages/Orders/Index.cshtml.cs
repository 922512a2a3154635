using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Orders;

namespace PetShop.Web.Areas.Admin.Pages.Orders;

/// <summary>Orders, the newest first.</summary>
public sealed class IndexModel(PetShopDb db) : PageModel
{
    public sealed record Row(long Id, string Number, DateTimeOffset PlacedAt, string FullName, string City, OrderStatus Status, int Items, long TotalMinor, string PaymentMethod);

    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty(SupportsGet = true)] public OrderStatus? Status { get; set; }
    [BindProperty(SupportsGet = true, Name = "page")] public int PageNumber { get; set; } = 1;

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public Paging Paging { get; private set; } = new(1, 0);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var orders = db.Orders.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(Q))
        {
            var words = $"%{Q.Trim()}%";
            orders = orders.Where(o => EF.Functions.ILike(o.Number, words) || EF.Functions.ILike(o.Email, words) || EF.Functions.ILike(o.FullName, words));
        }
        if (Status is { } status)
            orders = orders.Where(o => o.Status == status);
        Paging = new(PageNumber, await orders.CountAsync(cancel));
        Rows = await orders.OrderByDescending(o => o.PlacedAt).ThenByDescending(o => o.Id).Skip(Paging.Skip).Take(Paging.Size)
            .Select(o => new Row(o.Id, o.Number, o.PlacedAt, o.FullName, o.City, o.Status, o.Lines.Sum(l => l.Quantity), o.TotalMinor, o.PaymentMethod)).ToListAsync(cancel);
    }
}
