using PetShop.Targeting.Groups;
using PetShop.Targeting.Tests.Lifetime;

namespace PetShop.Targeting.Tests.Groups;

public sealed class RfmTests
{
    [Fact]
    public void Equal_values_score_equally_however_many_there_are() =>
        Assert.Equal([1, 1, 1, 1, 1, 1, 4, 4, 5, 5], RfmScores.Fifths([1, 1, 1, 1, 1, 1, 2, 3, 5, 9]));

    [Fact]
    public void One_buyer_or_none_is_no_trouble()
    {
        Assert.Equal([1], RfmScores.Fifths([7]));
        Assert.Empty(RfmScores.Fifths([]));
    }

    [Fact]
    public void Order_of_the_buyers_does_not_matter() =>
        Assert.Equal(RfmScores.Fifths([9, 1, 5, 1, 3]).Order(), RfmScores.Fifths([1, 1, 3, 5, 9]));

    // The reference counts ceil(5 place / n) and breaks ties by row. Ours puts ties together at their first place and divides by n - 1,
    // as percent rank does; that alone moves a buyer who stands exactly at the end of a fifth.
    [SkippableFact]
    public void Scores_of_a_real_shop_equal_the_reference_but_at_the_very_ends_of_fifths()
    {
        var rows = RetailRfm.Rows();
        var scores = RfmScores.Of([.. rows.Select(r => (-long.Parse(r[1]), long.Parse(r[2]), Thousandths(r[3])))]);
        var moved = 0;
        foreach (var (read, score, ours) in new (Func<string[], long>, int, Func<RfmScores, int>)[]
            { (r => -long.Parse(r[1]), 4, s => s.Recency), (r => long.Parse(r[2]), 5, s => s.Frequency), (r => Thousandths(r[3]), 6, s => s.Monetary) })
        {
            var least = rows.GroupBy(read).ToDictionary(g => g.Key, g => g.Min(r => int.Parse(r[score])));
            for (var i = 0; i < rows.Count; i++)
            {
                if (ours(scores[i]) == least[read(rows[i])])
                    continue;
                moved++;
                var place = 1 + rows.Count(r => read(r) < read(rows[i]));
                Assert.Equal(Math.Ceiling(5.0 * place / rows.Count), 1 + Math.Floor(5.0 * (place - 1) / (rows.Count - 1)) + 1);
            }
        }
        Assert.Equal(2, moved);
    }

    private static long Thousandths(string money) => (long)Math.Round(Cdnow.Number(money) * 1000);

    [Fact]
    public void Every_triple_of_scores_has_exactly_one_name()
    {
        var names = new HashSet<string>();
        foreach (var r in Enumerable.Range(1, 5))
            foreach (var f in Enumerable.Range(1, 5))
                foreach (var m in Enumerable.Range(1, 5))
                {
                    var worth = (f + m + 1) / 2;
                    Assert.Single(RfmSegment.All, s => r >= s.RecencyFrom && r <= s.RecencyTo && worth >= s.WorthFrom && worth <= s.WorthTo);
                    names.Add(RfmSegment.Of(r, f, m)!.Name);
                }
        Assert.Equal(RfmSegment.All.Count, names.Count);
    }

    [Theory]
    [InlineData(5, 5, 5, "champions")]
    [InlineData(5, 1, 1, "new")]
    [InlineData(1, 5, 5, "cannot lose")]
    [InlineData(1, 1, 1, "hibernating")]
    public void Names_say_what_the_scores_mean(int r, int f, int m, string name) => Assert.Equal(name, RfmSegment.Of(r, f, m)!.Name);

    [Fact]
    public void Who_never_bought_has_no_name() => Assert.Null(RfmSegment.Of(null, null, null));

    [Fact]
    public void Scores_outside_the_scale_are_refused() => Assert.Throws<ArgumentException>(() => RfmSegment.Of(6, 1, 1));
}
