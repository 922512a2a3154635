using System.Globalization;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Campaigns;

/// <summary>Who may get a letter at all, in SQL; the planning, the writing and the handing over ask the same words.</summary>
internal static class Readership
{
    /// <summary>A <see cref="PetShop.Targeting.Messages.LeaveOut"/> of the row s of shoppers: address, age, suppression, consent, in this order.</summary>
    /// <remarks>Of age is who <see cref="ConsentBars"/> says is.</remarks>
    /// <param name="now">Parameter of the moment, a timestamptz.</param>
    public static string Bar(string now) => $"""
        (CASE WHEN coalesce(s.email, '') = '' OR NOT s.email_confirmed THEN 1
              WHEN s.birth_year > extract(year FROM {now} AT TIME ZONE 'UTC') - {ConsentBars.YearsToAdult} THEN 2
              WHEN s.is_suppressed THEN 3 WHEN NOT s.consent_email THEN 4 ELSE 0 END)
        """;

    /// <summary>Whether the row m of segment_members has the bit of any of these segments.</summary>
    /// <param name="segments">An array of segment ids.</param>
    public static string InAny(string segments) =>
        $"EXISTS (SELECT FROM segment_slots k WHERE k.segment_id = ANY({segments}) AND coalesce(m.words[k.slot / 62 + 1], 0) & (1::bigint << (k.slot % 62)) <> 0)";

    /// <summary>The same with the bits written out, for a statement that reads everyone.</summary>
    /// <param name="slots">Of the segments.</param>
    public static string InAny(IReadOnlyCollection<int> slots) => slots.Count == 0 ? "false" : "(" + string.Join(" OR ", slots.Select(s => new SegmentBit(s, null)).GroupBy(b => b.Word)
        .Select(w => string.Create(CultureInfo.InvariantCulture, $"coalesce(m.words[{w.Key + 1}], 0) & {w.Aggregate(0L, (all, b) => all | b.Mask)} <> 0"))) + ")";

    /// <summary>Whether stored membership puts the row m into a campaign's segments, and into none it leaves out.</summary>
    public static string IsMember(string included, string excluded) => $"((cardinality({included}) = 0 OR {InAny(included)}) AND NOT {InAny(excluded)})";

    /// <summary>When the reader s last got a letter of any campaign, or will have it once the server takes it.</summary>
    public const string LastLetter = "(SELECT max(x.decided_at) FROM campaign_recipients x WHERE x.shopper_id = s.id AND x.state IN (1, 2, 3))";

    /// <summary>Since when the reader s agreed to letters; null where no receipt tells.</summary>
    public const string AgreedAt = """
        (SELECT min(c.given_at) FROM consent_receipts c WHERE c.shopper_id = s.id AND c.email
            AND c.given_at > coalesce((SELECT max(d.given_at) FROM consent_receipts d WHERE d.shopper_id = s.id AND NOT d.email), '-infinity'))
        """;
}
