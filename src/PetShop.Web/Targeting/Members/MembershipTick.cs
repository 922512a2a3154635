namespace PetShop.Web.Targeting.Members;

/// <summary>What one look did.</summary>
/// <param name="AsOf">The moment the stored membership is true for.</param>
/// <param name="Asked">Shoppers whose rules were asked; null for everyone.</param>
/// <param name="RulesChanged">Segments that everyone was asked about because their rule is new.</param>
public sealed record MembershipTick(DateTimeOffset AsOf, int? Asked, int RulesChanged, long Entered, long Left);
