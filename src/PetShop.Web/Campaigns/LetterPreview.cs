using Npgsql;
using PetShop.Data.Campaigns;
using PetShop.Data.Mail;
using PetShop.Web.Targeting;

namespace PetShop.Web.Campaigns;

/// <summary>A letter as one reader would get it, and whether they would.</summary>
/// <param name="IsMember">Whether the campaign's segments hold them.</param>
/// <param name="LacksRail">Whether the letter is to hold products and this one does not.</param>
public sealed record PreviewedLetter(OutgoingMail Mail, LetterReader Reader, bool IsMember, bool LacksRail);

/// <summary>Writes letters that nobody gets but the member of staff who asks.</summary>
public sealed class LetterPreview(NpgsqlDataSource source, LetterComposer composer, LetterRails rails, ProfilePreview profiles, TimeProvider clock)
{
    private static readonly string Sql = $"""
        SELECT coalesce(s.email, ''), s.first_name, s.last_name, s.consent_personalisation, {Readership.AgreedAt},
               ARRAY(SELECT p.name FROM pets p WHERE p.shopper_id = s.id AND p.died_on IS NULL ORDER BY p.created_at, p.id)
        FROM shoppers s WHERE s.id = $1
        """;

    /// <summary>Somebody who may be written to and whom the campaign is for, by stored membership; the one given where that is a shopper.</summary>
    public async Task<Guid?> SomeReaderAsync(Campaign campaign, CancellationToken cancel)
    {
        await using var command = source.CreateCommand($"""
            SELECT s.id FROM shoppers s LEFT JOIN segment_members m ON m.shopper_id = s.id
            WHERE {Readership.Bar("$1")} = 0 AND {Readership.IsMember("$2", "$3")} ORDER BY s.consent_personalisation DESC, s.id LIMIT 1
            """);
        foreach (var value in (ReadOnlySpan<object>)[clock.GetUtcNow().UtcDateTime, campaign.SegmentIds, campaign.ExcludedSegmentIds])
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync(cancel) as Guid?;
    }

    /// <summary>A shopper by id or address; null where there is none.</summary>
    public async Task<Guid?> FindAsync(string wanted, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("SELECT id FROM shoppers WHERE id::text = lower($1) OR normalized_email = upper($1)");
        command.Parameters.Add(new() { Value = wanted.Trim() });
        return await command.ExecuteScalarAsync(cancel) as Guid?;
    }

    /// <summary>The letter to a shopper; null where there is no such account.</summary>
    public async Task<PreviewedLetter?> WriteAsync(Campaign campaign, CampaignAudience audience, Guid shopper, string arm, CancellationToken cancel)
    {
        if (await ReadAsync(shopper, cancel) is not { } reader || await profiles.OfShopperAsync(shopper, "desktop", cancel) is not { } profile)
            return null;
        ActiveSegment[] holding = [.. audience.Included.Where(s => profile.IsIn(s.Slug))];
        var isMember = audience.Problem is null && (campaign.SegmentIds.Length == 0 || holding.Length > 0) && !audience.Excluded.Any(s => profile.IsIn(s.Slug));
        var rail = campaign.Rail is { } placement && reader.MayPersonalise ? await rails.ForAsync(shopper, placement, cancel) : null;
        var mail = composer.Compose(campaign, new(campaign.Body), arm, reader, rail, [.. holding.Select(s => new LetterGround(s.Name, s.Sentence))], clock.GetUtcNow());
        return new(mail, reader, isMember, campaign.Rail is not null && rail is null);
    }

    private async Task<LetterReader?> ReadAsync(Guid shopper, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = shopper });
        await using var row = await command.ExecuteReaderAsync(cancel);
        return !await row.ReadAsync(cancel) ? null
            : new(shopper, row.GetString(0), row.GetString(1), row.GetString(2), row.GetBoolean(3), row.GetFieldValue<string[]>(5), row.IsDBNull(4) ? null : row.GetFieldValue<DateTimeOffset>(4));
    }
}
