using Npgsql;

namespace PetShop.Web.Tracking;

/// <summary>Honours <c>Sec-GPC: 1</c>: opts the browser and the account signed in on it out, before anything else is written.</summary>
public sealed partial class GpcOptOut(ConsentLedger ledger, ConsentSpool spool, ShopperConsents shopperConsents, VisitorEraser eraser, ILogger<GpcOptOut> logger)
{
    /// <summary>Does nothing once the opt-out has been done, so a browser that always sends the signal costs nothing.</summary>
    public async ValueTask ApplyAsync(HttpContext http, Guid? shopperId, CancellationToken cancel)
    {
        var visitor = VisitorToken.Parse(http.Request.Cookies[VisitorCookies.Visitor])?.Id;
        var account = shopperId is { } id ? await shopperConsents.GetAsync(id, cancel) : Consent.Refused;
        var optsAccountOut = account.NeedsIdentity || account.Prices;
        if (visitor is null && !optsAccountOut)
            return;
        var given = ledger.New(visitor, optsAccountOut ? shopperId : null, new(account.UnderGpc(), "gpc", "signal"), erases: visitor);
        try
        {
            await ledger.WriteAsync(given, isLate: false, cancel);
            if (visitor is { } browser)
                await eraser.EraseAsync(browser, cancel);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            // Nothing is recorded under the signal in any case; the opt-out holds at once and is written down later.
            LogLater(spool.Add(given), e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Could not write down an opt-out by Global Privacy Control; it waits in the spool: {Waits}. {Problem}")]
    private partial void LogLater(bool waits, string problem);
}
