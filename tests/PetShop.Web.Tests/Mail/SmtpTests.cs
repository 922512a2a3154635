using System.Net.Mail;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using PetShop.Web.Mail;

namespace PetShop.Web.Tests.Mail;

public sealed partial class SmtpTests
{
    private static readonly Letter Order = new("zoe@example.com", "Zoë Müller", "Ihre Bestellung: größere Säcke ✓", "Grüße,\r\n.\r\nund ein Punkt allein", "<p>Grüße &amp; mehr</p>", "https://petshop.example/letters/off/1");

    [Fact]
    public async Task A_mail_reaches_the_server_with_its_words_addresses_and_the_way_out_of_the_letters()
    {
        await using var server = new SmtpListener();
        await SenderTo(server.Port).SendAsync(Order, CancellationToken.None);
        Assert.Equal(["EHLO", "MAIL FROM:<shop@petshop.example>", "RCPT TO:<zoe@example.com>", "DATA"], server.Said.Take(4).Select((s, i) => i == 0 ? s[..4] : s.Trim()));
        var mail = Unfold().Replace(Assert.Single(server.Mails), " ");
        Assert.Contains("List-Unsubscribe: <https://petshop.example/letters/off/1>", mail, StringComparison.Ordinal);
        Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click", mail, StringComparison.Ordinal);
        Assert.Equal(Order.Subject, HeaderOf(mail, "Subject"));
        Assert.Equal("Paws <shop@petshop.example>", HeaderOf(mail, "From").Replace("\"", "", StringComparison.Ordinal));
        Assert.Equal("Zoë Müller <zoe@example.com>", HeaderOf(mail, "To").Replace("\"", "", StringComparison.Ordinal));
        Assert.Equal((Order.Text, Order.Html), (PartOf(mail, "text/plain"), PartOf(mail, "text/html")));
    }

    [Fact]
    public async Task A_mail_without_a_way_out_has_no_header_for_it()
    {
        await using var server = new SmtpListener();
        await SenderTo(server.Port).SendAsync(Order with { UnsubscribeUrl = null }, CancellationToken.None);
        Assert.DoesNotContain("List-Unsubscribe", Assert.Single(server.Mails), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MAIL", "451 Come back in an hour")]
    [InlineData("RCPT", "550 Nobody of that name lives here")]
    [InlineData("DATA", "554 We take no mail today")]
    [InlineData(".", "552 Our disk is full")]
    public async Task A_refusal_is_told_in_the_words_of_the_server(string at, string answer)
    {
        await using var server = new SmtpListener { Refuses = (at, answer) };
        var refused = await Assert.ThrowsAnyAsync<SmtpException>(() => SenderTo(server.Port).SendAsync(Order, CancellationToken.None));
        Assert.Contains(answer[4..], refused.Message, StringComparison.Ordinal);
        Assert.Equal(int.Parse(answer[..3]), (int)refused.StatusCode);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_not_waited_for_longer_than_the_time_limit()
    {
        await using var server = new SmtpListener { IsSilent = true };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SenderTo(server.Port).SendAsync(Order, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30)));
    }

    private static SmtpMailSender SenderTo(int port) => new(
        Options.Create(new MailOptions { Host = "127.0.0.1", Port = port, Encrypt = false, FromAddress = "shop@petshop.example", Timeout = TimeSpan.FromSeconds(3) }), Options.Create(new ShopOptions { Name = "Paws" }));

    private static string HeaderOf(string mail, string name) =>
        EncodedWord().Replace(Regex.Match(mail, $"^{name}: (.*)$", RegexOptions.Multiline).Groups[1].Value.Replace("?= =?", "?==?", StringComparison.Ordinal).Trim(),
            word => Decode(word.Groups[2].Value.Replace('_', ' '), word.Groups[1].Value is "B" or "b" ? "base64" : "quoted-printable"));

    /// <summary>The words of one part of a multipart mail.</summary>
    private static string PartOf(string mail, string type)
    {
        var boundary = Regex.Match(mail, "boundary=\"?([^\"\r\n;]+)").Groups[1].Value;
        var part = mail.Split("--" + boundary).Single(p => p.TrimStart().Contains($"Content-Type: {type}", StringComparison.OrdinalIgnoreCase) && !p.Contains("boundary=", StringComparison.Ordinal));
        var (head, body) = part.Split("\r\n\r\n", 2) is [var h, var b] ? (h, b) : throw new InvalidOperationException(part);
        return Decode(body.TrimEnd('\r', '\n'), Regex.Match(head, @"Content-Transfer-Encoding: (\S+)").Groups[1].Value);
    }

    private static string Decode(string text, string encoding) => Encoding.UTF8.GetString(encoding switch
    {
        "base64" => Convert.FromBase64String(text.Replace(" ", "", StringComparison.Ordinal)),
        "quoted-printable" => [.. HexOrByte().Matches(text.Replace("=\r\n", "", StringComparison.Ordinal)).Select(m => m.Length == 3 ? Convert.ToByte(m.Value[1..], 16) : (byte)m.Value[0])],
        _ => Encoding.UTF8.GetBytes(text),
    });

    // A header may go on in a line that begins with a blank.
    [GeneratedRegex(@"\r\n[ \t]+")]
    private static partial Regex Unfold();

    [GeneratedRegex(@"=\?utf-8\?([BbQq])\?(.*?)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedWord();

    [GeneratedRegex("=[0-9A-F]{2}|.", RegexOptions.Singleline)]
    private static partial Regex HexOrByte();
}
