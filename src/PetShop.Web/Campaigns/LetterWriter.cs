using System.Globalization;
using System.Net;
using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace PetShop.Web.Campaigns;

/// <summary>Walks a parsed letter once and writes it twice, so that text and HTML say the same.</summary>
internal sealed class LetterWriter(Func<string, string> fill, Func<string, string> link)
{
    private const string Spaced = "style=\"margin:0 0 16px\"";
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _html = new();

    public string Text => _text.ToString();
    public string Html => _html.ToString();

    public void Write(ContainerBlock blocks)
    {
        foreach (var block in blocks)
            Write(block);
    }

    private void Write(Block block)
    {
        switch (block)
        {
            case HeadingBlock heading:
                Wrap("h2", "style=\"font:600 19px/1.3 Fraunces,Georgia,serif;margin:24px 0 8px\"", heading.Inline, "\n\n");
                break;
            case ParagraphBlock paragraph:
                Wrap("p", Spaced, paragraph.Inline, "\n\n");
                break;
            case ListBlock list:
                Write(list);
                break;
            case QuoteBlock quote:
                _html.Append("<blockquote style=\"margin:0 0 16px;padding-left:14px;border-left:3px solid #e2ddd0\">");
                Write((ContainerBlock)quote);
                _html.Append("</blockquote>");
                break;
            case ThematicBreakBlock:
                _html.Append("<hr style=\"border:0;border-top:1px solid #e2ddd0;margin:24px 0\">");
                _text.Append("---\n\n");
                break;
        }
    }

    private void Write(ListBlock list)
    {
        var tag = list.IsOrdered ? "ol" : "ul";
        _html.Append('<').Append(tag).Append(" style=\"margin:0 0 16px;padding-left:22px\">");
        var number = int.TryParse(list.OrderedStart, CultureInfo.InvariantCulture, out var start) ? start : 1;
        foreach (var item in list.OfType<ListItemBlock>())
        {
            _html.Append("<li style=\"margin:0 0 6px\">");
            _text.Append(list.IsOrdered ? string.Create(CultureInfo.InvariantCulture, $"{number++}. ") : "- ");
            foreach (var block in item)
                if (block is ParagraphBlock paragraph)
                {
                    Write(paragraph.Inline);
                    _text.Append('\n');
                }
                else
                    Write(block);
            _html.Append("</li>");
        }
        _html.Append("</").Append(tag).Append('>');
        _text.Append('\n');
    }

    private void Wrap(string tag, string attributes, ContainerInline? inlines, string after)
    {
        _html.Append('<').Append(tag).Append(' ').Append(attributes).Append('>');
        Write(inlines);
        _html.Append("</").Append(tag).Append('>');
        _text.Append(after);
    }

    // A gap may be cut into several literals by what looks like a mark inside it: they are put together before it is filled.
    private void Write(ContainerInline? inlines)
    {
        var words = new StringBuilder();
        foreach (var inline in inlines ?? [])
            switch (inline)
            {
                case LiteralInline literal:
                    words.Append(literal.Content.AsSpan());
                    break;
                case HtmlEntityInline entity:
                    words.Append(entity.Transcoded.AsSpan());
                    break;
                case CodeInline code:
                    words.Append(code.Content);
                    break;
                case LineBreakInline { IsHard: false }:
                    words.Append('\n');
                    break;
                default:
                    Flush(words);
                    Mark(inline);
                    break;
            }
        Flush(words);
    }

    private void Flush(StringBuilder words)
    {
        var filled = fill(words.ToString());
        _text.Append(filled);
        _html.Append(WebUtility.HtmlEncode(filled));
        words.Clear();
    }

    private void Mark(Inline inline)
    {
        switch (inline)
        {
            case EmphasisInline emphasis:
                var tag = emphasis.DelimiterCount >= 2 ? "strong" : "em";
                _html.Append('<').Append(tag).Append('>');
                Write((ContainerInline)emphasis);
                _html.Append("</").Append(tag).Append('>');
                break;
            case LinkInline { IsImage: false, Url: { } url } found when LetterMarkdown.IsSound(url):
                Anchor(link(url), () => Write((ContainerInline)found));
                break;
            case AutolinkInline { Url: var url, IsEmail: var isEmail }:
                var address = isEmail ? $"mailto:{url}" : url;
                _html.Append("<a href=\"").Append(WebUtility.HtmlEncode(link(address))).Append("\" style=\"color:#1d5c54\">").Append(WebUtility.HtmlEncode(url)).Append("</a>");
                _text.Append(isEmail ? url : link(address));
                break;
            case LineBreakInline:
                _html.Append("<br>");
                _text.Append('\n');
                break;
            case LinkInline { IsImage: false } broken:
                Write((ContainerInline)broken);
                break;
        }
    }

    private void Anchor(string address, Action words)
    {
        _html.Append("<a href=\"").Append(WebUtility.HtmlEncode(address)).Append("\" style=\"color:#1d5c54\">");
        words();
        _html.Append("</a>");
        _text.Append(" (").Append(address.StartsWith("mailto:", StringComparison.Ordinal) ? address[7..] : address).Append(')');
    }
}
