using System.Globalization;
using System.IO.Compression;
using CsvHelper;
using PetShop.Recommender.Content;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;

namespace PetShop.Benchmarks.Quality;

/// <summary>New products: a tenth of those bought by at least five customers is hidden from training, then ranked, by their names alone, for those who bought them.</summary>
/// <remarks>Only hidden products are ranked, for customers with at least five known ones. The map's settings were chosen with other products hidden (seed 1).</remarks>
internal static class ColdItemQuality
{
    private const string Set = "online_retail_uci", Protocol = Set + ", new products";
    private const int Seed = 3, LeastBuyers = 5, LeastKnown = 5, Length = 20;
    private static readonly DateTimeOffset Moment = new(2011, 12, 10, 0, 0, 0, TimeSpan.Zero);

    public static QualitySet Rows { get; } = new(Set, Measure);

    private static IReadOnlyList<QualityRow> Measure(string folder, Pace pace)
    {
        string[] codes = [.. Lines(folder, "products.csv.gz").Select(p => p[0]).Order(StringComparer.Ordinal)];
        var ids = codes.Select((code, i) => (code, i)).ToDictionary(c => c.code, c => c.i + 1);
        var content = ContentVectors.Of([.. Lines(folder, "products.csv.gz").Select(p => new ContentItem(ids[p[0]], p[1], "", []))], new());
        var pairs = Purchases(folder, ids);
        var buyers = pairs.GroupBy(p => p.Product).ToDictionary(g => g.Key, g => g.Count());
        var random = new Random(Seed);
        var hidden = buyers.Where(b => b.Value >= LeastBuyers).Select(b => b.Key).Order().Where(_ => random.NextDouble() < .1).ToHashSet();
        var matrix = Matrix(pairs.Where(p => !hidden.Contains(p.Product)), ids.Values);
        var truth = pairs.Where(p => hidden.Contains(p.Product)).GroupBy(p => p.Customer, p => matrix.Items.ColumnOf(p.Product))
            .Where(g => matrix.HistoryOf(g.Key).Length >= LeastKnown).ToDictionary(g => g.Key, g => g.ToHashSet());
        return Compare(matrix, content, hidden, buyers, truth);
    }

    private static IReadOnlyList<QualityRow> Compare(
        InteractionMatrix matrix, ContentVectors content, HashSet<int> hidden, Dictionary<int, int> buyers, Dictionary<Guid, HashSet<int>> truth)
    {
        int[] columns = [.. hidden.Order().Select(matrix.Items.ColumnOf)];
        var may = new Eligibility(matrix.ItemCount);
        foreach (var column in columns)
            may[column] = true;
        var plain = new AlsTrainer(new AlsOptions()).Train(matrix);
        var counts = ContentAwareTrainer.CountsOf(matrix);
        var mapped = new ColdItemMap(plain, counts, content, new()).Apply(plain, counts);
        int[] popular = [.. columns.OrderByDescending(c => buyers[matrix.Items[c]]).Take(Length)];
        var random = new Random(Seed);
        var chance = Ndcg(truth, _ => { random.Shuffle(columns); return columns[..Length]; });
        var ours = Ndcg(truth, customer => Top(mapped, customer));
        return
        [
            new(Protocol, "iALS, mapped by content", "NDCG@10", ours, 3 * chance, $"three times chance ({chance:0.0000})"),
            new(Protocol, "iALS, mapped by content", "NDCG@10", ours, Ndcg(truth, _ => popular), "popularity, had it known the hidden sales"),
            new(Protocol, "iALS, not mapped", "NDCG@10", Ndcg(truth, customer => Top(plain, customer))),
        ];

        int[] Top(FactorModel model, Guid customer)
        {
            var top = new Ranked[Length];
            return [.. top[..model.Top(matrix.HistoryOf(customer), may, top)].Select(r => r.Item)];
        }
    }

    private static double Ndcg(Dictionary<Guid, HashSet<int>> truth, Func<Guid, int[]> listFor) => truth.OrderBy(t => t.Key).Average(t =>
    {
        var gain = listFor(t.Key).Take(10).Select((item, place) => t.Value.Contains(item) ? 1 / Math.Log2(place + 2) : 0).Sum();
        return gain / Enumerable.Range(0, Math.Min(10, t.Value.Count)).Sum(place => 1 / Math.Log2(place + 2));
    });

    private static InteractionMatrix Matrix(IEnumerable<(Guid Customer, int Product)> pairs, IEnumerable<int> products)
    {
        var builder = new InteractionMatrixBuilder(Moment);
        foreach (var product in products)
            builder.AddProduct(product);
        foreach (var (customer, product) in pairs)
            builder.Add(customer, product, InteractionKind.Purchase, Moment);
        return builder.Build();
    }

    // Clean purchases: a known customer, quantity and price above 0, a product with a name; each pair once.
    private static (Guid Customer, int Product)[] Purchases(string folder, Dictionary<string, int> ids) =>
    [.. Lines(folder, "transactions.csv.gz")
        .Where(t => t[5].Length > 0 && ids.ContainsKey(t[1]) && Number(t[2]) > 0 && Number(t[4]) > 0)
        .Select(t => (new Guid((int)Number(t[5]), 0, 0, new byte[8]), ids[t[1]])).Distinct()];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> Lines(string folder, string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(folder, file)), CompressionMode.Decompress));
        using var csv = new CsvParser(reader, CultureInfo.InvariantCulture);
        csv.Read();
        while (csv.Read())
            yield return csv.Record!;
    }
}
