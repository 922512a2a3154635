using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace PetShop.Web.Catalog;

/// <summary>Draws the parts of a card that are the same for everybody.</summary>
/// <param name="Top">What stands above the personal phrase.</param>
/// <param name="Info">What stands below it, down to the price.</param>
/// <param name="Price">The public price: a personal one takes its place.</param>
/// <param name="Buy">What stands beside the price.</param>
public sealed record CardTemplates(Func<ProductCard, IHtmlContent> Top, Func<ProductCard, IHtmlContent> Info, Func<ProductCard, IHtmlContent> Price, Func<ProductCard, IHtmlContent> Buy);

/// <summary>The parts of a card as they were drawn.</summary>
public sealed record DrawnCard(PathString Root, HtmlString Top, HtmlString Info, HtmlString Price, HtmlString Buy);

/// <summary>The parts of a card that are the same for everybody, drawn once for as long as the card is kept.</summary>
/// <remarks>Shared by all copies of a card. Drawing them anew for sixty cards would be half the cost of a page.</remarks>
public sealed class CardMarkup
{
    private volatile DrawnCard? _drawn;

    /// <param name="root">Path base of the request, for the links; the parts are drawn again where it differs.</param>
    /// <param name="card">The card they belong to.</param>
    public DrawnCard Draw(PathString root, ProductCard card, CardTemplates templates)
    {
        if (_drawn is not { } drawn || drawn.Root != root)
            _drawn = drawn = new(root, Text(templates.Top(card)), Text(templates.Info(card)), Text(templates.Price(card)), Text(templates.Buy(card)));
        return drawn;
    }

    private static HtmlString Text(IHtmlContent content)
    {
        using var text = new StringWriter();
        content.WriteTo(text, HtmlEncoder.Default);
        return new(text.ToString());
    }
}
