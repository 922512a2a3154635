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
        Assert.Throws<ArithmeticException>(() => sheets.Top(person, All, All, static (_, _, _) => throw new ArithmeticException(), new Ranked[1]));
        Assert.Equal(7, BestOf(sheets, person));
        Assert.Equal(7, BestOf(sheets, person));
        Assert.Equal(1, person.Scored);
    }

    [Fact]
    public void What_was_not_scored_yet_is_scored_when_a_list_asks_for_it()
    {
        var (sheets, person) = (new ScoreSheets(Items), new Person(7));
        Assert.Equal(0, BestOf(sheets, person, All.Copy().Except([7])));
        Assert.Equal(7, BestOf(sheets, person));
        Assert.Equal(0, BestOf(sheets, person, All.Copy().Except([7, 8])));
        Assert.Equal(2, person.Scored);
    }

    private static readonly Eligibility All = new(Items, all: true);

    private static int BestOf(ScoreSheets sheets, Person person, Eligibility? among = null)
    {
        var best = new Ranked[1];
        Assert.Equal(1, sheets.Top(person, among ?? All, among ?? All, static (p, wanted, scores) => p.Score(wanted, scores), best));
        return best[0].Item;
    }

    private sealed class Person(int favourite)
    {
        public int Favourite { get; } = favourite;
        public int Scored { get; private set; }

        // Beside what nobody asked for stands nonsense, as a model may leave it.
        public void Score(Eligibility wanted, Span<float> scores)
        {
            Scored++;
            for (var item = 0; item < scores.Length; item++)
                scores[item] = wanted[item] ? item == Favourite ? 1 : 0 : 99;
        }
    }
}
