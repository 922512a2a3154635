using Npgsql;
using PetShop.Web.Tracking;

namespace PetShop.Web.Targeting;

/// <summary>Has the next page of a shopper know of an order: their features are made anew at once, and every replica reads them again.</summary>
public sealed partial class PromptFeatures(NpgsqlDataSource source, ShopperFeaturesWriter features, VisitorProfiles profiles, ILogger<PromptFeatures> logger)
{
    /// <summary>To be called after the order was placed or cancelled; should it fail, the job comes by within half a minute.</summary>
    public async Task RefreshAsync(Guid shopper, CancellationToken cancel)
    {
        try
        {
            await features.RefreshAsync([shopper], cancel);
            await using var announce = source.CreateCommand($"SELECT pg_notify('{VisitorNews.Channel}', $1)");
            announce.Parameters.Add(new() { Value = new VisitorNews(shopper, Stays: true).Payload });
            await announce.ExecuteNonQueryAsync(cancel);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            LogLate(e.Message);
        }
        // Here without waiting for what was announced.
        profiles.Forget(shopper);
    }

    [LoggerMessage(LogLevel.Warning, "A shopper's features follow an order only with the next round of the job: {Problem}")]
    private partial void LogLate(string problem);
}
