namespace PetShop.Web.Tracking;

/// <summary>Marks endpoints that no visitor asks: programs have no consent to give and get no cookie.</summary>
public sealed class WithoutVisitor;
