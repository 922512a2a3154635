using System.Globalization;

namespace PetShop.Benchmarks.Quality;

/// <summary>A line of an order; users and products are numbered.</summary>
public readonly record struct Purchase(int User, int Item, DateTimeOffset At, float Quantity);

/// <summary>Reads and cuts the Online Retail data as the peers' figures were taken.</summary>
public static class OnlineRetailData
{
    /// <summary>Lines of known customers with a quantity and a price above 0, of products alone: postage, fees and corrections have codes without leading digit.</summary>
    public static List<Purchase> Clean(string folder)
    {
        List<Purchase> clean = [];
        var products = new Dictionary<string, int>();
        foreach (var row in PublicSplit.Rows(folder, "transactions.csv.gz"))
        {
            if (row is not [_, var code, var quantity, var date, var price, { Length: > 0 } customer, ..] || !char.IsAsciiDigit(code[0]))
                continue;
            if (Number(quantity) <= 0 || Number(price) <= 0)
                continue;
            if (!products.TryGetValue(code, out var product))
                products.Add(code, product = products.Count);
            clean.Add(new Purchase((int)Number(customer), product, DateTimeOffset.Parse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), (float)Number(quantity)));
        }
        return clean;
    }

    /// <summary>The first purchase of each product by a customer.</summary>
    public static List<Purchase> FirstPurchases(string folder) =>
        [.. Clean(folder).OrderBy(p => p.At).DistinctBy(p => (p.User, p.Item))];

    /// <summary>Leaves out customers and products with too few others until none is left.</summary>
    public static List<Purchase> FiveCore(List<Purchase> purchases, int least)
    {
        while (true)
        {
            var users = purchases.CountBy(p => p.User).ToDictionary();
            var items = purchases.CountBy(p => p.Item).ToDictionary();
            List<Purchase> kept = [.. purchases.Where(p => users[p.User] >= least && items[p.Item] >= least)];
            if (kept.Count == purchases.Count)
                return kept;
            purchases = kept;
        }
    }

    /// <summary>Each customer's first 70 %, next 10 % and last 20 %, rounded down at both cuts; lines of one moment in the order of the file.</summary>
    public static (List<(int User, int Item)> Train, List<(int User, int Item)> Validation, List<(int User, int Item)> Test) SplitByCustomer(List<Purchase> purchases)
    {
        List<(int, int)> train = [], validation = [], test = [];
        foreach (var user in purchases.GroupBy(p => p.User))
        {
            (int, int)[] own = [.. user.OrderBy(p => p.At).Select(p => (p.User, p.Item))];
            int first = own.Length * 7 / 10, second = own.Length * 8 / 10;
            train.AddRange(own[..first]);
            validation.AddRange(own[first..second]);
            test.AddRange(own[second..]);
        }
        return (train, validation, test);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
