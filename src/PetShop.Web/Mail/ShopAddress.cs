using Microsoft.Extensions.Options;

namespace PetShop.Web.Mail;

/// <summary>Makes the full addresses that mails need, from <c>Mail:PublicUrl</c> or, where none is set, from the request.</summary>
public sealed class ShopAddress(IOptions<MailOptions> options)
{
    /// <param name="path">Path and query, beginning with a slash.</param>
    public Uri Of(HttpRequest request, string path) => new(Root(RootOf(request)).AbsoluteUri.TrimEnd('/') + path);

    /// <summary>What full addresses start with, for mails that are written when nobody asks.</summary>
    /// <param name="kept">Of <see cref="RootOf"/>, kept from a request; counts where no address is set.</param>
    public Uri Root(string kept) => new(options.Value.PublicUrl.Length > 0 ? options.Value.PublicUrl : kept);

    public static string RootOf(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}";
}
