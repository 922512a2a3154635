using System.Linq.Expressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Shoppers;

/// <summary>A person with an account; the four consents are the state that the newest receipt left.</summary>
public sealed class Shopper : IdentityUser<Guid>
{
    public string FirstName { get; set; } = "";
    public string LastName { get; set; } = "";
    public int? BirthYear { get; set; }
    /// <summary>ISO 3166-1 alpha-2, upper case. Country, town and postcode follow the first address of the address book, by a trigger.</summary>
    public string? Country { get; set; }
    public string? City { get; set; }
    public string? Postcode { get; set; }
    /// <summary>BCP 47, lower case primary tag.</summary>
    public string? Language { get; set; }
    public string? Household { get; set; }
    /// <summary>breeder, shelter, vet, groomer; null for a private person.</summary>
    public string? OrganisationKind { get; set; }
    /// <summary>What matters to them, as answered in the quiz: price, premium, natural, sustainability, convenience.</summary>
    public string[] QuizValues { get; set; } = [];
    public DateTimeOffset RegisteredAt { get; set; }

    public bool ConsentAnalytics { get; set; }
    public bool ConsentPersonalisation { get; set; }
    public bool ConsentEmail { get; set; }
    public bool ConsentPrices { get; set; }
    /// <summary>Unsubscribed, bounced, a minor or erased: no campaign reaches this shopper.</summary>
    public bool IsSuppressed { get; set; }
    /// <summary>First visitor id ever seen; rollouts and experiments hash it, so a sign-in changes no bucket.</summary>
    public string? RolloutKey { get; set; }
    /// <summary>Key of the person in the system an import came from.</summary>
    public string? ExternalId { get; set; }
}

internal sealed class ShopperMapping : IEntityTypeConfiguration<Shopper>
{
    public void Configure(EntityTypeBuilder<Shopper> shopper)
    {
        shopper.ToTable("shoppers");
        shopper.HasIndex(s => s.ExternalId).IsUnique();
        shopper.HasIndex(s => s.RegisteredAt);
        // Whoever saves an account read a moment ago must not undo what the trigger on addresses wrote meanwhile.
        foreach (var place in (Expression<Func<Shopper, string?>>[])[s => s.Country, s => s.City, s => s.Postcode])
            shopper.Property(place).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
    }
}

/// <summary>A browser that a shopper has signed in from and whose history joined theirs.</summary>
public sealed class VisitorLink
{
    public Guid VisitorId { get; set; }
    public Guid ShopperId { get; set; }
    public DateTimeOffset LinkedAt { get; set; }
}

internal sealed class VisitorLinkMapping : IEntityTypeConfiguration<VisitorLink>
{
    public void Configure(EntityTypeBuilder<VisitorLink> link)
    {
        link.HasKey(l => l.VisitorId);
        link.HasOne<Shopper>().WithMany().HasForeignKey(l => l.ShopperId);
    }
}
