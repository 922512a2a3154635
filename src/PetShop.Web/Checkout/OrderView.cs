using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Orders;
using PetShop.Web.Illustrations;

namespace PetShop.Web.Checkout;

/// <summary>An order as its buyer sees it.</summary>
public sealed record OrderView(Order Order, IReadOnlyList<OrderView.Line> Lines)
{
    /// <summary>One line with the picture of today's product and whether it can be bought again.</summary>
    public sealed record Line(int SkuId, int ProductId, string Slug, string Name, string Label, string PictureUrl, int Quantity, long UnitPriceMinor, bool CanBuyAgain, bool IsReviewed)
    {
        /// <summary>What one cost everyone at that time.</summary>
        public long PublicMinor { get; init; }

        /// <summary>Why the buyer paid less; null at the public price.</summary>
        public string? PriceReason { get; init; }
    }


    /// <summary>The order and its lines in two round trips; null where the filter finds none.</summary>
    public static async Task<OrderView?> FindAsync(PetShopDb db, IQueryable<Order> orders, CancellationToken cancel)
    {
        if (await orders.AsNoTracking().SingleOrDefaultAsync(cancel) is not { } order)
            return null;
        var lines = await (
            from line in db.OrderLines
            where line.OrderId == order.Id
            join product in db.Products on line.ProductId equals product.Id
            join sku in db.Skus on line.SkuId equals sku.Id
            orderby line.Id
            select new
            {
                line, product.Slug, product.Illustration, product.Department, product.PictureUrl, product.Brand!.Hue, product.Brand.SecondaryHue, CanBuyAgain = product.IsActive && sku.IsActive && sku.Stock > 0,
                IsReviewed = db.Reviews.Any(r => r.ProductId == line.ProductId && r.ShopperId == order.ShopperId),
            }).AsNoTracking().ToListAsync(cancel);
        return new(order, lines.ConvertAll(r => new Line(
            r.line.SkuId, r.line.ProductId, r.Slug, r.line.ProductName, r.line.SkuLabel, r.PictureUrl ?? Picture.OfProduct(r.Illustration, r.Hue, r.SecondaryHue, r.Department, r.line.ProductId),
            r.line.Quantity, r.line.UnitPriceMinor, r.CanBuyAgain, r.IsReviewed) { PublicMinor = r.line.BasePriceMinor, PriceReason = r.line.PriceReason }));
    }

    public static string Name(OrderStatus status) => status switch
    {
        OrderStatus.Placed => "Being packed", OrderStatus.Paid => "Paid, being packed", OrderStatus.Shipped => "On its way", OrderStatus.Delivered => "Delivered", _ => "Cancelled",
    };
}
