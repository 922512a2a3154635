using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data.Mail;
using PetShop.Targeting.Messages;

namespace PetShop.Web.Campaigns;

/// <summary>What to do with a letter of a campaign whose turn it is.</summary>
/// <param name="Address">Where it goes: the reader's address of this moment; null when it goes nowhere.</param>
/// <param name="NotBefore">Set while it has to wait.</param>
public readonly record struct GateAnswer(string? Address, DateTimeOffset? NotBefore)
{
    public bool Drops => Address is null && NotBefore is null;
}

/// <summary>Asks about the reader of a letter once more right before it leaves, and notes what became of it.</summary>
/// <remarks>A letter is handed over at most once: should the process die in the middle, nobody knows whether the server took it, and it is not offered again.</remarks>
public sealed class LetterGate(NpgsqlDataSource source, IOptions<CampaignOptions> options, IOptions<ShopOptions> shop, TimeProvider clock)
{
    private const string Key = "r.campaign_id = $1 AND r.shopper_id = $2 AND r.occasion = $3";

    // States: 1 queued, 2 being handed over, 5 left out. Reasons: 5 left the segment, 8 stopped, 9 unsure.
    private static readonly string Ask = $"""
        WITH asked AS (
            SELECT r.state, s.email, CASE WHEN r.state = 2 THEN 9 WHEN c.state <> 2 THEN 8 WHEN {Readership.Bar("$4")} <> 0 THEN {Readership.Bar("$4")}
                WHEN NOT {Readership.IsMember("c.segment_ids", "c.excluded_segment_ids")} THEN 5 ELSE 0 END AS reason
            FROM campaign_recipients r JOIN campaigns c ON c.id = r.campaign_id JOIN shoppers s ON s.id = r.shopper_id LEFT JOIN segment_members m ON m.shopper_id = r.shopper_id
            WHERE {Key} FOR UPDATE OF r)
        UPDATE campaign_recipients r SET state = CASE WHEN a.reason = 0 THEN 2 ELSE 5 END, reason = a.reason FROM asked a WHERE {Key} AND a.state IN (1, 2) RETURNING CASE WHEN a.reason = 0 THEN a.email END
        """;

    /// <summary>Takes the letter out of everybody else's hands, or says why it does not go.</summary>
    public async Task<GateAnswer> AskAsync(OutgoingMail letter, CancellationToken cancel)
    {
        var (now, quiet) = (clock.GetUtcNow(), options.Value.Rules.Quiet);
        if (quiet.Hold(now, shop.Value.Zone))
            return new(null, quiet.EndFrom(now, shop.Value.Zone));
        await using var command = Command(Ask, letter, now.UtcDateTime);
        return new(await command.ExecuteScalarAsync(cancel) as string, null);
    }

    /// <summary>The server took it.</summary>
    public Task SentAsync(OutgoingMail letter) => NoteAsync($"UPDATE campaign_recipients r SET state = 3, sent_at = $4 WHERE {Key}", letter, clock.GetUtcNow().UtcDateTime);

    /// <summary>The server refused it.</summary>
    /// <param name="isLast">Whether it is offered no more.</param>
    public Task RefusedAsync(OutgoingMail letter, bool isLast) =>
        NoteAsync($"UPDATE campaign_recipients r SET state = CASE WHEN $4 THEN 5 ELSE 1 END, reason = CASE WHEN $4 THEN {(int)LeaveOut.NotTaken} ELSE 0 END WHERE {Key} AND state = 2", letter, isLast);

    private async Task NoteAsync(string sql, OutgoingMail letter, object value)
    {
        await using var command = Command(sql, letter, value);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private NpgsqlCommand Command(string sql, OutgoingMail letter, object value)
    {
        var command = source.CreateCommand(sql);
        foreach (var one in (ReadOnlySpan<object>)[letter.CampaignId!.Value, letter.ShopperId!.Value, letter.Occasion!.Value, value])
            command.Parameters.Add(new() { Value = one });
        return command;
    }
}
