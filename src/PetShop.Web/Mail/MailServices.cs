using Microsoft.Extensions.Options;

namespace PetShop.Web.Mail;

/// <summary>Mails: composed as <see cref="LetterDraft"/>, kept in the database, sent by the dispatcher.</summary>
public static class MailServices
{
    public static void AddMail(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<MailOptions>().BindConfiguration("Mail").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<MailOptions>, PublicAddressCheck>();
        builder.Services.AddSingleton<MailFolder>();
        builder.Services.AddSingleton<MailSignal>().AddSingleton<MailRetention>();
        builder.Services.AddSingleton<ShopAddress>();
        builder.Services.AddSingleton<IMailSender>(services => services.GetRequiredService<IOptions<MailOptions>>().Value.Host.Length > 0
            ? ActivatorUtilities.CreateInstance<SmtpMailSender>(services)
            : ActivatorUtilities.CreateInstance<FolderMailSender>(services));
        builder.Services.AddHostedService<MailDispatcher>();
    }
}
