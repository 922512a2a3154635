using System.IO.Compression;
using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Interactions;

namespace PetShop.Benchmarks.Quality;

/// <summary>Public data in three parts: settings are chosen by validation, figures are taken on the test part after training on the two others.</summary>
/// <param name="Validation">The first part, tested by the second.</param>
/// <param name="Test">The first two parts, tested by the third.</param>
public sealed record PublicSplit(Holdout Validation, Holdout Test)
{
    /// <summary>Every pair counts alike, as published figures have it; the three parts hold each pair once, but for repeats that test may ask for.</summary>
    public static PublicSplit Of(IReadOnlyCollection<(int User, int Item)> train, IReadOnlyCollection<(int User, int Item)> validation, IReadOnlyCollection<(int User, int Item)> test)
    {
        int[] products = [.. train.Concat(validation).Concat(test).Select(p => p.Item).Distinct()];
        return new PublicSplit(HoldoutOf(train, validation, products), HoldoutOf([.. train, .. validation], test, products));
    }

    /// <summary>Pairs to learn from and pairs to test with.</summary>
    public static Holdout HoldoutOf(IReadOnlyCollection<(int User, int Item)> train, IReadOnlyCollection<(int User, int Item)> test, IEnumerable<int> products)
    {
        var matrix = InteractionMatrix.Of(train.Select(p => (Shopper(p.User), p.Item, 1f)), products);
        return new Holdout(matrix, CasesOf(matrix, test), 0);
    }

    /// <summary>The cases of a matrix whose shoppers need not be in it.</summary>
    public static HeldOut[] CasesOf(InteractionMatrix matrix, IEnumerable<(int User, int Item)> test) =>
        [.. test.GroupBy(p => p.User).OrderBy(g => Shopper(g.Key)).Select(g => new HeldOut(Shopper(g.Key), [.. g.Select(p => matrix.Items.ColumnOf(p.Item)).Order()]))];

    /// <summary>The id a numbered user gets.</summary>
    public static Guid Shopper(int number) => new(number, 0, 0, new byte[8]);

    /// <summary>Rows of a compressed table, without its head.</summary>
    public static IEnumerable<string[]> Rows(string folder, string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(folder, file)), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
            yield return line.Split(',');
    }

    /// <summary>Takes a share of each user's pairs away at random, at least one where the user keeps one; for sets whose validation part is not published.</summary>
    public static (List<(int User, int Item)> Kept, List<(int User, int Item)> Taken) Take(IEnumerable<(int User, int Item)> pairs, double share, int seed)
    {
        var random = new Random(seed);
        List<(int, int)> kept = [], taken = [];
        foreach (var user in pairs.GroupBy(p => p.User).OrderBy(g => g.Key))
        {
            (int, int)[] own = [.. user.OrderBy(p => p.Item)];
            random.Shuffle(own);
            var count = own.Length < 2 ? 0 : Math.Max(1, (int)(share * own.Length));
            taken.AddRange(own[..count]);
            kept.AddRange(own[count..]);
        }
        return (kept, taken);
    }
}
