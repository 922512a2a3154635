using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Data.Shoppers;
using PetShop.Web.Accounts;
using PetShop.Web.Cart;
using PetShop.Web.Checkout;
using PetShop.Web.Mail;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Pricing;
using PetShop.Web.Tracking;

namespace PetShop.Web.Pages.Checkout;

/// <summary>The checkout on one page: who, where to, how fast, how paid.</summary>
public sealed class IndexModel(
    PetShopDb db, CartStore carts, CheckoutDesk desk, Delivery delivery, ShopAddress address, EventRecorder events, VisitorPrices prices, PromptFeatures features, IOptions<ShopOptions> shop) : PageModel
{
    public CartContents Contents { get; private set; } = CartContents.Empty;
    public IReadOnlyList<DeliveryOffer> Offers { get; private set; } = [];
    public IReadOnlyList<IPaymentGateway> Gateways => desk.Gateways;
    public IReadOnlyList<Address> Book { get; private set; } = [];

    /// <summary>What has to be said before the shopper tries again.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];
    public string ProblemTitle { get; private set; } = "";

    [BindProperty] public Form Input { get; set; } = new();

    public sealed record Form
    {
        public Guid Key { get; init; }
        public string Seen { get; init; } = "";
        public string SeenDelivery { get; init; } = "";

        [Required(ErrorMessage = "Please give your mail address."), EmailAddress(ErrorMessage = "This does not look like a mail address."), StringLength(254, ErrorMessage = "This address is too long.")]
        public string Email { get; init; } = "";

        public AddressForm Address { get; init; } = new();
        public bool KeepAddress { get; init; }
        public string Delivery { get; init; } = PetShop.Web.Checkout.Delivery.Standard;
        [Required(ErrorMessage = "Please choose a way to pay.")] public string Payment { get; init; } = "invoice";
        [StringLength(40)] public string? CardNumber { get; init; }
    }

    /// <summary>Prices of delivery, so that the form can tell what it showed.</summary>
    public string SeenDelivery => CheckoutChecks.WriteDelivery(Offers);

    /// <param name="address">An entry of the address book to start from.</param>
    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "address")] int? entry, CancellationToken cancel)
    {
        await LoadAsync(cancel);
        if (!Contents.CanBeOrdered)
            return LocalRedirect("/cart");
        var start = Book.FirstOrDefault(a => a.Id == entry) ?? (Book.Count > 0 ? Book[0] : null);
        Input = new()
        {
            Key = Guid.NewGuid(), Email = User.Email() ?? "", KeepAddress = Book.Count == 0,
            Address = start is null ? new() { Country = shop.Value.Country } : AddressForm.Of(start),
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Input.Key == Guid.Empty)
            return RedirectToPage();
        if (!ModelState.IsValid)
            return await ShowAsync("Please look at the marked fields.", [], cancel);
        var outcome = await desk.PlaceAsync(Order(), order => address.Of(Request, $"/checkout/thanks/{order.CheckoutKey}"), cancel);
        return outcome switch
        {
            CheckoutOutcome.Placed placed => await ThankAsync(placed, cancel),
            CheckoutOutcome.Empty => LocalRedirect("/cart"),
            CheckoutOutcome.SoldOut sold => await ShowAsync("Not everything is there in that number.", sold.Lines, cancel),
            CheckoutOutcome.Changed changed => await ShowAsync("Something has changed. Please have a look and order again if it is all right.", changed.Changes, cancel),
            CheckoutOutcome.NotPaid unpaid => await ShowAsync("The payment did not go through. Nothing has been ordered or taken.", [unpaid.Reason], cancel),
            _ => throw new InvalidOperationException($"Unknown outcome {outcome}."),
        };
    }

    private CheckoutOrder Order() => new(Input.Key, CartOwner.Of(HttpContext), HttpContext.Visitor(), Input.Email.Trim().ToLowerInvariant(), Input.Address.ToAddress(),
        Input.Delivery, Input.Payment, Input.CardNumber, Input.Seen, CheckoutChecks.SeenTotal(Input.Seen, Input.SeenDelivery, Input.Delivery));

    private async Task<IActionResult> ThankAsync(CheckoutOutcome.Placed placed, CancellationToken cancel)
    {
        if (placed.IsNew)
        {
            CartCookie.Write(HttpContext, null);
            OrderEvents.Record(events, placed.Order);
            if (Input.KeepAddress && User.ShopperId() is { } shopperId)
            {
                db.Addresses.Add(Input.Address.NewEntry(shopperId, isDefault: !await db.Addresses.AnyAsync(a => a.ShopperId == shopperId, cancel)));
                await db.SaveChangesAsync(cancel);
            }
            if (placed.Order.ShopperId is { } buyer)
                await features.RefreshAsync(buyer, cancel);
        }
        return LocalRedirect($"/checkout/thanks/{placed.Order.CheckoutKey}");
    }

    private async Task<IActionResult> ShowAsync(string title, IReadOnlyList<string> problems, CancellationToken cancel)
    {
        await LoadAsync(cancel);
        if (Contents.Items.Count == 0)
            return LocalRedirect("/cart");
        (ProblemTitle, Problems) = (title, problems);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        Contents = await carts.LoadAsync(CartOwner.Of(HttpContext), await prices.OfAsync(HttpContext.Visitor(), cancel), cancel);
        Offers = delivery.Offers(Contents.GoodsMinor);
        if (User.ShopperId() is { } shopperId)
            Book = await db.Addresses.AsNoTracking().Where(a => a.ShopperId == shopperId).OrderByDescending(a => a.IsDefault).ThenBy(a => a.Id).ToListAsync(cancel);
    }
}
