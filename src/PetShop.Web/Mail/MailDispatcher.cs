using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Data.Mail;
using PetShop.Web.Campaigns;

namespace PetShop.Web.Mail;

/// <summary>Sends the mails that wait in the database, each by one replica, until a server has taken them.</summary>
public sealed partial class MailDispatcher(
    IServiceScopeFactory scopes, IMailSender sender, MailSignal signal, MailRetention retention, LetterGate gate, IOptions<MailOptions> options, TimeProvider clock, ILogger<MailDispatcher> log) : BackgroundService
{
    /// <summary>After so many refusals a mail stays where it is, for a person to look at.</summary>
    private const int MaxAttempts = 12;

    /// <summary>Longer than any attempt may take, so that a mail under way is nobody else's.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await SendNextAsync(stoppingToken))
                {
                }
                await retention.ApplyWhenDueAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogDispatchFailed(options.Value.PollInterval.TotalSeconds, e);
            }
            await signal.WaitAsync(options.Value.PollInterval, stoppingToken);
        }
    }

    private async Task<bool> SendNextAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
        var now = clock.GetUtcNow();
        var mail = (await db.OutgoingMails.FromSql($"""
            UPDATE outgoing_mails SET next_try_at = {now + Lease}, attempts = attempts + 1
            WHERE id = coalesce(
                (SELECT id FROM outgoing_mails WHERE campaign_id IS NULL AND next_try_at <= {now} ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED),
                (SELECT id FROM outgoing_mails WHERE campaign_id IS NOT NULL AND next_try_at <= {now} ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED))
            RETURNING *
            """).AsNoTracking().ToListAsync(cancel)).SingleOrDefault();
        if (mail is null)
            return false;
        if (mail.Occasion is null ? await HandOverAsync(db, mail, mail.ToAddress, cancel) : await HandOverLetterAsync(db, mail, cancel))
            await db.OutgoingMails.Where(m => m.Id == mail.Id).ExecuteDeleteAsync(CancellationToken.None);
        return true;
    }

    /// <returns>Whether the mail need not be kept: the server took it, or nobody is to get it.</returns>
    private async Task<bool> HandOverLetterAsync(PetShopDb db, OutgoingMail letter, CancellationToken cancel)
    {
        var answer = await gate.AskAsync(letter, cancel);
        if (answer.NotBefore is { } later)
        {
            await db.OutgoingMails.Where(m => m.Id == letter.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.NextTryAt, later).SetProperty(m => m.Attempts, letter.Attempts - 1), cancel);
            return false;
        }
        if (answer.Drops)
            return true;
        // A letter that is on its way to the server is not called back by a stopping process: nobody would know whether it had arrived.
        if (!await HandOverAsync(db, letter, answer.Address!, CancellationToken.None))
            return false;
        await gate.SentAsync(letter);
        return true;
    }

    /// <returns>False when the server refused it, and it waits for another try.</returns>
    private async Task<bool> HandOverAsync(PetShopDb db, OutgoingMail mail, string address, CancellationToken cancel)
    {
        try
        {
            await sender.SendAsync(new(address, mail.ToName, mail.Subject, mail.Text, mail.Html, mail.UnsubscribeUrl), cancel);
            return true;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            await PostponeAsync(db, mail, e, cancel);
            if (mail.Occasion is not null)
                await gate.RefusedAsync(mail, isLast: mail.Attempts >= MaxAttempts);
            return false;
        }
    }

    private async Task PostponeAsync(PetShopDb db, OutgoingMail mail, Exception error, CancellationToken cancel)
    {
        DateTimeOffset? next = mail.Attempts >= MaxAttempts ? null : clock.GetUtcNow() + RetryPause.After(mail.Attempts);
        await db.OutgoingMails.Where(m => m.Id == mail.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.NextTryAt, next).SetProperty(m => m.LastError, error.Message), cancel);
        LogSendFailed(mail.Id, mail.Attempts, error);
    }

    [LoggerMessage(LogLevel.Warning, "Could not look for waiting mails; next look in {DelaySeconds:0} s")]
    private partial void LogDispatchFailed(double delaySeconds, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Mail {MailId} was not taken at attempt {Attempt}; it waits in outgoing_mails")]
    private partial void LogSendFailed(long mailId, int attempt, Exception exception);
}

/// <summary>Wakes the dispatcher of this replica when a mail was just written.</summary>
public sealed class MailSignal : WorkSignal;
