using PetShop.Recommender.Interactions;

namespace PetShop.Benchmarks.Marks;

/// <summary>Interactions with the skew of real shops: a few products sell most (Zipf), most shoppers come once or twice (log-normal).</summary>
public static class SyntheticShop
{
    private const double ZipfExponent = 0.8;
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="spread">Deviation of the logarithm of how much shoppers buy.</param>
    public static InteractionMatrix Of(int shoppers, int items, int interactions, double spread, int seed = 11)
    {
        var random = new Random(seed);
        var popularity = Popularity(items);
        var builder = new InteractionMatrixBuilder(Now, maxEventsPerShopper: 5_000);
        for (var item = 0; item < items; item++)
            builder.AddProduct(item);
        // The mean of a log-normal number is e^(m + s^2 / 2).
        var mean = Math.Log((double)interactions / shoppers) - spread * spread / 2;
        for (var shopper = 0; shopper < shoppers; shopper++)
        {
            var count = Math.Clamp(Math.Exp(mean + spread * Normal(random)), 1, Math.Min(2_000, items / 3));
            AddShopper(builder, new Guid(shopper, 0, 0, new byte[8]), (int)Math.Round(count), popularity, random);
        }
        return builder.Build();
    }

    private static void AddShopper(InteractionMatrixBuilder builder, Guid shopper, int count, double[] popularity, Random random)
    {
        var seen = new HashSet<int>(count);
        while (seen.Count < count)
        {
            var place = Array.BinarySearch(popularity, random.NextDouble() * popularity[^1]);
            var item = place < 0 ? ~place : place;
            if (seen.Add(item))
                builder.Add(shopper, item, random.Next(4) == 0 ? InteractionKind.Purchase : InteractionKind.View, Now.AddHours(-random.Next(4_000)));
        }
    }

    // Running sums of the products' shares.
    private static double[] Popularity(int items)
    {
        var sums = new double[items];
        for (var item = 0; item < items; item++)
            sums[item] = (item > 0 ? sums[item - 1] : 0) + Math.Pow(item + 10, -ZipfExponent);
        return sums;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
