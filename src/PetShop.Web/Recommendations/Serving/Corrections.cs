using PetShop.Data.Shoppers;

namespace PetShop.Web.Recommendations.Serving;

/// <summary>One thing a person said of a product that was chosen for them.</summary>
/// <param name="Species">Animals the product was made for.</param>
public sealed record Correction(CorrectionKind Kind, int ProductId, string[] Species, DateTimeOffset At);

/// <summary>All that a household said of its lists, newest first; never changes.</summary>
public sealed class Corrections(IReadOnlyList<Correction> made)
{
    public static Corrections None { get; } = new([]);

    public IReadOnlyList<Correction> Made { get; } = made;

    /// <summary>Species of products that were "not my pet".</summary>
    public IReadOnlyCollection<string> RefusedSpecies { get; } = made.Count == 0 ? [] : [.. made.Where(c => c.Kind == CorrectionKind.NotMyPet).SelectMany(c => c.Species).Distinct()];

    /// <summary>When a correction of this kind was made of a product; null when it was not.</summary>
    public DateTimeOffset? Find(CorrectionKind kind, int product)
    {
        foreach (var correction in Made)
            if (correction.ProductId == product && correction.Kind == kind)
                return correction.At;
        return null;
    }

    /// <summary>Whether what was done with a product at a moment was for somebody else.</summary>
    public bool WasGift(int product, DateTimeOffset at) => Made.Count > 0 && Find(CorrectionKind.WasGift, product) is { } said && at <= said;
}
