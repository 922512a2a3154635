using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Events;
using PetShop.Web.Cart;
using PetShop.Web.Checkout;
using PetShop.Web.Database;
using PetShop.Web.Targeting.Pricing;
using PetShop.Web.Tracking;

namespace PetShop.Web.Pages.Cart;

/// <summary>The cart: lines, quantities, what is still missing for free delivery.</summary>
public sealed class IndexModel(PetShopDb db, CartStore carts, Delivery delivery, EventRecorder events, PriceDisplay prices) : PageModel
{
    public CartContents Contents { get; private set; } = CartContents.Empty;
    public DeliveryOffer? Standard { get; private set; }
    public long FreeFromMinor => delivery.FreeFromMinor;
    public long MissingForFreeMinor => Math.Max(0, delivery.FreeFromMinor - Contents.GoodsMinor);

    /// <summary>The cart cannot be looked into just now; what lies in it stays.</summary>
    public bool IsAway { get; private set; }

    /// <summary>The line that was taken out a moment ago.</summary>
    public RemovedLine? Removed { get; private set; }

    public sealed record RemovedLine(int SkuId, int Quantity, string Name);

    /// <summary>What a card or a product page posts; a card may name the product alone.</summary>
    public sealed record AddForm(int? SkuId, int? ProductId, int Quantity = 1, Guid? RecommendationId = null, string? ReturnUrl = null);

    /// <param name="Quantity">Zero takes the line out; null, an emptied field, leaves it as it was.</param>
    public sealed record LineForm(int SkuId, int? Quantity);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var sheet = await prices.OfAsync(HttpContext);
        try
        {
            Contents = await carts.LoadAsync(CartOwner.Of(HttpContext), sheet, cancel);
        }
        catch (Exception e) when (DatabaseAway.Explains(e))
        {
            IsAway = true;
            HttpContext.SayAway();
            return;
        }
        foreach (var item in Contents.Items)
            prices.Show(sheet, PriceDisplay.InCart, item.ProductId, item.SkuId, item.PublicMinor, item.CostMinor);
        Standard = Contents.Items.Count > 0 ? delivery.Offers(Contents.GoodsMinor)[0] : null;
        if (TempData["Removed"] is string removed && removed.Split('|', 3) is [var sku, var quantity, var name])
            Removed = new(int.Parse(sku), int.Parse(quantity), name);
        // Another browser of the same shopper may have changed the cart.
        if (Contents.Count != (CartCookie.Read(HttpContext)?.Count ?? 0))
            CartCookie.Write(HttpContext, Contents.CartId is { } id ? new(id, Contents.Count) : null);
    }

    public async Task<IActionResult> OnPostAddAsync(AddForm form, CancellationToken cancel)
    {
        var skuId = form.SkuId ?? await db.Products.Where(p => p.Id == form.ProductId).Select(p => p.CardSkuId).SingleOrDefaultAsync(cancel);
        var added = skuId is { } id ? await carts.AddAsync(CartOwner.Of(HttpContext), id, form.Quantity, form.RecommendationId, await prices.OfAsync(HttpContext), cancel) : null;
        if (added is null)
            return Answer("Sorry, that has just sold out.", form.ReturnUrl);
        CartCookie.Write(HttpContext, added.Cart);
        events.Record(EventType.CartAdded, added.ProductId, e =>
            (e.SkuId, e.Quantity, e.ValueMinor, e.RecommendationId) = (added.SkuId, added.Quantity, added.PriceMinor * added.Quantity, form.RecommendationId));
        return Answer($"{added.Name}, {added.Label}, is in your cart.", form.ReturnUrl);
    }

    public async Task<IActionResult> OnPostQuantityAsync(LineForm form, CancellationToken cancel)
    {
        if (form.Quantity is not { } quantity)
            return RedirectToPage();
        if (quantity <= 0)
            return await OnPostRemoveAsync(form, cancel);
        if (await carts.SetQuantityAsync(CartOwner.Of(HttpContext), form.SkuId, quantity, cancel) is not { } changed)
            return RedirectToPage();
        CartCookie.Write(HttpContext, changed.Cart);
        if (Math.Min(quantity, CartStore.MaxQuantity) - changed.Before is not 0 and var more)
            Record(await SkuAsync(form.SkuId, cancel), more);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostRemoveAsync(LineForm form, CancellationToken cancel)
    {
        if (await carts.SetQuantityAsync(CartOwner.Of(HttpContext), form.SkuId, 0, cancel) is not { } removed)
            return RedirectToPage();
        CartCookie.Write(HttpContext, removed.Cart);
        var sku = await SkuAsync(form.SkuId, cancel);
        Record(sku, -removed.Before);
        TempData["Removed"] = $"{form.SkuId}|{removed.Before}|{sku.Name}, {sku.Label}";
        return RedirectToPage();
    }

    private sealed record ChangedSku(int Id, int ProductId, string Name, string Label, long PriceMinor);

    private async Task<ChangedSku> SkuAsync(int id, CancellationToken cancel)
    {
        var sku = await db.Skus.Where(s => s.Id == id).Join(db.Products, s => s.ProductId, p => p.Id, (s, p) => new { p.Id, p.Name, s.Label, s.PriceMinor, s.CostMinor }).SingleAsync(cancel);
        return new(id, sku.Id, sku.Name, sku.Label, (await prices.OfAsync(HttpContext)).Of(sku.Id, sku.PriceMinor, sku.CostMinor)?.UnitMinor ?? sku.PriceMinor);
    }

    // Of a changed quantity the difference counts: what came is added, what went is removed.
    private void Record(ChangedSku sku, int more) =>
        events.Record(more > 0 ? EventType.CartAdded : EventType.CartRemoved, sku.ProductId, e => (e.SkuId, e.Quantity, e.ValueMinor) = (sku.Id, Math.Abs(more), sku.PriceMinor * Math.Abs(more)));

    /// <summary>A fragment for a script that asked in place, otherwise a way back with a notice.</summary>
    private IActionResult Answer(string notice, string? returnUrl)
    {
        if (Request.Headers.ContainsKey("HX-Request"))
            return Partial("_CartAnswer", notice);
        TempData["Toast"] = notice;
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/cart");
    }
}
