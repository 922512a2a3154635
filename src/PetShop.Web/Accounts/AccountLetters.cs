using Microsoft.Extensions.Options;
using PetShop.Data.Mail;
using PetShop.Web.Mail;

namespace PetShop.Web.Accounts;

/// <summary>The words of the mails about an account.</summary>
public sealed class AccountLetters(IOptions<ShopOptions> shop, TimeProvider clock)
{
    private string Name => shop.Value.Name;

    public OutgoingMail FinishRegistration(string email, Uri link) => Draft($"Finish your {Name} account")
        .Say("Nice to meet you. Choose a password and your account is ready; your cart will be waiting in it.")
        .Button("Choose a password", link)
        .Say("The link works for three hours. If you did not ask for an account, delete this mail: nothing has been stored.")
        .To(email, "", clock.GetUtcNow());

    public OutgoingMail AlreadyRegistered(string email, Uri signIn) => Draft($"You already have a {Name} account")
        .Say("Somebody, probably you, asked for a new account with this address. There is one already, so you only need to sign in.")
        .Button("Sign in", signIn)
        .Say("Forgotten the password? The sign-in page helps with that, too.")
        .To(email, "", clock.GetUtcNow());

    public OutgoingMail Welcome(string email, string firstName, Uri pets) => Draft($"Welcome to {Name}")
        .Say($"{(firstName.Length > 0 ? $"Hello {firstName}" : "Hello")}, your account is ready. Orders, addresses and your wish list are now in one place.")
        .Say("If you like, tell us who lives with you. Three minutes of questions spare you every product that is not for your pets.")
        .Button("Introduce your pets", pets)
        .To(email, firstName, clock.GetUtcNow());

    public OutgoingMail ResetPassword(string email, string firstName, Uri link) => Draft("Choose a new password")
        .Say("Here is the link to a new password. It works once and for three hours.")
        .Button("Choose a new password", link)
        .Say("If you did not ask for it, do nothing: your password stays as it is.")
        .To(email, firstName, clock.GetUtcNow());

    public OutgoingMail NoAccount(string email, Uri register) => Draft($"No {Name} account with this address")
        .Say("Somebody, probably you, asked for a new password here. We know no account with this address; perhaps you used another one?")
        .Button("Open an account", register)
        .To(email, "", clock.GetUtcNow());

    public OutgoingMail Paused(string email, string firstName, Uri forgot) => Draft("Your account takes a short break")
        .Say("Someone gave a wrong password for your account several times, so signing in is paused for some minutes.")
        .Say("If that was you, wait a little or choose a new password. If it was not, your password kept them out; a new one does no harm.")
        .Button("Choose a new password", forgot)
        .To(email, firstName, clock.GetUtcNow());

    public OutgoingMail PasswordChanged(string email, string firstName, Uri forgot) => Draft("Your password was changed")
        .Say("The password of your account has just been changed, and other browsers have been signed out.")
        .Say("If you did not do this, choose a new password right away.")
        .Button("Choose a new password", forgot)
        .To(email, firstName, clock.GetUtcNow());

    public OutgoingMail ConfirmAddress(string newEmail, string firstName, Uri link) => Draft("Is this your new address?")
        .Say("You asked us to write to this address from now on. One click and it is done.")
        .Button("Use this address", link)
        .Say("If you know nothing of this, delete the mail: nothing changes.")
        .To(newEmail, firstName, clock.GetUtcNow());

    public OutgoingMail AddressChanged(string oldEmail, string firstName) => Draft("Your mail address was changed")
        .Say("Your account now uses another mail address, so this is our last mail here. If you did not ask for that, write to us at once.")
        .To(oldEmail, firstName, clock.GetUtcNow());

    private LetterDraft Draft(string subject) => new(Name, subject);
}
