using System.Security.Cryptography;
using System.Text;

namespace PetShop.Web.Tracking;

/// <summary>One purpose as a person is asked about it.</summary>
public sealed record ConsentPurpose(string Key, string Title, string Text);

/// <summary>The words of the consent question; a receipt names their version and hash, and new words ask again.</summary>
public static class ConsentText
{
    /// <summary>Changed together with any word below.</summary>
    public const string Version = "2026-11";
    public const string Language = "en";

    public const string Title = "May we remember what you look at?";
    public const string Lead =
        "The shop works the same either way. With your leave we note what you look at and buy here, to run the shop better and to pick things that fit your pets. "
        + "Nothing is sold or passed on, and you can change your mind on any page under “Privacy”.";

    public static readonly IReadOnlyList<ConsentPurpose> Purposes =
    [
        new("analytics", "Statistics", "Count which pages, products and searches are used, and learn which products go together. Kept for 13 months."),
        new("personalisation", "Personal choice of products", "Remember what you looked at and bought, and choose products and offers for you and your pets from it."),
        new("email", "Letters by e-mail", "Write to you now and then about things that fit your pets. Every letter has a one-click way out."),
        new("prices", "Personal prices", "Show you a lower price where one applies to you, always beside the public price and with its reason."),
    ];

    /// <summary>SHA-256 of all the words above, hexadecimal.</summary>
    public static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', [Version, Language, Title, Lead, .. Purposes.Select(p => $"{p.Key}: {p.Title}: {p.Text}")]))));
}
