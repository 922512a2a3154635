using System.ComponentModel.DataAnnotations;

namespace PetShop.Web.Mail;

/// <summary>Where mails go: section <c>Mail</c>. With a <see cref="Host"/> to a server, otherwise to files in <see cref="Folder"/>.</summary>
public sealed class MailOptions : IValidatableObject
{
    /// <summary>Name of the SMTP server; empty keeps mails as files.</summary>
    public string Host { get; init; } = "";

    [Range(1, 65535)] public int Port { get; init; } = 587;
    public string UserName { get; init; } = "";
    public string Password { get; init; } = "";

    /// <summary>Whether the connection must be encrypted (STARTTLS); off only for a mail catcher on the same machine.</summary>
    public bool Encrypt { get; init; } = true;

    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")] public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Folder of .eml files, relative to the content root.</summary>
    [Required] public string Folder { get; init; } = ".data/mails";

    [Required, EmailAddress] public string FromAddress { get; init; } = "hello@petshop.example";

    /// <summary>Address of the shop as shoppers type it, such as https://petshop.example; links in mails start with it. Empty takes it from the request, which outside Development needs AllowedHosts.</summary>
    public string PublicUrl { get; init; } = "";

    /// <summary>How often a replica looks for mails that another one left behind.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")] public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Days that sent mails are kept as files, and that the words of a mail no server took are kept in the database.</summary>
    [Range(1, 365)] public int KeepDays { get; init; } = 30;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PublicUrl.Length > 0 && (!Uri.TryCreate(PublicUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")))
            yield return new($"Mail:PublicUrl is '{PublicUrl}'; it must be an address such as https://petshop.example, or empty.", [nameof(PublicUrl)]);
    }
}
