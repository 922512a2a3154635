using System.Globalization;
using System.Text;

namespace PetShop.Web.Mail;

/// <summary>Writes a letter as an .eml file (RFC 5322, MIME) that every mail program opens, and reads it back.</summary>
internal static class EmlFile
{
    private const string Boundary = "=_petshop_part";

    public static string Write(Letter letter, string fromName, string fromAddress, DateTimeOffset sentAt, string messageId)
    {
        var eml = new StringBuilder()
            .Append("From: ").Append(Word(fromName)).Append(" <").Append(OneLine(fromAddress)).Append(">\r\n")
            .Append("To: ").Append(letter.ToName.Length > 0 ? Word(letter.ToName) + " " : "").Append('<').Append(OneLine(letter.ToAddress)).Append(">\r\n")
            .Append("Subject: ").Append(Word(letter.Subject)).Append("\r\n")
            .Append(CultureInfo.InvariantCulture, $"Date: {sentAt.ToUniversalTime():ddd, dd MMM yyyy HH:mm:ss} +0000\r\n")
            .Append("Message-ID: <").Append(messageId).Append(">\r\n");
        if (letter.UnsubscribeUrl is { } url)
            eml.Append("List-Unsubscribe: <").Append(OneLine(url)).Append(">\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
        eml.Append("MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"").Append(Boundary).Append("\"\r\n\r\n");
        AppendPart(eml, "text/plain", letter.Text);
        AppendPart(eml, "text/html", letter.Html);
        return eml.Append("--").Append(Boundary).Append("--\r\n").ToString();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The file was not written by this shop.</exception>
    public static Letter Read(string eml)
    {
        var parts = eml.Split("--" + Boundary);
        if (parts.Length < 4)
            throw new FormatException("The mail does not hold a text and an HTML part written by the shop.");
        var headers = parts[0].Split("\r\n").Select(line => line.Split(": ", 2)).Where(h => h.Length == 2).ToLookup(h => h[0], h => h[1], StringComparer.OrdinalIgnoreCase);
        var to = headers["To"].FirstOrDefault() ?? "";
        var at = to.LastIndexOf('<');
        return new(
            at < 0 ? to : to[(at + 1)..].TrimEnd('>'), at < 0 ? "" : Unword(to[..at].Trim()), Unword(headers["Subject"].FirstOrDefault() ?? ""),
            Body(parts[1]), Body(parts[2]), headers["List-Unsubscribe"].FirstOrDefault()?.Trim('<', '>'));
    }

    private static void AppendPart(StringBuilder eml, string type, string body) => eml
        .Append("--").Append(Boundary).Append("\r\nContent-Type: ").Append(type).Append("; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n")
        .Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(body), Base64FormattingOptions.InsertLineBreaks)).Append("\r\n");

    private static string Body(string part)
    {
        var start = part.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return start < 0 ? throw new FormatException("A part of the mail has no body.") : Encoding.UTF8.GetString(Convert.FromBase64String(part[start..].Trim()));
    }

    // Every word is encoded, so that neither an umlaut nor a line break in a name can reach the headers.
    private static string Word(string text) => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";

    private static string Unword(string word) =>
        word.StartsWith("=?utf-8?B?", StringComparison.OrdinalIgnoreCase) ? Encoding.UTF8.GetString(Convert.FromBase64String(word[10..^2])) : word;

    private static string OneLine(string text) =>
        text.AsSpan().IndexOfAny('\r', '\n') < 0 ? text : throw new ArgumentException($"A mail header cannot hold a line break: '{text}'.", nameof(text));
}
