using PetShop.Targeting.Groups;
using PetShop.Targeting.Segments;
using PetShop.Targeting.Tests.Lifetime;
using PetShop.Targeting.Tests.Segments;
using Xunit.Abstractions;

namespace PetShop.Targeting.Tests.Groups;

/// <summary>Clusters are told in words and become rules.</summary>
public sealed class ClusterPortraitTests(ITestOutputHelper output)
{
    // Ten heavy buyers among ninety light ones; recency says nothing.
    private static readonly GroupInput TenOfAHundred = new(GroupFeature.OfBuyers,
        [[.. Enumerable.Range(0, 100).Select(i => (long)(i / 10))], [.. Enumerable.Range(0, 100).Select(i => i % 10 == 0 ? 20L : 2)], [.. Enumerable.Range(0, 100).Select(i => i % 10 == 0 ? 90_037L + i : 3_000 + i)]]);

    private static readonly int[] Labels = [.. Enumerable.Range(0, 100).Select(i => i % 10 == 0 ? 1 : 0)];

    [Fact]
    public void A_portrait_names_what_sets_a_cluster_apart_and_leaves_out_what_does_not()
    {
        var portrait = ClusterPortrait.Of(TenOfAHundred, Labels, 1);
        Assert.Equal((10, 0.1), (portrait.Size, portrait.Share));
        Assert.Equal("Ordered much more often (20 against 2), spent much more (90077 minor units against 3049 minor units).", portrait.Sentence());
        Assert.Equal("ordered much more often, spent much more", portrait.Name());
        Assert.Equal("Ordered much less often (2 against 20), spent much less (€ 30 against € 900).", ClusterPortrait.Of(TenOfAHundred, Labels, 0).Sentence((t, v) => t.Unit == "minor units" ? $"€ {v / 100}" : $"{v}"));
    }

    [Fact]
    public void A_cluster_of_everyone_is_like_everyone_else() =>
        Assert.Equal("Much like everyone else.", ClusterPortrait.Of(TenOfAHundred, new int[100], 0).Sentence());

    [Fact]
    public void A_cluster_that_bounds_can_tell_becomes_an_exact_rule_with_round_figures()
    {
        var adopted = AdoptedRule.Learn(TenOfAHundred, Labels, 1);
        Assert.Equal((1, 1, 10), (adopted.Precision, adopted.Recall, adopted.Matching));
        Assert.Equal(RuleJson.Parse("""{"v":1,"attr":"orders.count","op":">=","value":10}"""), adopted.Rule);
    }

    [Fact]
    public void Who_was_not_grouped_stays_out_of_the_rule()
    {
        var adopted = AdoptedRule.Learn(TenOfAHundred, Labels, 0, RuleJson.Parse("""{"v":1,"attr":"orders.count","op":">=","value":1}"""));
        Assert.Equal(RuleJson.Parse("""{"v":1,"all":[{"attr":"orders.count","op":">=","value":1},{"attr":"orders.count","op":"<","value":10}]}"""), adopted.Rule);
    }

    [Fact]
    public void A_cluster_of_everyone_is_a_rule_of_everyone()
    {
        var adopted = AdoptedRule.Learn(TenOfAHundred, new int[100], 0);
        Assert.Equal(new AllRule([]), adopted.Rule);
        Assert.Equal((1, 1), (adopted.Precision, adopted.Recall));
    }

    [SkippableFact]
    public void Clusters_of_a_real_shop_become_rules_that_hold_whom_they_say()
    {
        var (input, labels) = FourRealClusters();
        for (var c = 0; c < 4; c++)
        {
            var (portrait, adopted) = (ClusterPortrait.Of(input, labels, c), AdoptedRule.Learn(input, labels, c));
            output.WriteLine($"{portrait.Share:P0}: {portrait.Sentence()}\n  {RuleSentence.Of(adopted.Rule, Props.Euros)}\n  precision {adopted.Precision:0.000}, recall {adopted.Recall:0.000}, {adopted.Matching} of {portrait.Size}");
            Assert.Equal(adopted.Rule, RuleJson.Parse(RuleJson.Write(adopted.Rule)));
            Assert.InRange(adopted.Precision, 0.7, 1);
            Assert.InRange(adopted.Recall, 0.7, 1);
            Judge(input, labels, c, adopted);
        }
    }

    [Fact]
    public void Groups_need_stored_numbers_of_one_length()
    {
        Assert.Throws<ArgumentException>(() => new GroupInput([new(TraitCatalogue.Get("place.city"), false, "", "")], [[1]]));
        Assert.Throws<ArgumentException>(() => new GroupInput(GroupFeature.OfBuyers, [[1], [1, 2], [1]]));
        Assert.Throws<ArgumentException>(() => AdoptedRule.Learn(TenOfAHundred, Labels, 7));
        Assert.Throws<ArgumentException>(() => ClusterPortrait.Of(TenOfAHundred, Labels, 7));
    }

    /// <summary>Precision and recall once more, by asking the rule itself about every buyer.</summary>
    private static void Judge(GroupInput input, int[] labels, int cluster, AdoptedRule adopted)
    {
        var at = new Moment(new DateTimeOffset(2011, 12, 10, 0, 0, 0, TimeSpan.Zero), TimeZoneInfo.Utc);
        var draft = Props.Set.Draft(adopted.Rule);
        var held = Enumerable.Range(0, input.Count).Where(i => draft.Matches(Buyer(input, i, at), at)).ToList();
        Assert.Equal(adopted.Matching, held.Count);
        Assert.Equal(adopted.Precision, (double)held.Count(i => labels[i] == cluster) / held.Count, 9);
        Assert.Equal(adopted.Recall, (double)held.Count(i => labels[i] == cluster) / labels.Count(l => l == cluster), 9);
    }

    private static VisitorFacts Buyer(GroupInput input, int i, Moment at) => VisitorFacts.Unknown with
    {
        Consents = (ConsentPurposes)15, LastOrderAt = at.AsOf.AddDays(-input.Columns[0][i]), OrdersCount = (int)input.Columns[1][i], RevenueMinor = input.Columns[2][i],
    };

    private static (GroupInput Input, int[] Labels) FourRealClusters()
    {
        var rows = RetailRfm.Rows();
        var input = new GroupInput(GroupFeature.OfBuyers,
            [[.. rows.Select(r => long.Parse(r[1]))], [.. rows.Select(r => long.Parse(r[2]))], [.. rows.Select(r => (long)Math.Round(100 * Cdnow.Number(r[3])))]]);
        return (input, [.. rows.Select(r => int.Parse(r[9]))]);
    }
}
