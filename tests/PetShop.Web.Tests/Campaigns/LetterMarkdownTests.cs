using PetShop.Web.Campaigns;

namespace PetShop.Web.Tests.Campaigns;

public sealed class LetterMarkdownTests
{
    [Fact]
    public void Text_and_HTML_say_the_same()
    {
        var (text, html) = Write("## Warm paws\n\nA **thick** bed, see [ours](/shop/dog).\n\n- one\n- two\n\n> quoted\n\nLine one\\\nline two");
        Assert.Equal("Warm paws\n\nA thick bed, see ours (https://shop.example/shop/dog).\n\n- one\n- two\n\nquoted\n\nLine one\nline two\n\n", text);
        Assert.Contains("<strong>thick</strong>", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://shop.example/shop/dog\" style=\"color:#1d5c54\">ours</a>", html, StringComparison.Ordinal);
        Assert.Contains("Line one<br>line two", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "is HTML")]
    [InlineData("Look <b>here</b>", "is HTML")]
    [InlineData("![cat](https://x.example/cat.png)", "There is a picture in it")]
    [InlineData("[press](javascript:alert(1))", "Begin with / for a page of the shop")]
    [InlineData("[press](//evil.example)", "Begin with / for a page of the shop")]
    [InlineData("[press]()", "leads nowhere")]
    [InlineData("[press](/shop/dog", "not closed")]
    [InlineData("[press] (/shop) and **bold", "has no partner")]
    [InlineData("    four blanks", "written as code")]
    public void What_would_not_be_read_as_it_was_meant_is_named_with_its_mend(string body, string fault) =>
        Assert.Contains(new LetterMarkdown(body).Faults, f => f.Contains(fault, StringComparison.Ordinal));

    [Theory]
    [InlineData("Plain words, 3 < 4 and a * star.")]
    [InlineData("Hello {name|there}, for {pets|your pets} & co.")]
    [InlineData("<https://shop.example/x> and [mail](mailto:a@b.example)")]
    public void Sound_words_have_no_fault(string body) => Assert.Empty(new LetterMarkdown(body).Faults);

    [Fact]
    public void Nothing_that_a_reader_is_called_becomes_a_mark()
    {
        var (text, html) = new LetterMarkdown("Hello {name|there_or_*here*}!").Write(_ => "[x](http://evil.example)<img src=x>", l => l);
        Assert.Contains("[x](http://evil.example)<img src=x>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Even_a_faulty_body_writes_no_tag_and_no_script()
    {
        var (_, html) = Write("<script>alert(1)</script>\n\n[a](javascript:alert(1))\n\n<a href=\"javascript:x\">b</a>");
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<a ", html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/shop/dog", "https://shop.example/shop/dog?utm_source=letter&utm_medium=email&utm_campaign=letter-7-b")]
    [InlineData("/search?q=hay#top", "https://shop.example/search?q=hay&utm_source=letter&utm_medium=email&utm_campaign=letter-7-b#top")]
    [InlineData("https://SHOP.example/x", "https://SHOP.example/x?utm_source=letter&utm_medium=email&utm_campaign=letter-7-b")]
    [InlineData("https://vets.example/x", "https://vets.example/x")]
    public void Links_to_the_shop_carry_the_mark_of_the_letter_and_others_do_not(string link, string expected) =>
        Assert.Equal(expected, new LetterLinks(new("https://shop.example"), 7, "b").To(link));

    private static (string Text, string Html) Write(string body) => new LetterMarkdown(body).Write(t => t, l => l.StartsWith('/') ? "https://shop.example" + l : l);
}
