using System.Numerics.Tensors;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;

namespace PetShop.Benchmarks.Marks;

/// <summary>What one thread needs for a shopper: the fold-in, the exact scan beside a bare scan of dot products, a whole rail; and the memory of a model.</summary>
public static class ServingMarks
{
    private const int Rank = 64;

    public static void Add(MarkTable table, Pace pace)
    {
        var model = Model(20_000);
        var history = History(model.Items.Count);
        var vector = new float[Rank];
        var fold = Repeated.Of(() => model.FoldIn(history, vector));
        table.Add("fold-in of 20 events, median", fold.Median, "us", mark: 70);
        table.Add("fold-in of 20 events, p99 of CPU time", fold.CpuP99, "us", mark: 200);
        AddScan(table, model, markMs: 0.5);
        AddScan(table, Model(115_000), markMs: 5);
        AddRail(table, model, history);
        AddMemory(table, model);
    }

    private static void AddScan(MarkTable table, FactorModel model, double markMs)
    {
        var vector = new float[Rank];
        model.FoldIn(History(model.Items.Count), vector);
        var (all, top) = (new Eligibility(model.Items.Count, all: true), new Ranked[100]);
        var scan = Repeated.Of(() => model.TopFor(vector, all, top));
        var scores = new float[model.Items.Count];
        var bare = Repeated.Of(() =>
        {
            for (var row = 0; row < scores.Length; row++)
                scores[row] = TensorPrimitives.Dot<float>(vector, model.FactorsOf(row));
        });
        table.Add($"exact top 100 of {model.Items.Count:N0} products, median", scan.Median / 1000, "ms", markMs, bare.Median / 1000);
        table.Add("allocated by that scan", scan.AllocatedBytes, "bytes", mark: 0);
    }

    private static void AddRail(MarkTable table, FactorModel model, Interaction[] history)
    {
        var rail = new SampleRail(model);
        var whole = Repeated.Of(() => rail.Plan(history));
        table.Add("rail of 20,000 products (eligibility, 500 candidates, ranking, diversity), median", whole.Median / 1000, "ms");
        table.Add("rail of 20,000 products, p99 of CPU time", whole.CpuP99 / 1000, "ms", mark: 2);
    }

    private static void AddMemory(MarkTable table, FactorModel model)
    {
        var info = new ModelInfo { Version = "1", Trainer = "als", TrainedAt = default, DataCutoff = default };
        var file = ModelFile.Write(new StoredModel(info, model));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var loaded = ModelFile.Read(file);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        table.Add($"memory of a loaded model of {((FactorModel)loaded.Model).Items.Count:N0} products, times its factors", (double)grown / (model.Factors.Length * sizeof(float)), "x", mark: 1.2);
    }

    private static FactorModel Model(int products)
    {
        var random = new Random(7);
        var factors = new float[products * Rank];
        for (var i = 0; i < factors.Length; i++)
            factors[i] = (float)(random.NextDouble() - 0.5) / 4;
        return new FactorModel(ItemIndex.Of(Enumerable.Range(1, products)), Rank, factors, new FoldInOptions());
    }

    private static Interaction[] History(int products) => [.. Enumerable.Range(0, 20).Select(i => new Interaction(i * (products / 20), 1 + i % 5))];
}
