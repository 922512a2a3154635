using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Shoppers;

/// <summary>An animal of a household; of a shopper, or of a visitor who has no account yet.</summary>
public sealed class Pet
{
    public Guid Id { get; set; }
    public Guid? ShopperId { get; set; }
    public Guid? VisitorId { get; set; }
    public required string Name { get; set; }
    public required string Species { get; set; }
    public string? Breed { get; set; }
    public DateOnly? BornOn { get; set; }
    public int? WeightG { get; set; }
    /// <summary>Weight when fully grown, grams.</summary>
    public int? AdultWeightG { get; set; }
    public bool? Neutered { get; set; }
    /// <summary>low, normal, high.</summary>
    public string? Activity { get; set; }
    public string? Diet { get; set; }
    public string[] Allergies { get; set; } = [];
    /// <summary>What mattered to the person who answered the quiz; joins their account at sign-in.</summary>
    public string[] QuizValues { get; set; } = [];
    /// <summary>From this day nothing in the shop speaks of this pet again.</summary>
    public DateOnly? DiedOn { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}

internal sealed class PetMapping : IEntityTypeConfiguration<Pet>
{
    public void Configure(EntityTypeBuilder<Pet> pet)
    {
        pet.ToTable(t => t.HasCheckConstraint("ck_pets_owner", "num_nonnulls(shopper_id, visitor_id) = 1"));
        pet.HasOne<Shopper>().WithMany().HasForeignKey(p => p.ShopperId).OnDelete(DeleteBehavior.Cascade);
        pet.HasIndex(p => p.VisitorId);
        pet.HasIndex(p => p.BornOn);
    }
}
