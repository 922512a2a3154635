using Npgsql;
using PetShop.Web.Tracking;

namespace PetShop.Web.Targeting.Previews;

/// <summary>What a shopper had agreed to at a moment, by the receipts of their answers.</summary>
internal sealed class PastConsents(NpgsqlDataSource source)
{
    private const string Sql = """
        SELECT r.analytics, r.personalisation, r.email, r.prices, s.is_suppressed, s.birth_year, r.given_at <= $2, r.method = 'import',
               coalesce((SELECT l.visitor_id FROM visitor_links l WHERE l.shopper_id = s.id ORDER BY l.linked_at DESC LIMIT 1), s.id)
        FROM shoppers s JOIN consent_receipts r ON r.shopper_id = s.id
        WHERE s.id = $1 ORDER BY r.given_at <= $2 DESC, CASE WHEN r.given_at <= $2 THEN r.given_at END DESC, r.given_at, r.id DESC LIMIT 1
        """;

    /// <summary>The visitor with the newest answer at or before the moment; with that of today where no answer was ever stored.</summary>
    /// <param name="notes">Takes what is not known of then, and what was taken back since.</param>
    public async Task<Visitor> AtAsync(Visitor today, Guid shopper, DateTimeOffset at, List<string> notes, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = shopper });
        command.Parameters.Add(new() { Value = at.UtcDateTime });
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel))
        {
            notes.Add("No answer about consent is stored of them: what they agree to today is taken.");
            return today;
        }
        var (isAnswered, isImport) = (row.GetBoolean(6), row.GetBoolean(7));
        if (!isAnswered && isImport)
            notes.Add("Their answers about consent were brought in later, with their orders: they are taken as given before.");
        else if (!isAnswered)
            notes.Add("They had not answered about consent yet: they are shown as somebody who agreed to nothing.");
        var then = isAnswered || isImport ? ShopperConsents.Counting(row, 0, at) : Consent.Unanswered;
        if (!then.IsWithin(today.Consent))
            notes.Add("Some of what they agreed to then they have taken back since; data that went with it is not there to look at.");
        return new()
        {
            Id = then.NeedsIdentity ? row.GetGuid(8) : null, ShopperId = shopper, Consent = then, IsPreview = today.IsPreview, SendsGpc = today.SendsGpc,
            Device = today.Device, Country = today.Country, ReferrerHost = today.ReferrerHost, Campaign = today.Campaign,
        };
    }
}
