using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace PetShop.Web.Campaigns;

/// <summary>The body of a letter, read once and written for each reader as text and as HTML; tags, pictures and tables never get through.</summary>
public sealed partial class LetterMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();
    private readonly MarkdownDocument _document;

    public LetterMarkdown(string body)
    {
        _document = Markdown.Parse(body, Pipeline);
        Links = [.. _document.Descendants<LinkInline>().Where(l => !l.IsImage).Select(l => l.Url ?? "").Concat(_document.Descendants<AutolinkInline>().Select(l => l.Url))];
        Faults = [.. FaultsOf(_document).Distinct()];
    }

    /// <summary>What is wrong with it, each fault with its mend.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>Where its links lead, as written.</summary>
    public IReadOnlyList<string> Links { get; }

    /// <param name="fill">Fills the gaps of a piece of text.</param>
    /// <param name="link">The full address of a link.</param>
    public (string Text, string Html) Write(Func<string, string> fill, Func<string, string> link)
    {
        var writer = new LetterWriter(fill, link);
        writer.Write(_document);
        return (writer.Text, writer.Html);
    }

    /// <summary>Whether a link leads somewhere a letter may lead: a page of the shop, another site, or a mail address.</summary>
    public static bool IsSound(string url) =>
        (url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal) && !url.Contains('\\', StringComparison.Ordinal))
        || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" or "mailto");

    private static IEnumerable<string> FaultsOf(MarkdownDocument document)
    {
        foreach (var node in document.Descendants())
            switch (node)
            {
                case LinkInline { IsImage: true }:
                    yield return "There is a picture in it. Letters carry none: a picture that is fetched would tell who opened the letter, and when. Take it out, or link to a page that shows it.";
                    break;
                case LinkInline { Url: var url } when string.IsNullOrWhiteSpace(url):
                    yield return "A link leads nowhere. Write its address in the brackets: [our beds](/shop/dog/dog-beds).";
                    break;
                case LinkInline { Url: { } url } when !IsSound(url):
                    yield return $"A link leads to “{url}”. Begin with / for a page of the shop, or with https:// or mailto:.";
                    break;
                case CodeBlock or CodeInline:
                    yield return "A part of it is written as code: a line that begins with four blanks, or `marks` like these. Take the blanks or marks away.";
                    break;
            }
        var containers = document.Descendants<LeafBlock>().Select(b => b.Inline).OfType<ContainerInline>().Concat(document.Descendants<ContainerInline>());
        foreach (var fault in containers.SelectMany(c => FaultsOf(string.Concat(c.OfType<LiteralInline>().Select(l => l.Content.ToString())))))
            yield return fault;
    }

    // What Markdown could not make sense of stays in the words as it was typed.
    private static IEnumerable<string> FaultsOf(string words)
    {
        if (Tag().Match(words) is { Success: true } tag)
            yield return $"“{tag.Value}” is HTML, which letters do not use; it would be read as typed. Take it out: **bold**, *slanted*, ## headings and - lists are enough.";
        if (words.Contains("](", StringComparison.Ordinal))
            yield return "A link is not closed. It is written [words](/address), with no blank between the two.";
        if (words.Contains("**", StringComparison.Ordinal))
            yield return "A ** has no partner. Bold words stand between two of them, with no blank inside: **like this**.";
    }

    [GeneratedRegex("</?[a-zA-Z][^<>]*>|<!--")]
    private static partial Regex Tag();
}
