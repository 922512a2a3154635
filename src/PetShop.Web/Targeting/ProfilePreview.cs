using System.Collections.Frozen;
using Npgsql;
using PetShop.Targeting.Segments;
using PetShop.Web.Tracking;

namespace PetShop.Web.Targeting;

/// <summary>Profiles of somebody other than who is asking, for members of staff; nothing is recorded.</summary>
public sealed class ProfilePreview(VisitorProfiles profiles, NpgsqlDataSource source, TimeProvider clock)
{
    // The browser last used stands for the others: caps and fatigue count what it was shown.
    private const string Sql =
        $"""
        SELECT s.country, coalesce((SELECT l.visitor_id FROM visitor_links l WHERE l.shopper_id = s.id ORDER BY l.linked_at DESC LIMIT 1), s.id), {ShopperConsents.Columns}
        FROM shoppers s WHERE s.id = $1
        """;

    /// <summary>A shopper as their own browser would be met on a device; null where there is no such account.</summary>
    /// <param name="at">When; null for now.</param>
    public async Task<Visitor?> VisitorAsync(Guid shopperId, string device, DateTimeOffset? at, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = shopperId });
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel))
            return null;
        var consent = ShopperConsents.Counting(row, 2, at ?? clock.GetUtcNow());
        return new()
        {
            Id = consent.NeedsIdentity ? row.GetGuid(1) : null, ShopperId = shopperId, Consent = consent, IsPreview = true, Device = device, Country = row.IsDBNull(0) ? null : row.GetString(0),
        };
    }

    /// <inheritdoc cref="VisitorAsync(Guid, string, DateTimeOffset?, CancellationToken)"/>
    public Task<Visitor?> VisitorAsync(Guid shopperId, string device, CancellationToken cancel) => VisitorAsync(shopperId, device, null, cancel);

    /// <summary>Somebody without an account: refused everything, or agreed to everything a moment ago.</summary>
    public static Visitor Stranger(string device, bool agreed) => new() { Device = device, IsPreview = true, Consent = agreed ? Consent.Accepted : Consent.Refused };

    /// <summary>The profile a shopper would have on a device; null where there is no such account.</summary>
    public async Task<VisitorProfile?> OfShopperAsync(Guid shopperId, string device, CancellationToken cancel) =>
        await VisitorAsync(shopperId, device, cancel) is { } visitor ? await profiles.GetAsync(visitor, cancel) : null;

    /// <summary>The profile of a visitor at another time, put into more segments by hand.</summary>
    public async Task<VisitorProfile> AtAsync(Visitor visitor, Moment at, IEnumerable<string> segments, CancellationToken cancel)
    {
        var profile = (await profiles.GetAsync(visitor, cancel)) with { LookedUp = FrozenSet<string>.Empty };
        var known = profile.Rules.Active.Select(s => s.Slug).Intersect(segments, StringComparer.Ordinal);
        return profile with { At = at, Memberships = profile.Rules.MembershipsOf(profile.Facts, at).Union(known).ToHashSet(StringComparer.Ordinal) };
    }

    /// <summary>Why each segment that is on holds this profile, or not; those outside their time hold nobody.</summary>
    public static IReadOnlyList<(ActiveSegment Segment, bool IsMember, RuleExplanation Why)> Explain(VisitorProfile profile) =>
        [.. profile.Rules.Active.OrderByDescending(s => profile.IsIn(s.Slug)).ThenBy(s => s.Name, StringComparer.OrdinalIgnoreCase)
            .Select(s => (s, profile.IsIn(s.Slug), MembershipExplanation.Of(profile, s.Compiled)))];
}
