using PetShop.Targeting.Segments;
using PetShop.Web.Privacy;
using PetShop.Web.Tracking;

namespace PetShop.Web.Targeting;

/// <summary>The segments of a person with the reason for each, for the download of their data; they are worked out, not stored.</summary>
public static class SegmentReasons
{
    public static PersonalDataSource Source { get; } = new("segments", ReadAsync);

    private static async Task<IReadOnlyList<PersonalDataRow>> ReadAsync(IServiceProvider services, DataSubject subject, CancellationToken cancel)
    {
        var profile = await ProfileAsync(services, subject, cancel);
        return profile is null ? [] : [.. ProfilePreview.Explain(profile).Select(s => new PersonalDataRow
        {
            ["segment"] = s.Segment.Name, ["rule"] = s.Segment.Sentence, ["you_are_in_it"] = s.IsMember,
            ["because"] = string.Join("; ", (s.IsMember ? Grounds(s.Why) : s.Why.Obstacles()).Select(w => w.Actual.Length > 0 ? $"{w.Needed}: {w.Actual}" : w.Needed).Distinct()),
        })];
    }

    /// <summary>The asking browser's own profile, otherwise that of the account.</summary>
    internal static async Task<VisitorProfile?> ProfileAsync(IServiceProvider services, DataSubject subject, CancellationToken cancel)
    {
        if (services.GetRequiredService<IHttpContextAccessor>().HttpContext is { } http && http.Visitor() is var visitor
            && visitor.ShopperId == subject.ShopperId && (visitor.ShopperId is not null || (visitor.Id is { } id && subject.Visitors.Contains(id))))
            return await services.GetRequiredService<VisitorProfiles>().GetAsync(visitor, cancel);
        return subject.ShopperId is { } shopper ? await services.GetRequiredService<ProfilePreview>().OfShopperAsync(shopper, "desktop", cancel) : null;
    }

    private static IEnumerable<RuleExplanation> Grounds(RuleExplanation why) =>
        !why.Passes ? [] : why.Parts.Count == 0 ? [why] : why.Parts.SelectMany(Grounds);
}
