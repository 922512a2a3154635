using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data;
using PetShop.Data.Campaigns;
using PetShop.Targeting.Experiments;
using PetShop.Targeting.Messages;
using PetShop.Targeting.Segments;
using PetShop.Web.Mail;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Members;

namespace PetShop.Web.Campaigns;

/// <summary>Writes the letters that are due, batch by batch; each batch is one transaction, so that a crash leaves every letter either queued and noted or neither.</summary>
public sealed partial class CampaignSender(
    NpgsqlDataSource source, IServiceScopeFactory scopes, CampaignPlanner planner, LetterComposer composer, LetterRails rails, ActiveRules rules, SegmentMembership membership, MailSignal signal,
    IOptions<CampaignOptions> options, IOptions<ShopOptions> shop, TimeProvider clock, ILogger<CampaignSender> logger)
{
    // Rails wait for the database more than they reckon.
    private const int RailsAtOnce = 4;

    /// <summary>Plans and writes whatever is due, unless it is quiet or another replica is at it.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
        var due = await db.Campaigns.AsNoTracking()
            .Where(c => c.State == CampaignState.Sending || (c.State == CampaignState.Scheduled && (c.SendAt == null || c.SendAt <= now))).OrderBy(c => c.Id).ToListAsync(cancel);
        foreach (var campaign in due)
            await RunAsync(campaign, await AudienceAsync(db, campaign, cancel), cancel);
    }

    private async Task RunAsync(Campaign campaign, CampaignAudience audience, CancellationToken cancel)
    {
        if (audience.Problem != campaign.Problem)
            await NoteAsync("UPDATE campaigns SET problem = $2 WHERE id = $1", campaign.Id, audience.Problem, cancel);
        if (audience.Problem is not null)
            return;
        if (campaign.Kind == CampaignKind.OnEntry || campaign.State == CampaignState.Scheduled)
            await PlanAsync(campaign, cancel);
        if (options.Value.Rules.Quiet.Hold(clock.GetUtcNow(), shop.Value.Zone))
            return;
        while (await WriteBatchAsync(campaign, audience, cancel))
        {
        }
        // What is sent once is over when nobody waits any more.
        await NoteAsync("""
            UPDATE campaigns c SET state = 3, ended_at = $2::text::timestamptz WHERE id = $1 AND kind = 1 AND state = 2
                AND NOT EXISTS (SELECT FROM campaign_recipients r WHERE r.campaign_id = c.id AND r.state IN (0, 1, 2))
            """, campaign.Id, clock.GetUtcNow().UtcDateTime.ToString("O"), cancel);
    }

    private async Task PlanAsync(Campaign campaign, CancellationToken cancel)
    {
        // Members as of sending, not as of the last look.
        if (campaign.Kind == CampaignKind.Once)
            await membership.TryRefreshAsync(cancel);
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var batch = new LetterBatch(connection);
        if (!await batch.TakeTurnAsync(cancel) || (campaign.Kind == CampaignKind.Once && !await IsScheduledAsync(connection, campaign.Id, cancel)))
            return;
        var readers = await planner.PlanAsync(connection, campaign, cancel);
        await transaction.CommitAsync(cancel);
        if (readers > 0)
            LogPlanned(campaign.Id, readers);
    }

    /// <returns>Whether another batch may follow.</returns>
    private async Task<bool> WriteBatchAsync(Campaign campaign, CampaignAudience audience, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var batch = new LetterBatch(connection);
        if (!await batch.TakeTurnAsync(cancel) || !await batch.IsOnAsync(campaign.Id, cancel))
            return false;
        var now = new Moment(clock.GetUtcNow(), shop.Value.Zone);
        var room = Math.Min(options.Value.BatchSize, options.Value.MostWaiting - await batch.WaitingForServerAsync(cancel));
        var due = room <= 0 ? [] : await batch.ReadAsync(campaign.Id, now.AsOf, room, cancel);
        if (due.Count == 0)
            return false;
        var members = await audience.AskAsync(connection, [.. due.Select(d => d.Reader.Id)], now, cancel);
        var decided = await DecideAsync(campaign, due, members, now, cancel);
        await batch.WriteAsync(campaign.Id, decided, now.AsOf, cancel);
        await transaction.CommitAsync(cancel);
        signal.Raise();
        return due.Count == room;
    }

    private async Task<DecidedLetter[]> DecideAsync(Campaign campaign, List<DueLetter> due, Dictionary<Guid, IReadOnlyList<ActiveSegment>> members, Moment now, CancellationToken cancel)
    {
        var (lots, body) = (Lots(campaign), new LetterMarkdown(campaign.Body));
        var decided = new DecidedLetter[due.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, due.Count), new ParallelOptions { MaxDegreeOfParallelism = RailsAtOnce, CancellationToken = cancel }, async (i, stop) =>
        {
            var letter = due[i];
            var holding = members.GetValueOrDefault(letter.Reader.Id);
            var verdict = options.Value.Rules.Judge(new(letter.Bar, holding is not null, letter.DueAt, letter.LastLetterAt), campaign.Kind == CampaignKind.OnEntry, now.AsOf, shop.Value.Zone);
            if (!verdict.Writes)
            {
                decided[i] = new(letter, verdict.Reason == LeaveOut.None ? LetterState.Waiting : LetterState.LeftOut, verdict.Reason, null, verdict.NotBefore, null);
                return;
            }
            // Drawn last: whom nothing gets are people like those who get it.
            var arm = lots.Assign(letter.RolloutKey).Name;
            var mail = arm == LetterLinks.HeldOut ? null : await WriteAsync(campaign, body, arm, letter.Reader, holding!, now.AsOf, stop);
            decided[i] = new(letter, mail is null ? LetterState.HeldOut : LetterState.Queued, LeaveOut.None, arm, null, mail);
        });
        return decided;
    }

    private async Task<Data.Mail.OutgoingMail> WriteAsync(Campaign campaign, LetterMarkdown body, string arm, LetterReader reader, IReadOnlyList<ActiveSegment> holding, DateTimeOffset now, CancellationToken cancel)
    {
        var rail = campaign.Rail is { } placement && reader.MayPersonalise ? await rails.ForAsync(reader.Id, placement, cancel) : null;
        return composer.Compose(campaign, body, arm, reader, rail, [.. holding.Select(s => new LetterGround(s.Name, s.Sentence))], now);
    }

    /// <summary>Shares readers out over the subjects and those held out; the same reader always falls to the same share.</summary>
    public static Experiment Lots(Campaign campaign)
    {
        var arms = LetterLinks.Arms(campaign);
        var shown = arms.Select(a => new Variant(a, 100 - campaign.HoldoutPercent));
        return new($"letter-{campaign.Id}", [.. shown, .. campaign.HoldoutPercent == 0 ? Array.Empty<Variant>() : [new(LetterLinks.HeldOut, campaign.HoldoutPercent * arms.Count)]]);
    }

    /// <summary>The campaign's segments as they stand in the database, not as an announcement last told.</summary>
    public async Task<CampaignAudience> AudienceAsync(PetShopDb db, Campaign campaign, CancellationToken cancel)
    {
        var names = await db.Segments.AsNoTracking().Select(s => new { s.Id, s.Slug, s.Name }).ToDictionaryAsync(s => s.Id, s => (s.Slug, s.Name), cancel);
        return CampaignAudience.Of(campaign, await rules.RefreshAsync(cancel), names);
    }

    private static async Task<bool> IsScheduledAsync(NpgsqlConnection connection, int campaign, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT state = 1 FROM campaigns WHERE id = $1 FOR UPDATE", connection);
        command.Parameters.Add(new() { Value = campaign });
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    private async Task NoteAsync(string sql, int campaign, string? value, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = campaign });
        command.Parameters.Add(new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(cancel);
    }

    [LoggerMessage(LogLevel.Information, "Campaign {CampaignId}: {ReaderCount} readers are due")]
    private partial void LogPlanned(int campaignId, int readerCount);
}

/// <summary>Looks every few seconds for letters that are due; one replica at a time writes.</summary>
public sealed class CampaignJob(CampaignSender sender, IOptions<TargetingOptions> targeting, IOptions<CampaignOptions> options, TimeProvider clock, ILogger<CampaignJob> logger)
    : RecurringJob(targeting, clock, logger, "the letters of campaigns", options.Value.Interval)
{
    public override Task RunAsync(CancellationToken cancel) => sender.RunAsync(cancel);
}
