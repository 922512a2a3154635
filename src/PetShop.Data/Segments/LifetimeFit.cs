using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Segments;

/// <summary>One fit of how buyers return and spend, from which the forecasts of shoppers come.</summary>
public sealed class LifetimeFit
{
    public long Id { get; set; }
    public DateTimeOffset FittedAt { get; set; }
    public int Buyers { get; set; }
    public int RepeatBuyers { get; set; }
    /// <summary>Of BG/NBD, in weeks; these four are null together, when there was no fit.</summary>
    public double? R { get; set; }
    public double? Alpha { get; set; }
    public double? A { get; set; }
    public double? B { get; set; }
    /// <summary>Of Gamma-Gamma, in minor units; these four are null together.</summary>
    public double? P { get; set; }
    public double? Q { get; set; }
    public double? Scale { get; set; }
    /// <summary>Of the number of orders with their mean value.</summary>
    public double? Correlation { get; set; }
    /// <summary>Why no churn risk and no next order could be foreseen; null when they could.</summary>
    public string? WhyNoForecast { get; set; }
    /// <summary>Why no value could be foreseen; null when it could.</summary>
    public string? WhyNoValue { get; set; }
}

internal sealed class LifetimeFitMapping : IEntityTypeConfiguration<LifetimeFit>
{
    public void Configure(EntityTypeBuilder<LifetimeFit> fit) => fit.HasIndex(f => f.FittedAt);
}
