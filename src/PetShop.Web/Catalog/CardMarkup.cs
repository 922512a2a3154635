using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace PetShop.Web.Catalog;

/// <summary>The parts of a card that are the same for everybody, drawn once for as long as the card is kept.</summary>
/// <remarks>Shared by all copies of a card. Drawing them anew for sixty cards would be half the cost of a page.</remarks>
public sealed class CardMarkup
{
    private volatile Drawn? _drawn;

    /// <param name="root">Path base of the request, for the links; the parts are drawn again where it differs.</param>
    /// <param name="card">The card they belong to.</param>
    /// <param name="top">Draws what stands above the personal phrase.</param>
    /// <param name="body">Draws what stands below.</param>
    public (IHtmlContent Top, IHtmlContent Body) Draw(PathString root, ProductCard card, Func<ProductCard, IHtmlContent> top, Func<ProductCard, IHtmlContent> body)
    {
        if (_drawn is not { } drawn || drawn.Root != root)
            _drawn = drawn = new(root, Text(top(card)), Text(body(card)));
        return (drawn.Top, drawn.Body);
    }

    private static HtmlString Text(IHtmlContent content)
    {
        using var text = new StringWriter();
        content.WriteTo(text, HtmlEncoder.Default);
        return new(text.ToString());
    }

    private sealed record Drawn(PathString Root, HtmlString Top, HtmlString Body);
}
