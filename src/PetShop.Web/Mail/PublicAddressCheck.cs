using Microsoft.Extensions.Options;

namespace PetShop.Web.Mail;

/// <summary>Refuses to serve on the internet while links in mails would follow whatever host name a request claims.</summary>
public sealed class PublicAddressCheck(IHostEnvironment host, IConfiguration configuration) : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        if (host.IsDevelopment() || options.PublicUrl.Length > 0 || NamesHosts(configuration["AllowedHosts"]))
            return ValidateOptionsResult.Success;
        return ValidateOptionsResult.Fail(
            "Links in mails must not follow the host name that a request claims: anybody could have a password link sent that leads to a server of theirs. "
            + "Set Mail__PublicUrl to the shop's address, such as https://petshop.example, or AllowedHosts to its host names, such as petshop.example;www.petshop.example.");
    }

    private static bool NamesHosts(string? allowed)
    {
        var hosts = (allowed ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return hosts.Length > 0 && !hosts.Any(h => h is "*" or "[::]" or "0.0.0.0");
    }
}
