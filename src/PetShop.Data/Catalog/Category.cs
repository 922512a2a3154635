using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Catalog;

/// <summary>A node of the category tree; the roots are the departments, one for each kind of pet.</summary>
public sealed class Category
{
    public int Id { get; set; }
    public required string Slug { get; set; }
    public required string Name { get; set; }
    public int? ParentId { get; set; }
    /// <summary>Slug of the root of this branch.</summary>
    public required string Department { get; set; }
    /// <summary>Slugs from the department down to this category, itself included.</summary>
    public required string[] Path { get; set; }
    public string Blurb { get; set; } = "";
    public int SortOrder { get; set; }
}

internal sealed class CategoryMapping : IEntityTypeConfiguration<Category>
{
    public void Configure(EntityTypeBuilder<Category> category)
    {
        category.HasIndex(c => c.Slug).IsUnique();
        category.HasOne<Category>().WithMany().HasForeignKey(c => c.ParentId).OnDelete(DeleteBehavior.Restrict);
        category.HasIndex(c => c.Path).HasMethod("gin");
    }
}
