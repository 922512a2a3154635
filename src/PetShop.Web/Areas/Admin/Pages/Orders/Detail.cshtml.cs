using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Orders;
using PetShop.Web.Checkout;
using PetShop.Web.Mail;
using PetShop.Web.Targeting;
using Order = PetShop.Data.Orders.Order;
using ProductCache = PetShop.Web.Catalog.ProductCache;

namespace PetShop.Web.Areas.Admin.Pages.Orders;

/// <summary>One order, and the steps it may take next.</summary>
public sealed class DetailModel(
    PetShopDb db, ProductCache cache, PromptFeatures features, AuditLog audit, PaymentReleases releases, OrderLetters letters, ShopAddress address, MailSignal mails, TimeProvider clock) : PageModel
{
    public Order Order { get; private set; } = null!;

    /// <summary>How far the money of a cancelled order is on its way back; null where no gateway held any.</summary>
    public PaymentRelease? Release { get; private set; }

    /// <summary>Where an order may go from a state.</summary>
    public static IReadOnlyList<OrderStatus> Next(OrderStatus status) => status switch
    {
        OrderStatus.Placed => [OrderStatus.Paid, OrderStatus.Shipped, OrderStatus.Cancelled],
        OrderStatus.Paid => [OrderStatus.Shipped, OrderStatus.Cancelled],
        OrderStatus.Shipped => [OrderStatus.Delivered],
        _ => [],
    };

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel))
            return NotFound();
        Release = await db.PaymentReleases.AsNoTracking().SingleOrDefaultAsync(r => r.OrderId == id, cancel);
        return Page();
    }

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
        TempData["Toast"] = to == OrderStatus.Cancelled ? Cancelled(from) : $"The order is {to.ToString().ToLowerInvariant()}.";
        return Redirect($"/admin/orders/{id}");
    }

    private string Cancelled(OrderStatus from) => "Cancelled; the goods are back in stock, and the buyer is told." + ((Order.PaymentReference, from) switch
    {
        (not null, _) => " The payment goes back by itself.",
        (null, OrderStatus.Paid) => " Please send the money back: it was not paid through a gateway.",
        _ => "",
    });

    private async Task<bool> FindAsync(long id, CancellationToken cancel) =>
        (Order = (await db.Orders.AsNoTracking().Include(o => o.Lines.OrderBy(l => l.Id)).SingleOrDefaultAsync(o => o.Id == id, cancel))!) is not null;

    private async Task<bool> MoveAsync(OrderStatus from, OrderStatus to, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Orders.Where(o => o.Id == Order.Id && o.Status == from).ExecuteUpdateAsync(set => set.SetProperty(o => o.Status, to), cancel) == 0)
            return false;
        if (to == OrderStatus.Cancelled)
            await UndoAsync(from, cancel);
        await transaction.CommitAsync(cancel);
        foreach (var line in Order.Lines)
            cache.Forget(line.ProductId);
        if (to != OrderStatus.Cancelled)
            return true;
        releases.Raise();
        mails.Raise();
        if (Order.ShopperId is { } shopper)
            await features.RefreshAsync(shopper, cancel);
        return true;
    }

    /// <summary>What a cancellation undoes in its transaction: the stock at once, the payment and the buyer's mail as work that waits.</summary>
    private async Task UndoAsync(OrderStatus from, CancellationToken cancel)
    {
        foreach (var line in Order.Lines.OrderBy(l => l.SkuId))
            await db.Skus.Where(s => s.Id == line.SkuId).ExecuteUpdateAsync(set => set.SetProperty(s => s.Stock, s => s.Stock + line.Quantity), cancel);
        var now = clock.GetUtcNow();
        if (PaymentReleases.Of(Order, now) is { } release)
            db.PaymentReleases.Add(release);
        if (letters.Cancellation(Order, from, Order.ShopperId is null ? null : address.Of(Request, $"/account/orders/{Order.Number}"), now) is { } mail)
            db.OutgoingMails.Add(mail);
        await db.SaveChangesAsync(cancel);
    }
}
