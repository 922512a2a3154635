using System.Globalization;
using Microsoft.Extensions.Options;

namespace PetShop.Web.Mail;

/// <summary>Keeps mails as .eml files, the way of a developer's machine; <see cref="MailFolder"/> reads them.</summary>
public sealed class FolderMailSender(MailFolder folder, IOptions<MailOptions> options, IOptions<ShopOptions> shop, TimeProvider clock) : IMailSender
{
    public async Task SendAsync(Letter letter, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder.Path);
        var now = clock.GetUtcNow();
        var id = string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd-HHmmss-fff}-{Guid.NewGuid():N}");
        var eml = EmlFile.Write(letter, shop.Value.Name, options.Value.FromAddress, now, id + "@petshop.example");
        var written = Path.Combine(folder.Path, id + ".tmp");
        await File.WriteAllTextAsync(written, eml, cancel);
        // A reader never meets half a mail.
        File.Move(written, Path.Combine(folder.Path, id + ".eml"));
    }
}
