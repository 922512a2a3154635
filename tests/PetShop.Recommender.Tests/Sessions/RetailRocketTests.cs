using PetShop.Recommender.Ranking;
using PetShop.Recommender.Sessions;

namespace PetShop.Recommender.Tests.Sessions;

public sealed class RetailRocketTests
{
    // The README of the set: 55.9 % and 27.1 %, by session neighbours. Every fifth case keeps the test short; the benchmark takes all.
    [SkippableFact]
    public void Sessions_of_a_real_shop_are_continued_better_than_by_plain_neighbours()
    {
        var folder = PublicData.Require("retailrocket_sessions");
        var options = new SessionModelOptions();
        var builder = new SessionLogBuilder(options);
        var at = Samples.Now;
        foreach (var row in PublicData.Rows(folder, "train_sessions.csv.gz"))
            builder.Add(at = at.AddSeconds(94), Array.ConvertAll(row[1].Split(' '), int.Parse));
        var model = new SessionModel(builder.Build(), options);
        var all = new Eligibility(model.Items.Count, all: true);
        var top = new Ranked[20];
        double cases = 0, hits = 0, reciprocal = 0;
        foreach (var row in PublicData.Rows(folder, "test_prefixes.csv.gz").Where((_, i) => i % 5 == 0))
        {
            var found = model.Top([.. row[1].Split(' ').Select(p => model.Items.ColumnOf(int.Parse(p)))], all, top);
            var place = Array.FindIndex(top, 0, found, r => r.Item == model.Items.ColumnOf(int.Parse(row[2])));
            (cases, hits, reciprocal) = (cases + 1, hits + (place >= 0 ? 1 : 0), reciprocal + (place >= 0 ? 1.0 / (place + 1) : 0));
        }
        Assert.True(hits / cases > 0.559, $"Hit rate {hits / cases:0.0000}");
        Assert.True(reciprocal / cases > 0.271, $"MRR {reciprocal / cases:0.0000}");
    }
}
