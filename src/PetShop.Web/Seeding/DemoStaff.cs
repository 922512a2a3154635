using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Shoppers;

namespace PetShop.Web.Seeding;

/// <summary>The roles, the two members of staff, and passwords for everyone a demo signs in as.</summary>
public sealed class DemoStaff(PetShopDb db, TimeProvider clock)
{
    public const string Administrator = "admin@petshop.example";
    /// <summary>The same as Identity looks for it.</summary>
    public const string AdministratorKey = "ADMIN@PETSHOP.EXAMPLE";
    public const string Merchandiser = "merchandiser@petshop.example";

    /// <summary>Makes the roles that are missing.</summary>
    public async Task EnsureRolesAsync(CancellationToken cancel)
    {
        string[] roles = ["administrator", "merchandiser", "shopper"];
        var known = await db.Roles.Select(r => r.Name).ToListAsync(cancel);
        db.Roles.AddRange(roles.Except(known).Select(name => new IdentityRole<Guid>(name!) { Id = Guid.CreateVersion7(), NormalizedName = name!.ToUpperInvariant(), ConcurrencyStamp = Guid.NewGuid().ToString() }));
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Makes the members of staff that are missing.</summary>
    public async Task EnsureStaffAsync(string password, CancellationToken cancel)
    {
        await EnsureRolesAsync(cancel);
        await EnsureAsync(Administrator, "Ada", "Winter", ["administrator", "merchandiser"], password, cancel);
        await EnsureAsync(Merchandiser, "Milo", "Brandt", ["merchandiser"], password, cancel);
        await db.SaveChangesAsync(cancel);
    }

    private async Task EnsureAsync(string email, string first, string last, string[] roles, string password, CancellationToken cancel)
    {
        var normalized = email.ToUpperInvariant();
        if (await db.Shoppers.AnyAsync(s => s.NormalizedEmail == normalized, cancel))
            return;
        var person = new Shopper { Id = Guid.CreateVersion7(), FirstName = first, LastName = last, RegisteredAt = clock.GetUtcNow() };
        SetSignIn(person, email, password);
        db.Shoppers.Add(person);
        foreach (var role in await db.Roles.Where(r => roles.Contains(r.Name)).ToListAsync(cancel))
            db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = person.Id, RoleId = role.Id });
    }

    /// <summary>Fills in what Identity needs; without a password nobody can sign in as this person until they reset it.</summary>
    public static void SetSignIn(Shopper person, string email, string? password)
    {
        person.UserName = person.Email = email;
        person.NormalizedUserName = person.NormalizedEmail = email.ToUpperInvariant();
        person.EmailConfirmed = true;
        person.LockoutEnabled = true;
        person.SecurityStamp = Guid.NewGuid().ToString("N");
        person.ConcurrencyStamp = Guid.NewGuid().ToString();
        if (password is not null)
            person.PasswordHash = new PasswordHasher<Shopper>().HashPassword(person, password);
    }
}
