using PetShop.Recommender.Interactions;

namespace PetShop.Recommender.Tests;

/// <summary>Small seeded inputs with something to learn.</summary>
internal static class Samples
{
    public static DateTimeOffset Now { get; } = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public static Guid Shopper(int number) => new(number, 0, 0, new byte[8]);

    /// <summary>Shoppers who mostly buy within one of four departments; product ids are 1000, 1001...</summary>
    public static InteractionMatrix Departments(int shoppers = 300, int items = 80, int each = 12, int seed = 7)
    {
        var random = new Random(seed);
        var builder = new InteractionMatrixBuilder(Now);
        for (var i = 0; i < items; i++)
            builder.AddProduct(1000 + i);
        for (var u = 0; u < shoppers; u++)
        {
            for (var n = 0; n < each; n++)
                builder.Add(Shopper(u), 1000 + Pick(random, u % 4, items), InteractionKind.Purchase, Now.AddDays(-random.Next(300)));
        }
        return builder.Build();
    }

    /// <summary>Every pair with confidence 1, as published figures have it; shopper number u is <see cref="Shopper"/>(u).</summary>
    public static InteractionMatrix Binary(IEnumerable<(int User, int Item)> pairs, IEnumerable<int> products)
    {
        var items = ItemIndex.Of(products);
        var users = pairs.Distinct().GroupBy(p => p.User).OrderBy(g => Shopper(g.Key)).ToArray();
        var cells = users.SelectMany(g => g.Select(p => new Interaction(items.ColumnOf(p.Item), 1)).OrderBy(c => c.Index)).ToArray();
        var starts = new int[users.Length + 1];
        for (var u = 0; u < users.Length; u++)
            starts[u + 1] = starts[u] + users[u].Distinct().Count();
        return new InteractionMatrix(items, [.. users.Select(g => Shopper(g.Key))], new CompressedRows(starts, cells), Now);
    }

    public static int Pick(Random random, int department, int items)
    {
        var popular = (int)(items / 4 * random.NextDouble() * random.NextDouble());
        return random.NextDouble() < .9 ? popular * 4 + department : random.Next(items);
    }
}
