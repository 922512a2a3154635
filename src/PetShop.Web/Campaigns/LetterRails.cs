using Microsoft.Extensions.Options;
using PetShop.Web.Recommendations;
using PetShop.Web.Targeting;

namespace PetShop.Web.Campaigns;

/// <summary>Has the shop's recommender choose the products of a letter, as it would on a page for the same person.</summary>
public sealed class LetterRails(IServiceScopeFactory scopes, ProfilePreview people, IOptions<CampaignOptions> options)
{
    public static IReadOnlyList<(string Placement, string Label)> All { get; } = [(Placements.LetterForYou, "Picked for the reader"), (Placements.LetterBuyAgain, "What the reader may be running out of")];

    /// <summary>Products with a reason each, safe for the reader's pets; null where nothing fits or the reader did not agree to personal choice.</summary>
    public async Task<Rail?> ForAsync(Guid shopper, string placement, CancellationToken cancel)
    {
        if (await people.VisitorAsync(shopper, "desktop", cancel) is not { MayPersonalise: true } reader)
            return null;
        await using var scope = scopes.CreateAsyncScope();
        var rails = scope.ServiceProvider.GetRequiredService<RailBatch>();
        rails.As = reader;
        return await rails.GetAsync(new(placement), cancel) is [var rail, ..] ? rail with { Cards = [.. rail.Cards.Take(options.Value.RailSize)] } : null;
    }
}
