using System.Net;
using System.Text;
using PetShop.Data.Mail;

namespace PetShop.Web.Mail;

/// <summary>Builds the text and the HTML of a mail from the same sentences, so that the two never disagree.</summary>
public sealed class LetterDraft(string shopName, string subject)
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _html = new();

    public LetterDraft Say(string sentence)
    {
        _text.Append(sentence).Append("\n\n");
        _html.Append("<p style=\"margin:0 0 16px\">").Append(Encode(sentence)).Append("</p>");
        return this;
    }

    /// <summary>A part that was written elsewhere, in both forms.</summary>
    /// <param name="html">Safe: whatever came from people is encoded.</param>
    public LetterDraft Add(string text, string html)
    {
        _text.Append(text);
        _html.Append(html);
        return this;
    }

    /// <summary>The one thing to do now.</summary>
    public LetterDraft Button(string label, Uri target)
    {
        _text.Append(label).Append(":\n").Append(target.AbsoluteUri).Append("\n\n");
        _html.Append("<p style=\"margin:24px 0\"><a href=\"").Append(Encode(target.AbsoluteUri))
            .Append("\" style=\"background:#1d5c54;color:#fff;padding:12px 22px;border-radius:12px;text-decoration:none;font-weight:bold;display:inline-block\">")
            .Append(Encode(label)).Append("</a></p>");
        return this;
    }

    /// <summary>Label and amount, line by line; the last line is set in bold.</summary>
    public LetterDraft Rows(IReadOnlyList<(string Label, string Value)> rows)
    {
        _html.Append("<table role=\"presentation\" style=\"width:100%;border-collapse:collapse;margin:0 0 16px\">");
        for (var i = 0; i < rows.Count; i++)
        {
            var weight = i == rows.Count - 1 ? "bold" : "normal";
            _text.Append(rows[i].Label).Append("  ").Append(rows[i].Value).Append('\n');
            _html.Append("<tr><td style=\"padding:6px 0;border-bottom:1px solid #e2ddd0;font-weight:").Append(weight).Append("\">").Append(Encode(rows[i].Label))
                .Append("</td><td style=\"padding:6px 0;border-bottom:1px solid #e2ddd0;text-align:right;white-space:nowrap;font-weight:").Append(weight).Append("\">")
                .Append(Encode(rows[i].Value)).Append("</td></tr>");
        }
        _text.Append('\n');
        _html.Append("</table>");
        return this;
    }

    public OutgoingMail To(string address, string name, DateTimeOffset now, Uri? unsubscribe = null) => new()
    {
        ToAddress = address, ToName = name, Subject = subject, CreatedAt = now, NextTryAt = now, UnsubscribeUrl = unsubscribe?.AbsoluteUri,
        Text = $"{_text}{shopName}\n",
        Html = $"<!doctype html><html lang=\"en\"><body style=\"margin:0;padding:24px;background:#faf8f1;color:#21302e;font:16px/1.5 Figtree,Segoe UI,sans-serif\">"
            + $"<div style=\"max-width:560px;margin:0 auto;background:#fff;border:1px solid #e2ddd0;border-radius:16px;padding:28px\">"
            + $"<p style=\"margin:0 0 20px;font-weight:bold;color:#1d5c54\">{Encode(shopName)}</p><h1 style=\"font:600 24px/1.2 Fraunces,Georgia,serif;margin:0 0 16px\">{Encode(subject)}</h1>"
            + $"{_html}</div></body></html>",
    };

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
