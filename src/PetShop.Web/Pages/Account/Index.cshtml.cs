using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Orders;
using PetShop.Web.Accounts;

namespace PetShop.Web.Pages.Account;

/// <summary>The account at a glance: the newest order and the pets.</summary>
[Authorize]
public sealed class IndexModel(PetShopDb db) : PageModel
{
    public View Overview { get; private set; } = new(null, 0, []);

    public sealed record View(LastOrder? Order, int WishCount, IReadOnlyList<string> Pets);

    public sealed record LastOrder(string Number, DateTimeOffset PlacedAt, OrderStatus Status, long TotalMinor, string Currency, DateOnly? PromisedOn);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var shopperId = User.ShopperId();
        Overview = await db.Shoppers.Where(s => s.Id == shopperId).Select(s => new View(
            db.Orders.Where(o => o.ShopperId == s.Id).OrderByDescending(o => o.PlacedAt)
                .Select(o => new LastOrder(o.Number, o.PlacedAt, o.Status, o.TotalMinor, o.Currency, o.PromisedOn)).FirstOrDefault(),
            db.WishListItems.Count(w => w.ShopperId == s.Id),
            db.Pets.Where(p => p.ShopperId == s.Id && p.DiedOn == null).OrderBy(p => p.CreatedAt).Select(p => p.Name).ToList())).AsSplitQuery().SingleOrDefaultAsync(cancel) ?? Overview;
    }
}
