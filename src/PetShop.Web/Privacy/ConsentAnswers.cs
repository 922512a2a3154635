using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Web.Tracking;

namespace PetShop.Web.Privacy;

/// <summary>Carries out an answer: receipt first, then cookies; what was agreed holds from the next request, what was refused from this one.</summary>
public sealed partial class ConsentAnswers(
    ConsentLedger ledger, ConsentSpool spool, VisitorEraser eraser, VisitorLinking linking, LiveHistories histories, TimeProvider clock,
    IOptions<TrackingOptions> options, ILogger<ConsentAnswers> logger)
{
    /// <returns>False when the answer could not be written down and has to be given again; a no that waits in the spool counts as written.</returns>
    public async Task<bool> AnswerAsync(HttpContext http, ConsentAnswer answer, CancellationToken cancel)
    {
        var visitor = http.Visitor();
        // A robot agrees to nothing, and the browser's signal outranks a click.
        var consent = visitor.IsBot ? Consent.Refused : visitor.SendsGpc ? answer.Consent.UnderGpc() : answer.Consent;
        var id = visitor.Id ?? (consent.NeedsIdentity ? Guid.CreateVersion7(clock.GetUtcNow()) : null);
        var given = ledger.New(id, visitor.ShopperId, answer with { Consent = consent }, erases: consent.NeedsIdentity ? null : visitor.Id);
        var isWritten = await WriteAsync(given, cancel);
        // A yes that nobody wrote down is none. A no holds at once, and waits for the database where it can.
        if (!isWritten && !consent.IsWithin(visitor.Consent))
            return false;
        var isSafe = isWritten || spool.Add(given);
        WriteCookies(http, visitor, consent, id);
        if (visitor.Id is null && consent.NeedsIdentity && answer.CameFrom is { IsKnown: true } origin)
            VisitorCookies.WriteSession(http, SessionToken.Start(clock.GetUtcNow(), origin), options.Value.SessionIdle);
        if (visitor.HistoryKey is { } key && !consent.Personalisation)
            histories.Forget(key);
        if (isWritten && consent.NeedsIdentity && visitor.ShopperId is { } shopper)
            await linking.JoinAsync(id, shopper, cancel);
        return isSafe;
    }

    private async Task<bool> WriteAsync(GivenConsent given, CancellationToken cancel)
    {
        try
        {
            await ledger.WriteAsync(given, isLate: false, cancel);
            if (given.Erases is { } known)
                await eraser.EraseAsync(known, cancel);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            LogUnwritten(given.Method, e.Message);
            return false;
        }
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
