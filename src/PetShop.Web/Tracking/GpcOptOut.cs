using Npgsql;

namespace PetShop.Web.Tracking;

/// <summary>Honours <c>Sec-GPC: 1</c>: opts the browser and the account signed in on it out, before anything else is written.</summary>
public sealed partial class GpcOptOut(ConsentLedger ledger, ShopperConsents shopperConsents, VisitorEraser eraser, ILogger<GpcOptOut> logger)
{
    /// <summary>Does nothing once the opt-out has been done, so a browser that always sends the signal costs nothing.</summary>
    public async ValueTask ApplyAsync(HttpContext http, Guid? shopperId, CancellationToken cancel)
    {
        var visitor = VisitorToken.Parse(http.Request.Cookies[VisitorCookies.Visitor])?.Id;
        var account = shopperId is { } id ? await shopperConsents.GetAsync(id, cancel) : Consent.Refused;
        var optsAccountOut = account.NeedsIdentity || account.Prices;
        if (visitor is null && !optsAccountOut)
            return;
        try
        {
            await ledger.AddAsync(visitor, optsAccountOut ? shopperId : null, new(account.UnderGpc(), "gpc", "signal"), cancel);
            if (visitor is { } browser)
                await eraser.EraseAsync(browser, cancel);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            // Nothing is recorded under the signal in any case; the account is opted out with the next request.
            LogLater(e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Could not write down an opt-out by Global Privacy Control; it is tried again with the next request: {Problem}")]
    private partial void LogLater(string problem);
}
