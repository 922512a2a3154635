using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Models;

/// <summary>Past visits as products in order, made anew by each training; there is one row, and nobody's id is in it.</summary>
public sealed class SessionLogRow
{
    /// <summary>The only row.</summary>
    public const int TheOne = 1;

    public int Id { get; set; } = TheOne;
    public DateTimeOffset MadeAt { get; set; }
    public int SessionCount { get; set; }
    public int ClickCount { get; set; }
    /// <summary>A session file of the recommender.</summary>
    public byte[] Content { get; set; } = [];
}

internal sealed class SessionLogRowMapping : IEntityTypeConfiguration<SessionLogRow>
{
    public void Configure(EntityTypeBuilder<SessionLogRow> log) => log.Property(l => l.Id).ValueGeneratedNever();
}
