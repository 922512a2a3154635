using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PetShop.Web.Api.Webhooks;

/// <summary>Signs messages by the scheme of Standard Webhooks: HMAC-SHA256 over "id.timestamp.body", as <c>v1,base64</c>.</summary>
public static class WebhookSignature
{
    private const string Mark = "whsec_";

    /// <summary>A secret of 256 bits, as receivers keep it.</summary>
    public static string NewSecret() => Mark + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>The header of a message: one signature for each secret that counts.</summary>
    /// <param name="timestamp">Unix seconds of the attempt.</param>
    public static string Of(IEnumerable<string> secrets, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")), .. body];
        return string.Join(' ', secrets.Select(s => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(s[Mark.Length..]), signed))));
    }
}
