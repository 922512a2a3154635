using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Orders;
using PetShop.Web.Accounts;
using PetShop.Web.Illustrations;

namespace PetShop.Web.Pages.Orders;

/// <summary>A shopper's orders, newest first.</summary>
[Authorize]
public sealed class IndexModel(PetShopDb db) : PageModel
{
    private const int PageSize = 10;

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public bool HasMore { get; private set; }
    [BindProperty(SupportsGet = true, Name = "page")] public int Number { get; set; } = 1;

    public sealed record Row(string Number, DateTimeOffset PlacedAt, OrderStatus Status, long TotalMinor, string Currency, IReadOnlyList<LinePicture> Pictures);

    public sealed record LinePicture(string Name, string? PictureUrl, string Illustration, short Hue, short SecondHue, string Department, int ProductId)
    {
        public string Url => PictureUrl ?? Picture.OfProduct(Illustration, Hue, SecondHue, Department, ProductId);
    }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var shopperId = User.ShopperId();
        Number = Math.Clamp(Number, 1, 1000);
        var rows = await db.Orders.Where(o => o.ShopperId == shopperId).OrderByDescending(o => o.PlacedAt).Skip((Number - 1) * PageSize).Take(PageSize + 1)
            .Select(o => new Row(o.Number, o.PlacedAt, o.Status, o.TotalMinor, o.Currency, o.Lines.OrderBy(l => l.Id).Take(5)
                .Join(db.Products, l => l.ProductId, p => p.Id, (l, p) => new LinePicture(l.ProductName, p.PictureUrl, p.Illustration, p.Brand!.Hue, p.Brand.SecondaryHue, p.Department, p.Id)).ToList()))
            .ToListAsync(cancel);
        HasMore = rows.Count > PageSize;
        Rows = [.. rows.Take(PageSize)];
    }
}
