using PetShop.Targeting.Pricing;
using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Tests.Pricing;

public sealed class OfferFitnessTests
{
    private const string Dogs = """{"v":1,"attr":"pet.any","where":{"attr":"species","op":"is","value":"dog"}}""";

    [Theory]
    [InlineData("""{"v":1,"attr":"person.age_band","op":"is","value":"65+"}""", "rests on age band, which never sets a price")]
    [InlineData("""{"v":1,"all":[{"attr":"pets.count","op":">=","value":1},{"not":{"attr":"place.city","op":"is","value":"Utrecht"}}]}""", "rests on city, which never sets a price")]
    [InlineData("""{"v":1,"segment":"seniors"}""", "rests on age band (through the segment 'seniors'), which never sets a price")]
    [InlineData("""{"v":1,"any":[{"segment":"dogs"},{"segment":"above"}]}""", "rests on age band (through the segment 'above'), which never sets a price")]
    [InlineData("""{"v":1,"attr":"visit.device","op":"is","value":"phone"}""", "decided anew on each page (device)")]
    public void A_segment_that_rests_on_what_never_sets_a_price_is_refused_and_told_why(string rule, string says) =>
        Assert.Contains(says, Assert.Single(Faults(rule, 5000)), StringComparison.Ordinal);

    [Theory]
    [InlineData(49, "has 49 members; a price needs at least 50")]
    [InlineData(1, "has 1 member; a price needs at least 50")]
    [InlineData(null, "are being counted")]
    public void A_segment_needs_fifty_members_that_are_counted(int? members, string says) => Assert.Contains(says, Assert.Single(Faults(Dogs, members)), StringComparison.Ordinal);

    [Fact]
    public void A_sound_segment_of_fifty_is_fit() => Assert.Empty(Faults(Dogs, 50));

    [Fact]
    public void One_whose_time_is_to_come_has_nobody_to_count_yet() => Assert.Empty(OfferFitness.Faults("Dogs", Compiled(Dogs), true, null, Set, isOutOfTime: true));

    [Fact]
    public void One_that_is_off_or_whose_rule_cannot_be_used_is_not()
    {
        Assert.Contains("switched off", Assert.Single(OfferFitness.Faults("Dogs", Compiled(Dogs), false, 50, Set)), StringComparison.Ordinal);
        Assert.Contains("cannot be used", Assert.Single(OfferFitness.Faults("Dogs", null, true, 50, Set)), StringComparison.Ordinal);
    }

    private static readonly SegmentSet Set = new(new Dictionary<string, Rule>
    {
        ["seniors"] = Parse("""{"v":1,"attr":"person.age_band","op":"is","value":"65+"}"""), ["above"] = Parse("""{"v":1,"segment":"seniors"}"""), ["dogs"] = Parse(Dogs),
    });

    private static IEnumerable<string> Faults(string rule, int? members) => OfferFitness.Faults("Draft", Compiled(rule), true, members, Set);

    private static CompiledSegment Compiled(string rule) => Set.Draft(Parse(rule));

    private static Rule Parse(string json) => RuleJson.TryParse(json, out var rule, out var errors) ? rule! : throw new FormatException(string.Join(" ", errors));
}
