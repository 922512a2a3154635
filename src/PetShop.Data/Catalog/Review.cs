using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PetShop.Data.Shoppers;

namespace PetShop.Data.Catalog;

/// <summary>What a verified buyer says of a product; one a shopper and product.</summary>
public sealed class Review
{
    public long Id { get; set; }
    public int ProductId { get; set; }
    /// <summary>Null once the buyer has been erased; the words may stay, unsigned.</summary>
    public Guid? ShopperId { get; set; }
    public required string DisplayName { get; set; }
    /// <summary>1 to 5 stars.</summary>
    public short Rating { get; set; }
    public string Title { get; set; } = "";
    public string Text { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? EditedAt { get; set; }
    public bool IsHidden { get; set; }
    /// <summary>How many readers asked the staff to look at it since they last did.</summary>
    public int ReportCount { get; set; }
}

internal sealed class ReviewMapping : IEntityTypeConfiguration<Review>
{
    public void Configure(EntityTypeBuilder<Review> review)
    {
        review.ToTable(t => t.HasCheckConstraint("ck_reviews_rating", "rating BETWEEN 1 AND 5"));
        review.HasOne<Product>().WithMany().HasForeignKey(r => r.ProductId);
        review.HasOne<Shopper>().WithMany().HasForeignKey(r => r.ShopperId).OnDelete(DeleteBehavior.SetNull);
        review.HasIndex(r => new { r.ProductId, r.CreatedAt });
        review.HasIndex(r => new { r.ShopperId, r.ProductId }).IsUnique();
        review.HasIndex(r => r.ReportCount).HasFilter("report_count > 0");
    }
}
