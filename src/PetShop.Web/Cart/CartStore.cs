using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Web.Illustrations;
using PetShop.Web.Targeting.Pricing;

namespace PetShop.Web.Cart;

/// <summary>What an Add put into the cart; the quantity may be less than was asked for.</summary>
public sealed record CartAddition(CartReference Cart, int ProductId, int SkuId, string Name, string Label, int Quantity, long PriceMinor);

/// <summary>Reads and changes carts. A cart's row comes with its first line; prices are never stored, always today's.</summary>
public sealed class CartStore(PetShopDb db, TimeProvider clock)
{
    /// <summary>More of one SKU than this is a matter for a talk, not for a form.</summary>
    public const int MaxQuantity = 99;

    /// <param name="prices">Of the person whose cart it is.</param>
    public async Task<CartContents> LoadAsync(CartOwner owner, PriceSheet prices, CancellationToken cancel)
    {
        if (owner.IsNobody)
            return CartContents.Empty;
        var rows = await (
            from line in LinesOf(owner)
            join sku in db.Skus on line.SkuId equals sku.Id
            join product in db.Products on sku.ProductId equals product.Id
            orderby line.AddedAt, line.SkuId
            select new
            {
                line.CartId, line.Quantity, line.RecommendationId, sku.Id, sku.ProductId, product.Slug, product.Name, Brand = product.Brand!.Name, sku.Label, product.Illustration,
                product.Department, product.PictureUrl, product.Brand.Hue, product.Brand.SecondaryHue, sku.PriceMinor, sku.PriorPriceMinor, sku.CostMinor, sku.Stock, IsSold = sku.IsActive && product.IsActive,
            }).ToListAsync(cancel);
        return rows.Count == 0 ? CartContents.Empty : new(rows[0].CartId, rows.ConvertAll(r => new CartItem(
            r.Id, r.ProductId, r.Slug, r.Name, r.Brand, r.Label, r.PictureUrl ?? Picture.OfProduct(r.Illustration, r.Hue, r.SecondaryHue, r.Department, r.ProductId),
            r.PriceMinor, r.PriorPriceMinor, r.Stock, r.IsSold, r.Quantity, r.RecommendationId)
        {
            CostMinor = r.CostMinor, Yours = prices.Of(r.ProductId, r.PriceMinor, r.CostMinor),
        }));
    }

    /// <summary>Puts a SKU into the cart, making the cart where there is none. Null when there is nothing of it to sell.</summary>
    public async Task<CartAddition?> AddAsync(CartOwner owner, int skuId, int quantity, Guid? recommendationId, PriceSheet prices, CancellationToken cancel)
    {
        var sku = await db.Skus.Where(s => s.Id == skuId && s.IsActive && s.Stock > 0)
            .Join(db.Products.Where(p => p.IsActive), s => s.ProductId, p => p.Id, (s, p) => new { s.ProductId, s.Label, s.PriceMinor, s.CostMinor, p.Name })
            .SingleOrDefaultAsync(cancel);
        if (sku is null)
            return null;
        quantity = Math.Clamp(quantity, 1, MaxQuantity);
        var cartId = await UpsertAsync(owner, skuId, quantity, recommendationId, cancel);
        return new(new(cartId, await CountAsync(cartId, cancel)), sku.ProductId, skuId, sku.Name, sku.Label, quantity,
            prices.Of(sku.ProductId, sku.PriceMinor, sku.CostMinor)?.UnitMinor ?? sku.PriceMinor);
    }

    /// <summary>Sets the quantity of a line; zero or less takes it out.</summary>
    /// <returns>The cart and the quantity before; null when there is no such line.</returns>
    public async Task<(CartReference Cart, int Before)?> SetQuantityAsync(CartOwner owner, int skuId, int quantity, CancellationToken cancel)
    {
        var line = await LinesOf(owner).Where(l => l.SkuId == skuId).Select(l => new { l.CartId, l.Quantity }).SingleOrDefaultAsync(cancel);
        if (line is null)
            return null;
        var lines = db.CartLines.Where(l => l.CartId == line.CartId && l.SkuId == skuId);
        if (quantity > 0)
            await lines.ExecuteUpdateAsync(set => set.SetProperty(l => l.Quantity, Math.Min(quantity, MaxQuantity)), cancel);
        else
            await lines.ExecuteDeleteAsync(cancel);
        await db.Carts.Where(c => c.Id == line.CartId).ExecuteUpdateAsync(set => set.SetProperty(c => c.UpdatedAt, clock.GetUtcNow()), cancel);
        return (new(line.CartId, await CountAsync(line.CartId, cancel)), line.Quantity);
    }

    /// <summary>Moves the lines of a guest's cart into the shopper's; of a SKU in both, the larger quantity stays.</summary>
    /// <returns>The shopper's cart; null when it is empty.</returns>
    public async Task<CartReference?> MergeAsync(Guid? guestCartId, Guid shopperId, CancellationToken cancel)
    {
        if (guestCartId is { } guest)
            await MoveLinesAsync(guest, shopperId, cancel);
        var cart = await db.Carts.Where(c => c.ShopperId == shopperId).Select(c => new { c.Id, Count = c.Lines.Sum(l => l.Quantity) }).SingleOrDefaultAsync(cancel);
        return cart is { Count: > 0 } ? new(cart.Id, cart.Count) : null;
    }

    private async Task MoveLinesAsync(Guid guestCartId, Guid shopperId, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var now = clock.GetUtcNow();
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO carts (id, shopper_id, created_at, updated_at)
            SELECT {Guid.NewGuid()}, {shopperId}, {now}, {now}
            WHERE EXISTS (SELECT FROM carts c JOIN cart_lines l ON l.cart_id = c.id WHERE c.id = {guestCartId} AND c.shopper_id IS NULL)
            ON CONFLICT (shopper_id) DO UPDATE SET updated_at = excluded.updated_at
            """, cancel);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO cart_lines (cart_id, sku_id, quantity, added_at, recommendation_id)
            SELECT own.id, l.sku_id, l.quantity, l.added_at, l.recommendation_id
            FROM carts guest JOIN cart_lines l ON l.cart_id = guest.id JOIN carts own ON own.shopper_id = {shopperId}
            WHERE guest.id = {guestCartId} AND guest.shopper_id IS NULL
            ON CONFLICT (cart_id, sku_id) DO UPDATE SET quantity = greatest(cart_lines.quantity, excluded.quantity)
            """, cancel);
        await db.Carts.Where(c => c.Id == guestCartId && c.ShopperId == null).ExecuteDeleteAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private async Task<Guid> UpsertAsync(CartOwner owner, int skuId, int quantity, Guid? recommendationId, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // A cookie may still name a cart that has become a shopper's: a guest then starts a new one.
        var cartId = await UpsertCartAsync(owner, owner.CartId ?? Guid.NewGuid(), cancel)
            ?? await UpsertCartAsync(owner, Guid.NewGuid(), cancel)
            ?? throw new InvalidOperationException("PostgreSQL made no cart for a new id.");
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO cart_lines (cart_id, sku_id, quantity, added_at, recommendation_id)
            VALUES ({cartId}, {skuId}, {quantity}, {clock.GetUtcNow()}, {recommendationId})
            ON CONFLICT (cart_id, sku_id) DO UPDATE
            SET quantity = least({MaxQuantity}, cart_lines.quantity + excluded.quantity), recommendation_id = coalesce(excluded.recommendation_id, cart_lines.recommendation_id)
            """, cancel);
        await transaction.CommitAsync(cancel);
        return cartId;
    }

    private async Task<Guid?> UpsertCartAsync(CartOwner owner, Guid id, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var ids = owner.ShopperId is { } shopperId
            ? await db.Database.SqlQuery<Guid>($"""
                INSERT INTO carts (id, shopper_id, created_at, updated_at) VALUES ({Guid.NewGuid()}, {shopperId}, {now}, {now})
                ON CONFLICT (shopper_id) DO UPDATE SET updated_at = excluded.updated_at RETURNING id
                """).ToListAsync(cancel)
            : await db.Database.SqlQuery<Guid>($"""
                INSERT INTO carts (id, created_at, updated_at) VALUES ({id}, {now}, {now})
                ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at WHERE carts.shopper_id IS NULL RETURNING id
                """).ToListAsync(cancel);
        return ids.Count == 0 ? null : ids[0];
    }

    private IQueryable<Data.Orders.CartLine> LinesOf(CartOwner owner) => owner.ShopperId is { } shopperId
        ? db.CartLines.Where(l => db.Carts.Any(c => c.Id == l.CartId && c.ShopperId == shopperId))
        : db.CartLines.Where(l => l.CartId == owner.CartId && db.Carts.Any(c => c.Id == l.CartId && c.ShopperId == null));

    private Task<int> CountAsync(Guid cartId, CancellationToken cancel) =>
        db.CartLines.Where(l => l.CartId == cartId).SumAsync(l => l.Quantity, cancel);
}
