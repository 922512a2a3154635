using PetShop.Recommender.Ranking;
using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Tests.Recommendations;

public sealed class ScoreSheetsTests
{
    private const int Items = 50;

    [Fact]
    public void People_served_at_once_never_get_each_others_list()
    {
        var sheets = new ScoreSheets(Items);
        // Many more people than sheets, so that each sheet goes from hand to hand.
        Person[] people = [.. Enumerable.Range(0, 400).Select(i => new Person(i % Items))];
        Parallel.For(0, 20_000, i =>
        {
            var person = people[i * 31 % people.Length];
            Assert.Equal(person.Favourite, BestOf(sheets, person));
        });
    }

    [Fact]
    public void The_lists_of_one_page_come_from_one_scoring_and_a_scoring_that_failed_is_not_kept()
    {
        var sheets = new ScoreSheets(Items);
        var person = new Person(7);
        Assert.Throws<ArithmeticException>(() => sheets.Select(person, static (_, _) => throw new ArithmeticException(), First, new Ranked[1]));
        Assert.Equal(7, BestOf(sheets, person));
        Assert.Equal(7, BestOf(sheets, person));
        Assert.Equal(1, person.Scored);
    }

    private static int BestOf(ScoreSheets sheets, Person person)
    {
        var best = new Ranked[1];
        Assert.Equal(1, sheets.Select(person, static (p, scores) => p.Score(scores), First, best));
        return best[0].Item;
    }

    private static int First(ReadOnlySpan<float> scores, Span<Ranked> top) => TopList.Select(scores, new Eligibility(scores.Length, all: true), top);

    private sealed class Person(int favourite)
    {
        public int Favourite { get; } = favourite;
        public int Scored { get; private set; }

        public void Score(Span<float> scores)
        {
            Scored++;
            scores.Clear();
            scores[Favourite] = 1;
        }
    }
}
