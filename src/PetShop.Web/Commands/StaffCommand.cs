using System.CommandLine;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using PetShop.Data.Shoppers;
using PetShop.Web.Accounts;

namespace PetShop.Web.Commands;

/// <summary>Gives a person a role of the staff: how a shop that was not seeded gets its first administrator.</summary>
public static class StaffCommand
{
    private static readonly Option<string> Email = new("--email") { Description = "Address of the person; an account is made when there is none.", Required = true };
    private static readonly Option<string> Role = new("--role") { Description = $"{ShopRoles.Administrator} or {ShopRoles.Merchandiser}.", DefaultValueFactory = _ => ShopRoles.Merchandiser };
    private static readonly Option<string?> Password = new("--password") { Description = "Password of a new account; without it one is made up and printed once." };

    public static Command Create() => ShopCommand.Create("staff", "Make a person a merchandiser or an administrator.", RunAsync, Email, Role, Password);

    private static async Task<int> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancel)
    {
        var (email, role) = (parsed.GetValue(Email)!.Trim(), parsed.GetValue(Role)!);
        if (role is not (ShopRoles.Administrator or ShopRoles.Merchandiser))
            throw new InvalidOperationException($"'{role}' is no role of the staff; name {ShopRoles.Administrator} or {ShopRoles.Merchandiser}.");
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Shopper>>();
        var person = await users.FindByEmailAsync(email) ?? await AddAsync(users, email, parsed.GetValue(Password), services.GetRequiredService<TimeProvider>());
        // An administrator does whatever a merchandiser does.
        string[] roles = role == ShopRoles.Administrator ? [ShopRoles.Administrator, ShopRoles.Merchandiser] : [ShopRoles.Merchandiser];
        foreach (var each in roles)
            if (!await users.IsInRoleAsync(person, each))
                Check(await users.AddToRoleAsync(person, each));
        Console.WriteLine($"{email} is {role} from the next sign-in on: /admin");
        return 0;
    }

    private static async Task<Shopper> AddAsync(UserManager<Shopper> users, string email, string? password, TimeProvider clock)
    {
        var made = password is null;
        password ??= RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 16);
        var person = new Shopper { Id = Guid.CreateVersion7(), UserName = email, Email = email, EmailConfirmed = true, RegisteredAt = clock.GetUtcNow() };
        Check(await users.CreateAsync(person, password));
        if (made)
            Console.WriteLine($"Made an account with the password {password}");
        return person;
    }

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new InvalidOperationException(string.Join(' ', result.Errors.Select(e => e.Description)));
    }
}
