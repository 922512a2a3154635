using Microsoft.AspNetCore.Identity;
using PetShop.Data.Shoppers;

namespace PetShop.Web.Accounts;

/// <summary>What a password must be: at least 10 characters, not one of the usual guesses, not the person's own address. No required symbols: length is what helps.</summary>
public sealed class PasswordRules : IPasswordValidator<Shopper>
{
    public const int MinLength = 10;
    public const int MaxLength = 200;
    public const string Hint = "At least 10 characters. Three words that only you would put together work well.";

    private const int MinDistinctCharacters = 5;

    // Lower case, without digits and signs at the end: "Password123!" is still "password".
    private static readonly HashSet<string> Guesses = new(StringComparer.Ordinal)
    {
        "", "password", "passwort", "passw0rd", "qwerty", "qwertyuiop", "qwertzuiop", "asdfghjkl", "iloveyou", "letmein", "letmeinplease", "welcome", "administrator",
        "admin", "changeme", "football", "baseball", "sunshine", "princess", "superman", "starwars", "whatever", "trustno", "dragon", "monkey", "secret", "petshop", "abcdefghij", "abcdefgh",
    };

    public Task<IdentityResult> ValidateAsync(UserManager<Shopper> manager, Shopper user, string? password) =>
        Task.FromResult(Problem(password ?? "", user.Email) is { } problem
            ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = problem })
            : IdentityResult.Success);

    /// <summary>What is wrong with a password, as a sentence to show; null when it will do.</summary>
    public static string? Problem(string password, string? email)
    {
        var core = password.ToLowerInvariant().TrimEnd([.. "0123456789!?.,-_#$ "]);
        var name = email?.Split('@')[0].ToLowerInvariant();
        return password switch
        {
            { Length: < MinLength } => $"Please use at least {MinLength} characters.",
            { Length: > MaxLength } => $"Please use at most {MaxLength} characters.",
            _ when Guesses.Contains(core) => "That password is among the first that anybody would try. Please choose another.",
            _ when password.Distinct().Count() < MinDistinctCharacters => "That password repeats itself too much. Please mix in some other characters.",
            _ when name?.Length > 3 && core == name => "Please choose something other than your own mail address.",
            _ => null,
        };
    }
}
