using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Orders;
using PetShop.Web.Targeting;
using ProductCache = PetShop.Web.Catalog.ProductCache;

namespace PetShop.Web.Areas.Admin.Pages.Orders;

/// <summary>One order, and the steps it may take next.</summary>
public sealed class DetailModel(PetShopDb db, ProductCache cache, PromptFeatures features, AuditLog audit) : PageModel
{
    public Order Order { get; private set; } = null!;

    /// <summary>Where an order may go from a state.</summary>
    public static IReadOnlyList<OrderStatus> Next(OrderStatus status) => status switch
    {
        OrderStatus.Placed => [OrderStatus.Paid, OrderStatus.Shipped, OrderStatus.Cancelled],
        OrderStatus.Paid => [OrderStatus.Shipped, OrderStatus.Cancelled],
        OrderStatus.Shipped => [OrderStatus.Delivered],
        _ => [],
    };

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel) => await FindAsync(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, OrderStatus from, OrderStatus to, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel))
            return NotFound();
        if (!Next(from).Contains(to))
            return BadRequest();
        if (!await MoveAsync(from, to, cancel))
        {
            ModelState.AddModelError("", $"Somebody else has changed this order: it is {Order.Status} now. Nothing was done.");
            return Page();
        }
        await audit.WriteAsync(HttpContext, $"order {from} to {to}", $"order {Order.Number}", cancel);
        TempData["Toast"] = to == OrderStatus.Cancelled ? "Cancelled; the goods are back in stock." : $"The order is {to.ToString().ToLowerInvariant()}.";
        return Redirect($"/admin/orders/{id}");
    }

    private async Task<bool> FindAsync(long id, CancellationToken cancel) =>
        (Order = (await db.Orders.AsNoTracking().Include(o => o.Lines.OrderBy(l => l.Id)).SingleOrDefaultAsync(o => o.Id == id, cancel))!) is not null;

    private async Task<bool> MoveAsync(OrderStatus from, OrderStatus to, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Orders.Where(o => o.Id == Order.Id && o.Status == from).ExecuteUpdateAsync(set => set.SetProperty(o => o.Status, to), cancel) == 0)
            return false;
        if (to == OrderStatus.Cancelled)
            foreach (var line in Order.Lines.OrderBy(l => l.SkuId))
                await db.Skus.Where(s => s.Id == line.SkuId).ExecuteUpdateAsync(set => set.SetProperty(s => s.Stock, s => s.Stock + line.Quantity), cancel);
        await transaction.CommitAsync(cancel);
        foreach (var line in Order.Lines)
            cache.Forget(line.ProductId);
        if (to == OrderStatus.Cancelled && Order.ShopperId is { } shopper)
            await features.RefreshAsync(shopper, cancel);
        return true;
    }
}
