namespace PetShop.Web.Mail;

/// <summary>A mail ready to leave, the same words as text and as HTML.</summary>
/// <param name="UnsubscribeUrl">Takes a one-click POST (RFC 8058); null for mails that belong to an order or an account.</param>
public sealed record Letter(string ToAddress, string ToName, string Subject, string Text, string Html, string? UnsubscribeUrl = null);

/// <summary>Hands a mail to a server (<see cref="SmtpMailSender"/>) or to a folder (<see cref="FolderMailSender"/>).</summary>
public interface IMailSender
{
    /// <summary>Returns once the mail is out of our hands; throws when it is not.</summary>
    Task SendAsync(Letter letter, CancellationToken cancel);
}
