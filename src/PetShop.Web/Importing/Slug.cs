using System.Globalization;
using System.Text;

namespace PetShop.Web.Importing;

/// <summary>Words as they stand in an address: lower case ASCII letters and digits joined by hyphens.</summary>
public static class Slug
{
    /// <returns>The slug; <c>item</c> when nothing of the text can stand in one.</returns>
    public static string Of(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
                slug.Append(c);
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }
        var trimmed = slug.ToString().Trim('-');
        return trimmed.Length == 0 ? "item" : trimmed;
    }
}
