using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Segments;

/// <summary>What the members of a segment did on one day of the shop's calendar; members are those of the day's first moment, so an order that moves somebody out still counts.</summary>
public sealed class SegmentDay
{
    /// <summary>Stands for all shoppers together.</summary>
    public const int Everyone = 0;

    public int SegmentId { get; set; }
    public DateOnly Day { get; set; }
    public int Members { get; set; }
    /// <summary>Members who came and agreed to be counted.</summary>
    public int Visitors { get; set; }
    /// <summary>Visitors who ordered; of the other buyers it is not known that they came.</summary>
    public int BuyingVisitors { get; set; }
    public int Buyers { get; set; }
    /// <summary>Buyers who had ordered before.</summary>
    public int RepeatBuyers { get; set; }
    public int Orders { get; set; }
    public long RevenueMinor { get; set; }
}

internal sealed class SegmentDayMapping : IEntityTypeConfiguration<SegmentDay>
{
    public void Configure(EntityTypeBuilder<SegmentDay> day) => day.HasKey(d => new { d.SegmentId, d.Day });
}
