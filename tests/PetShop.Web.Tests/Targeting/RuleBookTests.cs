using System.Globalization;
using PetShop.Data.Banners;
using PetShop.Data.Events;
using PetShop.Data.Pricing;
using PetShop.Data.Segments;
using PetShop.Targeting.Banners;
using PetShop.Targeting.Segments;
using PetShop.Web.Catalog;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Members;
using PetShop.Web.Tracking;

namespace PetShop.Web.Tests.Targeting;

public sealed class RuleBookTests
{
    private const string Everyone = """{"v":1,"all":[]}""";
    private static readonly DateTimeOffset Noon = new(2026, 3, 29, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_broken_rule_and_those_that_rest_on_it_are_left_out_and_named_the_others_work_on()
    {
        var book = new RuleBook([Segment(1, "good", Everyone), Segment(2, "torn", """{"v":1,"attr":"species"}"""), Segment(3, "leans", """{"v":1,"segment":"torn"}"""), Segment(4, "circle", """{"v":1,"segment":"circle"}""")], []);
        Assert.Equal(["good"], book.MembershipsOf(VisitorFacts.Unknown, At(Noon)));
        Assert.Equal(["torn", "leans", "circle"], book.Broken.Select(b => b.Slug));
        Assert.All(book.Broken, b => Assert.NotEmpty(b.Problem));
    }

    [Fact]
    public void A_banner_that_shuns_a_broken_segment_rests_and_one_for_a_deleted_segment_is_for_nobody()
    {
        var book = new RuleBook([Segment(1, "torn", "[]")], [Banner(1, [], [1]), Banner(2, [99], [])]);
        Assert.Null(BannerChoice.Choose(book.Banners, "home-strip", Noon, new HashSet<string>(), new Dictionary<int, int>()));
    }

    [Fact]
    public void A_segment_is_on_from_its_start_until_before_its_end()
    {
        var segment = Segment(1, "sale", Everyone);
        (segment.StartsAt, segment.EndsAt) = (Noon, Noon.AddHours(1));
        var book = new RuleBook([segment], []);
        Assert.Empty(book.MembershipsOf(VisitorFacts.Unknown, At(Noon.AddMilliseconds(-1))));
        Assert.Equal(["sale"], book.MembershipsOf(VisitorFacts.Unknown, At(Noon)));
        Assert.Equal(["sale"], book.MembershipsOf(VisitorFacts.Unknown, At(Noon.AddHours(1).AddMilliseconds(-1))));
        Assert.Empty(book.MembershipsOf(VisitorFacts.Unknown, At(Noon.AddHours(1))));
    }

    [Fact]
    public void An_offer_may_name_a_segment_whose_time_is_to_come_and_gives_no_price_through_it_before_its_members_are_known()
    {
        var (sale, dogs) = (Segment(1, "sale", Everyone), Segment(2, "dogs", Everyone));
        sale.StartsAt = Noon;
        var offer = new PriceOffer { Id = 1, Name = "o", Reason = "r", IsActive = true, SegmentIds = [1, 2] };
        var slots = new[] { sale, dogs }.Select((s, i) => new SegmentSlot { SegmentId = s.Id, Slot = i, Members = 50, Fingerprint = MembershipPlan.Fingerprint(new RuleBook([s], []).Segments[s.Slug], new RuleBook([s], []).Segments, "") }).ToList();
        var before = new RuleBook([sale, dogs], [], null, [offer], [slots[1]]).Offers;
        Assert.Equal(["dogs"], Assert.Single(before.InForce).AnyOf);
        Assert.Contains("“sale” is outside its time", Assert.Single(before.WarningsOf(offer)), StringComparison.Ordinal);
        var during = new RuleBook([sale, dogs], [], null, [offer], slots).Offers;
        Assert.Equal(["sale", "dogs"], Assert.Single(during.InForce).AnyOf);
        Assert.Empty(during.WarningsOf(offer));
    }

    [Fact]
    public void A_segment_switched_off_holds_nobody_but_may_be_referred_to()
    {
        var off = Segment(1, "off", Everyone);
        off.IsActive = false;
        var book = new RuleBook([off, Segment(2, "on", """{"v":1,"segment":"off"}""")], []);
        Assert.Equal(["on"], book.MembershipsOf(VisitorFacts.Unknown, At(Noon)));
    }

    [Fact]
    public void A_draft_that_leads_back_to_itself_is_told_by_the_names_of_the_segments()
    {
        var (vip, loyal) = (Segment(1, "vip", Everyone), Segment(2, "loyal", """{"v":1,"segment":"vip"}"""));
        (vip.Name, loyal.Name) = ("Best of all", "Loyal people");
        var book = new RuleBook([vip, loyal], []);
        var circle = Assert.Throws<SegmentReferenceException>(() => RulePreviewer.With(book, RuleJson.Parse("""{"v":1,"segment":"loyal"}"""), "vip"));
        Assert.Contains("“Best of all” → “Loyal people” → “Best of all”", circle.Message, StringComparison.Ordinal);
        var missing = Assert.Throws<SegmentReferenceException>(() => RulePreviewer.With(book, RuleJson.Parse("""{"v":1,"segment":"nobody-made-this"}"""), null));
        Assert.DoesNotContain("(new)", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sentences_call_a_segment_by_its_name_and_a_list_without_one_by_its_key()
    {
        var (vip, others) = (Segment(1, "vip", Everyone), Segment(2, "others", """{"v":1,"all":[{"not":{"segment":"vip"}},{"list":"met-2026"},{"list":"old"}]}"""));
        vip.Name = "Best of all";
        var spoken = new SpokenNames { Lists = new Dictionary<string, string> { ["met-2026"] = "Met at the fair" } };
        var book = new RuleBook([vip, others], [], new HashSet<string> { "met-2026", "old" }, spoken: spoken);
        const string Told = "Visitors who are not in the segment “Best of all”, and who are on the list “Met at the fair”, and who are on the list old.";
        Assert.Equal(Told, RuleSentence.Of(book.Segments["others"].Rule, book.Words));
        Assert.Equal(Told, MembershipExplanation.Of(book, book.Segments["others"], VisitorFacts.Unknown, At(Noon)).Needed);
    }

    [Fact]
    public void What_nobody_can_match_is_told_with_its_reason()
    {
        Assert.Equal("Nobody can match: number of orders >= 5 and < 2. Take one of them out, or put both into an \"any\".",
            RuleHints.Impossible(RuleJson.Parse("""{"v":1,"all":[{"attr":"orders.count","op":">=","value":5},{"attr":"orders.count","op":"<","value":2}]}"""), Money.Figures));
        Assert.Null(RuleHints.Impossible(RuleJson.Parse("""{"v":1,"all":[{"attr":"orders.count","op":">=","value":2},{"attr":"orders.count","op":"<","value":3}]}"""), Money.Figures));
        Assert.True(RuleHints.IsEveryone(RuleJson.Parse(Everyone)));
    }

    [Fact]
    public void A_cap_counts_from_the_midnight_of_the_shop_on_days_of_23_and_of_25_hours_too()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        foreach (var (midnight, noon) in new[] { ("2026-03-28T23:00:00Z", "2026-03-29T10:00:00Z"), ("2026-10-24T22:00:00Z", "2026-10-25T11:00:00Z"), ("2026-07-14T22:00:00Z", "2026-07-15T10:00:00Z") })
        {
            var start = DateTimeOffset.Parse(midnight, CultureInfo.InvariantCulture);
            var history = new VisitorHistory([Shown(start.AddMinutes(1)), Shown(start.AddMinutes(-1))]);
            var at = new Moment(DateTimeOffset.Parse(noon, CultureInfo.InvariantCulture), berlin);
            Assert.Equal((12, 1), (at.Local.Hour, BannerChooser.ShownToday(history, at)[7]));
        }
    }

    private static HistoryEvent Shown(DateTimeOffset at) => new(Guid.NewGuid(), at, EventType.BannerImpression, null, null, null, null, null, null, "home-strip", 7, null, null);

    private static Moment At(DateTimeOffset at) => new(at, TimeZoneInfo.Utc);

    private static Segment Segment(int id, string slug, string rule) => new() { Id = id, Slug = slug, Name = slug, Rule = rule, IsActive = true };

    private static Banner Banner(int id, int[] segments, int[] excluded) =>
        new() { Id = id, Name = "b", Title = "b", LinkUrl = "/", LinkLabel = "b", Placement = "home-strip", SegmentIds = segments, ExcludedSegmentIds = excluded };
}
