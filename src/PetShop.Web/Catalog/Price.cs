namespace PetShop.Web.Catalog;

/// <summary>A price to show, in minor units: what is asked, what was asked before an offer, what a kilogram costs.</summary>
public sealed record Price(long NowMinor, long? WasMinor = null, long? PerKgMinor = null, bool Big = false);
