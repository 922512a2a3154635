using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Microsoft.Extensions.Options;

namespace PetShop.Web.Mail;

/// <summary>Hands mails to the SMTP server of the configuration.</summary>
public sealed class SmtpMailSender(IOptions<MailOptions> options, IOptions<ShopOptions> shop) : IMailSender
{
    public async Task SendAsync(Letter letter, CancellationToken cancel)
    {
        var to = options.Value;
        using var client = new SmtpClient(to.Host, to.Port) { EnableSsl = to.Encrypt };
        if (to.UserName.Length > 0)
            client.Credentials = new NetworkCredential(to.UserName, to.Password);
        using var message = Compose(letter);
        // SmtpClient's own time limit covers synchronous calls only.
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(to.Timeout);
        await client.SendMailAsync(message, timeout.Token);
    }

    private MailMessage Compose(Letter letter)
    {
        var message = new MailMessage(new MailAddress(options.Value.FromAddress, shop.Value.Name), new MailAddress(letter.ToAddress, letter.ToName))
        {
            Subject = letter.Subject, SubjectEncoding = Encoding.UTF8, BodyEncoding = Encoding.UTF8,
        };
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(letter.Text, Encoding.UTF8, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(letter.Html, Encoding.UTF8, MediaTypeNames.Text.Html));
        if (letter.UnsubscribeUrl is { } url)
        {
            message.Headers.Add("List-Unsubscribe", $"<{url}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        return message;
    }
}
