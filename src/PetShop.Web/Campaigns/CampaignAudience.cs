using Npgsql;
using PetShop.Data.Campaigns;
using PetShop.Targeting.Segments;
using PetShop.Web.Targeting;

namespace PetShop.Web.Campaigns;

/// <summary>The segments of a campaign, ready to be asked; or why they cannot be.</summary>
/// <param name="Problem">What keeps a letter from being written, with its mend; null when nothing does.</param>
public sealed record CampaignAudience(IReadOnlyList<ActiveSegment> Included, IReadOnlyList<ActiveSegment> Excluded, SegmentSet Set, string? Problem)
{
    /// <param name="names">Of all segments, by id.</param>
    public static CampaignAudience Of(Campaign campaign, RuleBook book, IReadOnlyDictionary<int, (string Slug, string Name)> names)
    {
        var on = book.Active.ToDictionary(s => s.Id);
        string? problem = null;
        foreach (var id in campaign.SegmentIds.Concat(campaign.ExcludedSegmentIds))
            problem ??= !names.TryGetValue(id, out var named) ? "A segment it names was deleted. Take it out, or choose another."
                : book.Broken.FirstOrDefault(b => b.Id == id) is { } broken ? $"The rule of “{named.Name}” cannot be used: {broken.Problem}"
                : !on.TryGetValue(id, out var segment) ? $"The segment “{named.Name}” is off, so nobody is in it. Switch it on, or take it out."
                : segment.Compiled.Needs.IsLiveOnly ? $"“{named.Name}” depends on the visit ({segment.Compiled.Needs.LiveTraits.First().Label}), so it has no members to write to. Choose a segment of what is known between visits."
                : null;
        if (problem is not null)
            return new([], [], book.Segments, problem);
        return new([.. campaign.SegmentIds.Select(id => on[id])], [.. campaign.ExcludedSegmentIds.Select(id => on[id])], book.Segments, null);
    }

    /// <summary>Asks the rules of these people as of this moment, whatever is stored: whom the letter is for, with the segments that hold them.</summary>
    public async Task<Dictionary<Guid, IReadOnlyList<ActiveSegment>>> AskAsync(NpgsqlConnection connection, Guid[] people, Moment now, CancellationToken cancel)
    {
        if (Included.Count + Excluded.Count == 0)
            return people.ToDictionary(p => p, IReadOnlyList<ActiveSegment> (_) => []);
        SegmentBit[] bits = [.. Included.Concat(Excluded).Select((segment, slot) => new SegmentBit(slot, segment.Compiled))];
        var query = SegmentSql.Words(bits, bits[^1].Word + 1, Set, now, people);
        await using var command = new NpgsqlCommand(query.Text, connection);
        foreach (var value in query.Parameters)
            command.Parameters.Add(new() { Value = value });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var members = new Dictionary<Guid, IReadOnlyList<ActiveSegment>>();
        while (await row.ReadAsync(cancel))
        {
            var words = row.GetFieldValue<long[]>(1);
            bool Has(int slot) => (words[bits[slot].Word] & bits[slot].Mask) != 0;
            ActiveSegment[] holding = [.. Included.Where((s, slot) => s.IsOn(now.AsOf) && Has(slot))];
            if ((Included.Count == 0 || holding.Length > 0) && !Excluded.Where((s, i) => s.IsOn(now.AsOf) && Has(Included.Count + i)).Any())
                members[row.GetGuid(0)] = holding;
        }
        return members;
    }
}
