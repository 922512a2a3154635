using Microsoft.Extensions.Options;

namespace PetShop.Web.Mail;

/// <summary>Makes the full addresses that mails need, from <c>Mail:PublicUrl</c> or, where none is set, from the request.</summary>
public sealed class ShopAddress(IOptions<MailOptions> options)
{
    /// <param name="path">Path and query, beginning with a slash.</param>
    public Uri Of(HttpRequest request, string path)
    {
        var root = options.Value.PublicUrl.Length > 0 ? options.Value.PublicUrl.TrimEnd('/') : $"{request.Scheme}://{request.Host}{request.PathBase}";
        return new(root + path);
    }
}
