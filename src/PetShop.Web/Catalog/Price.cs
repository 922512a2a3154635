using PetShop.Targeting.Pricing;

namespace PetShop.Web.Catalog;

/// <summary>A price to show, in minor units: what everyone is asked, what was asked before a reduction, what a kilogram or a litre costs.</summary>
/// <param name="Yours">What the person who looks pays instead; never above <paramref name="NowMinor"/>.</param>
public sealed record Price(long NowMinor, long? WasMinor = null, MeasurePrice? PerMeasure = null, bool Big = false, PersonalPrice? Yours = null);
