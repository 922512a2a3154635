using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Web.Tracking;

namespace PetShop.Web.Privacy;

/// <summary>Carries out an answer: receipt first, then cookies; what was agreed holds from the next request, what was refused from this one.</summary>
public sealed partial class ConsentAnswers(
    ConsentLedger ledger, VisitorEraser eraser, VisitorLinking linking, LiveHistories histories, TimeProvider clock,
    IOptions<TrackingOptions> options, ILogger<ConsentAnswers> logger)
{
    /// <returns>False when a yes could not be written down, so that nothing has been agreed.</returns>
    public async Task<bool> AnswerAsync(HttpContext http, ConsentAnswer answer, CancellationToken cancel)
    {
        var visitor = http.Visitor();
        // A robot agrees to nothing, and the browser's signal outranks a click.
        var consent = visitor.IsBot ? Consent.Refused : visitor.SendsGpc ? answer.Consent.UnderGpc() : answer.Consent;
        var id = visitor.Id ?? (consent.NeedsIdentity ? Guid.CreateVersion7(clock.GetUtcNow()) : null);
        try
        {
            await ledger.AddAsync(id, visitor.ShopperId, answer with { Consent = consent }, cancel);
            if (visitor.Id is { } known && !consent.NeedsIdentity)
                await eraser.EraseAsync(known, cancel);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            LogUnwritten(answer.Method, e.Message);
            if (consent.NeedsIdentity)
                return false;
        }
        WriteCookies(http, visitor, consent, id);
        if (visitor.Id is null && consent.NeedsIdentity && answer.CameFrom is { IsKnown: true } origin)
            VisitorCookies.WriteSession(http, SessionToken.Start(clock.GetUtcNow(), origin), options.Value.SessionIdle);
        if (visitor.HistoryKey is { } key && !consent.Personalisation)
            histories.Forget(key);
        if (consent.NeedsIdentity && visitor.ShopperId is { } shopper)
            await linking.JoinAsync(id, shopper, cancel);
        return true;
    }

    private static void WriteCookies(HttpContext http, Visitor visitor, Consent consent, Guid? id)
    {
        VisitorCookies.WriteConsent(http, consent);
        if (!consent.NeedsIdentity)
            VisitorCookies.DeleteIdentity(http);
        else if (visitor.Id is null && id is { } fresh)
            VisitorCookies.WriteVisitor(http, new(fresh, visitor.ShopperId is { } shopper ? VisitorToken.OwnerOf(shopper) : ""));
    }

    [LoggerMessage(LogLevel.Error, "Could not write down a consent answer ({Method}): {Problem}")]
    private partial void LogUnwritten(string method, string problem);
}
