using System.Collections;
using System.Reflection;
using System.Runtime.InteropServices;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Tests.Ranking;

public sealed class FactorModelCostTests
{
    private const int Products = 5_000, Rank = 64;
    private static readonly FactorModel Model = Random();

    [Fact]
    public void From_click_to_list_nothing_is_allocated()
    {
        Interaction[] history = [.. Enumerable.Range(0, 20).Select(i => new Interaction(i * 11, 1 + i % 5))];
        Interaction[] longer = [.. Enumerable.Range(0, 120).Select(i => new Interaction(i * 7, 1 + i % 5))];
        var eligible = new Eligibility(Products, all: true).Except([11, 22]);
        Ranked[] top = new Ranked[100], like = new Ranked[24];
        Serve();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++)
            Serve();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Serve()
        {
            Model.Top(history, eligible, top);
            Model.Top(longer, eligible, top);
            Model.TopLike(3, eligible, like);
        }
    }

    [Fact]
    public void A_loaded_model_keeps_little_more_in_memory_than_its_factors()
    {
        var info = new ModelInfo { Version = "1", Trainer = "als", TrainedAt = Samples.Now, DataCutoff = Samples.Now };
        var loaded = (FactorModel)ModelFile.Read(ModelFile.Write(new StoredModel(info, Model))).Model;
        loaded.FoldIn([new Interaction(1, 2)], new float[Rank]);
        var factors = (long)Products * Rank * sizeof(float);
        Assert.InRange(BytesOf(loaded, []), factors, factors * 1.2);
    }

    // Every array of numbers that can be reached, each counted once.
    private static long BytesOf(object? value, HashSet<object> seen)
    {
        if (value is null or string or Type or MemberInfo or Delegate || value.GetType().IsPrimitive || value.GetType().IsEnum || (!value.GetType().IsValueType && !seen.Add(value)))
            return 0;
        if (value is Array { Rank: 1 } array && array.GetType().GetElementType()!.IsPrimitive)
            return Buffer.ByteLength(array);
        if (value is Array { Rank: 1 } structs && structs.GetType().GetElementType()!.IsValueType)
            return (long)structs.Length * Marshal.SizeOf(structs.GetType().GetElementType()!);
        if (value is IEnumerable several)
            return several.Cast<object?>().Sum(one => BytesOf(one, seen));
        const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy;
        return value.GetType().GetFields(Fields).Sum(field => BytesOf(field.GetValue(value), seen));
    }

    private static FactorModel Random()
    {
        var random = new Random(5);
        float[] factors = [.. Enumerable.Range(0, Products * Rank).Select(_ => (float)random.NextDouble() - .5f)];
        return new FactorModel(ItemIndex.Of(Enumerable.Range(1, Products)), Rank, factors, new FoldInOptions());
    }
}
