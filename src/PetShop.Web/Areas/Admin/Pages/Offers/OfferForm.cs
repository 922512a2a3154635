using System.ComponentModel.DataAnnotations;
using System.Globalization;
using PetShop.Data.Pricing;
using PetShop.Targeting.Pricing;
using PetShop.Web.Catalog;

namespace PetShop.Web.Areas.Admin.Pages.Offers;

/// <summary>An offer as it is typed.</summary>
public sealed record OfferForm
{
    [Required(ErrorMessage = "Give it a name to find it by."), StringLength(80, ErrorMessage = "Keep the name under 80 letters.")] public string Name { get; init; } = "";
    [Required(ErrorMessage = "Say why shoppers get it: they read this beside the price."), StringLength(60, MinimumLength = 5, ErrorMessage = "Use between 5 and 60 letters: it stands beside the price on every card.")] public string Reason { get; init; } = "";
    [EnumDataType(typeof(PriceCutKind), ErrorMessage = "Choose one of the list.")] public PriceCutKind Kind { get; init; } = PriceCutKind.Percent;
    /// <summary>Per cent, or money in its major unit.</summary>
    [RegularExpression(@"\d{1,7}([.,]\d{1,3})?", ErrorMessage = "Write a number such as 10 or 2.50.")] public string? Size { get; init; } = "10";
    [Range(0, 1000, ErrorMessage = "A margin is between 0 and 1,000 per cent of the cost.")] public short LeastMarginPercent { get; init; }
    public bool Everything { get; init; }
    public string[] Categories { get; init; } = [];
    public string[] Brands { get; init; } = [];
    /// <summary>Numbers or ends of addresses, one a line.</summary>
    public string? Products { get; init; }
    public int[] SegmentIds { get; init; } = [];
    public bool IsActive { get; init; }
    public DateTime? StartsAt { get; init; }
    public DateTime? EndsAt { get; init; }
    [Range(0, 90, ErrorMessage = "Between 0 and 90 per cent may keep the public price.")] public short HoldoutPercent { get; init; } = 10;
    /// <summary>Of the stored offer that the form was made from.</summary>
    public int Version { get; init; }

    public IReadOnlyList<string> ProductLines => [.. (Products ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>How much, as it is stored; null where no number was typed or a tenth of a per cent is not fine enough for it.</summary>
    public long? Stored => !decimal.TryParse(Size?.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var typed) ? null
        : Kind == PriceCutKind.Percent ? typed * 10 == decimal.Truncate(typed * 10) ? (long)(typed * 10) : null : Money.Minor(typed);

    /// <summary>What speaks against the number; null when nothing does.</summary>
    public string? SizeFault => (Kind, Stored) switch
    {
        (_, null) => "Write a number such as 10 or 2.5; a tenth of a per cent is the finest step.",
        (_, <= 0) => "It has to lower the price: use a number above zero.",
        (PriceCutKind.Percent, > PriceCut.Deepest) => $"At most {PriceCut.Deepest / 10} % may come off: lower the number.",
        _ => null,
    };

    public static OfferForm Of(PriceOffer o, ShopOptions shop) => new()
    {
        Name = o.Name, Reason = o.Reason, Kind = (PriceCutKind)o.Kind, LeastMarginPercent = o.LeastMarginPercent, Everything = o.Everything, Categories = o.Categories, Brands = o.Brands,
        Size = (PriceCutKind)o.Kind == PriceCutKind.Percent ? (o.Size / 10m).ToString("0.#", CultureInfo.InvariantCulture) : Money.Plain(o.Size),
        Products = string.Join('\n', o.ProductIds), SegmentIds = o.SegmentIds, IsActive = o.IsActive, StartsAt = shop.ToLocal(o.StartsAt), EndsAt = shop.ToLocal(o.EndsAt), HoldoutPercent = o.HoldoutPercent, Version = o.Version,
    };

    // What was sent empty is bound as null.
    private static string Typed(string? text) => text?.Trim().TrimEnd('.') ?? "";

    /// <param name="products">What <see cref="ProductLines"/> name.</param>
    public void Fill(PriceOffer o, int[] products, ShopOptions shop)
    {
        (o.Name, o.Reason, o.Kind, o.Size, o.LeastMarginPercent) = (Typed(Name), Typed(Reason), (short)Kind, Stored ?? 0, LeastMarginPercent);
        // What was ticked under "only these" is kept by none of the fields when the offer is for everything.
        (o.Everything, o.Categories, o.Brands, o.ProductIds) = Everything ? (true, [], [], []) : (false, Categories, Brands, products);
        (o.SegmentIds, o.IsActive, o.HoldoutPercent) = (SegmentIds, IsActive, HoldoutPercent);
        (o.StartsAt, o.EndsAt) = (shop.ToInstant(StartsAt), shop.ToInstant(EndsAt));
    }
}
