using FsCheck;
using FsCheck.Fluent;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Sessions;

namespace PetShop.Recommender.Tests.Sessions;

public sealed class SessionModelTests
{
    private static readonly SessionModelOptions Usual = new();

    [Fact]
    public void What_followed_in_sessions_like_this_one_comes_first()
    {
        // 10 then 20 leads to 30; 10 alone mostly to 40.
        var model = ModelOf([10, 20, 30], [10, 20, 30], [10, 40], [10, 40], [10, 40], [50, 60], [50, 60]);
        Assert.Equal(30, First(model, 10, 20));
        Assert.Equal(40, First(model, 10));
        Assert.Equal(60, First(model, 50));
    }

    [Fact]
    public void What_came_after_counts_more_than_what_came_before_when_asked_to()
    {
        var options = Usual with { BackwardWeight = 0.2 };
        Assert.Equal(30, First(ModelOf(options, [10, 20, 30], [10, 20, 30], [90, 91]), 20));
    }

    [Fact]
    public void A_near_click_says_more_than_a_far_one()
    {
        // No other session: all candidates are in the same one, and only their distance tells them apart.
        var model = ModelOf(Usual with { CandidateRarity = 0 }, [10, 20, 30, 40], [90, 91]);
        Assert.Equal([20, 30, 40], Products(model, 3, 10));
    }

    [Fact]
    public void The_latest_click_decides_between_two_interests()
    {
        var model = ModelOf([10, 11], [10, 11], [20, 21], [20, 21]);
        Assert.Equal(21, First(model, 10, 20));
        Assert.Equal(11, First(model, 20, 10));
    }

    [Fact]
    public void Newer_sessions_say_more_than_old_ones()
    {
        var builder = new SessionLogBuilder(Usual);
        builder.Add(Samples.Now.AddDays(-700), [10, 20]);
        builder.Add(Samples.Now.AddDays(-699), [10, 20]);
        builder.Add(Samples.Now, [10, 30]);
        Assert.Equal(30, First(new SessionModel(builder.Build(), Usual), 10));
    }

    [Fact]
    public void Only_eligible_products_are_listed_each_once_best_first()
    {
        var model = new SessionModel(RandomLog(400, 30, 5), Usual);
        var random = new Random(3);
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(-1, 32).ArrayOf().ToArbitrary(), clicks =>
        {
            var eligible = new Eligibility(model.Items.Count, all: true);
            foreach (var _ in Enumerable.Range(0, random.Next(30)))
                eligible[random.Next(model.Items.Count)] = false;
            var top = new Ranked[10];
            var list = top[..model.Top(clicks, eligible, top)];
            return list.All(r => eligible[r.Item] && float.IsFinite(r.Score) && r.Score > 0)
                && list.DistinctBy(r => r.Item).Count() == list.Length
                && list.Zip(list.Skip(1)).All(p => p.First.Score >= p.Second.Score)
                && (list.Length == 0 || model.Knows(clicks));
        }));
    }

    [Fact]
    public void The_same_sessions_give_the_same_lists_whatever_was_asked_before_and_by_how_many_at_once()
    {
        var log = RandomLog(500, 40, 9);
        var cases = Enumerable.Range(0, 200).Select(seed => { var r = new Random(seed); return Enumerable.Range(0, 1 + r.Next(6)).Select(_ => r.Next(log.Items.Count)).ToArray(); }).ToArray();
        var alone = new SessionModel(log, Usual);
        var expected = cases.Select(c => Lists(alone, c)).ToArray();
        var shared = new SessionModel(SessionFile.Read(SessionFile.Write(log)), Usual);
        var lists = new Ranked[cases.Length][];
        Parallel.For(0, cases.Length, i => lists[cases.Length - 1 - i] = Lists(shared, cases[^(i + 1)]));
        Assert.Equal(expected, lists);
    }

    [Fact]
    public void Nothing_clicked_or_nothing_known_gives_no_list()
    {
        var model = ModelOf([10, 20], [30, 40]);
        Assert.False(model.Knows([]));
        Assert.False(model.Knows([-1]));
        Assert.Empty(Lists(model, []));
        Assert.Empty(Lists(model, [-1, -1]));
    }

    [Fact]
    public void An_empty_shop_has_a_model_that_knows_nothing()
    {
        var model = new SessionModel(new SessionLogBuilder(Usual).Build(), Usual);
        Assert.Equal(0, model.Items.Count);
        Assert.Empty(Lists(model, [-1]));
        Assert.Equal(0, SessionFile.Read(SessionFile.Write(model.Log)).Count);
    }

    [Fact]
    public void Only_the_latest_sessions_and_clicks_are_kept()
    {
        var options = Usual with { MaxSessions = 3, MaxClicks = 4 };
        var builder = new SessionLogBuilder(options);
        for (var day = 0; day < 50; day++)
            builder.Add(Samples.Now.AddDays((day * 7) % 50), [day, 100, 101, 102, 103, 200 + day]);
        builder.Add(Samples.Now.AddDays(90), [7]);
        var log = builder.Build();
        Assert.Equal(3, log.Count);
        Assert.Equal(12, log.ClickCount);
        Assert.Equal(50, builder.AddedCount);
        Assert.Equal([101, 102, 103], log[0][..3].ToArray().Select(c => log.Items[c]));
        Assert.Equal(2, log.Days[^1] - log.Days[0]);
    }

    [Fact]
    public void How_often_people_go_back_is_counted_by_how_far()
    {
        // Moves: 1>2, 2>1 (one before the last), 1>1 (the last again), 3>4.
        var model = ModelOf([1, 2, 1, 1], [3, 4]);
        Assert.Equal(.25, model.ReturnChances[0], 1e-12);
        Assert.Equal(.25, model.ReturnChances[1], 1e-12);
        Assert.Equal(0, model.ReturnChances[2]);
    }

    [Fact]
    public void A_truncated_or_altered_file_is_refused()
    {
        var file = SessionFile.Write(RandomLog(20, 10, 1));
        Assert.Contains("truncated or was altered", Assert.Throws<InvalidDataException>(() => SessionFile.Read(file.AsSpan(..^1))).Message, StringComparison.Ordinal);
        file[40] ^= 1;
        Assert.Contains("truncated or was altered", Assert.Throws<InvalidDataException>(() => SessionFile.Read(file)).Message, StringComparison.Ordinal);
        Assert.Contains("not a PetShop session file", Assert.Throws<InvalidDataException>(() => SessionFile.Read(new byte[200])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        var log = RandomLog(5, 5, 1);
        Assert.Contains("Clicks", Assert.Throws<ArgumentException>(() => new SessionModel(log, Usual with { MaxClicks = 1 })).Message, StringComparison.OrdinalIgnoreCase);
        Assert.Throws<ArgumentException>(() => new SessionModel(log, Usual with { ClickFade = double.NaN }));
        Assert.Throws<ArgumentException>(() => new SessionModel(log, Usual with { HalfLife = TimeSpan.Zero }));
    }

    private static SessionModel ModelOf(params int[][] sessions) => ModelOf(Usual, sessions);

    private static SessionModel ModelOf(SessionModelOptions options, params int[][] sessions)
    {
        var builder = new SessionLogBuilder(options);
        foreach (var session in sessions)
            builder.Add(Samples.Now, session);
        return new SessionModel(builder.Build(), options);
    }

    private static SessionLog RandomLog(int sessions, int products, int seed)
    {
        var random = new Random(seed);
        var builder = new SessionLogBuilder(Usual);
        for (var s = 0; s < sessions; s++)
            builder.Add(Samples.Now.AddDays(random.Next(100)), [.. Enumerable.Range(0, 2 + random.Next(8)).Select(_ => random.Next(products))]);
        return builder.Build();
    }

    private static Ranked[] Lists(SessionModel model, int[] columns)
    {
        var top = new Ranked[10];
        return top[..model.Top(columns, new Eligibility(model.Items.Count, all: true), top)];
    }

    private static int[] Products(SessionModel model, int count, params int[] clicked)
    {
        var eligible = new Eligibility(model.Items.Count, all: true).Except(Array.ConvertAll(clicked, model.Items.ColumnOf));
        var top = new Ranked[count];
        return [.. top[..model.Top(Array.ConvertAll(clicked, model.Items.ColumnOf), eligible, top)].Select(r => model.Items[r.Item])];
    }

    private static int First(SessionModel model, params int[] clicked) => Products(model, 1, clicked)[0];
}
