using Npgsql;
using PetShop.Targeting.Segments;
using PetShop.Web.Tracking;

namespace PetShop.Web.Targeting;

/// <summary>Profiles of somebody other than who is asking, for members of staff; nothing is recorded.</summary>
public sealed class ProfilePreview(VisitorProfiles profiles, NpgsqlDataSource source)
{
    /// <summary>The profile a shopper would have on a device; null where there is no such account.</summary>
    public async Task<VisitorProfile?> OfShopperAsync(Guid shopperId, string device, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("SELECT consent_analytics, consent_personalisation, consent_email, consent_prices, country FROM shoppers WHERE id = $1");
        command.Parameters.Add(new() { Value = shopperId });
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel))
            return null;
        var consent = new Consent(row.GetBoolean(0), row.GetBoolean(1), row.GetBoolean(2), row.GetBoolean(3), IsAnswered: true);
        var country = row.IsDBNull(4) ? null : row.GetString(4);
        await row.CloseAsync();
        return await profiles.GetAsync(new Visitor { Id = consent.NeedsIdentity ? shopperId : null, ShopperId = shopperId, Consent = consent, Device = device, Country = country }, cancel);
    }

    /// <summary>The profile of somebody unknown on a device, put into segments by hand.</summary>
    public async Task<VisitorProfile> OfStrangerAsync(string device, IEnumerable<string> segments, CancellationToken cancel)
    {
        var profile = await profiles.GetAsync(new Visitor { Device = device, Consent = Consent.Refused }, cancel);
        var known = profile.Rules.Active.Select(s => s.Slug).Intersect(segments, StringComparer.Ordinal);
        return profile with { Memberships = profile.Memberships.Union(known).ToHashSet(StringComparer.Ordinal) };
    }

    /// <summary>Why each segment that is on holds this profile, or not.</summary>
    public static IReadOnlyList<(ActiveSegment Segment, bool IsMember, RuleExplanation Why)> Explain(VisitorProfile profile) =>
        [.. profile.Rules.Active.OrderByDescending(s => profile.IsIn(s.Slug)).ThenBy(s => s.Name, StringComparer.OrdinalIgnoreCase)
            .Select(s => (s, profile.IsIn(s.Slug), RuleExplanation.Of(s.Compiled, profile.Rules.Segments, profile.Facts, profile.At)))];
}
