using System.Globalization;
using PetShop.Targeting.Lifetime;

namespace PetShop.Targeting.Tests.Lifetime;

/// <summary>The 2,357 buyers of CDNOW's published sample, in weeks and in cents.</summary>
internal static class Cdnow
{
    public static readonly BgNbd Published = new(0.243, 4.414, 0.793, 2.426);
    public static readonly BgNbd Fitted = new(0.24259290, 4.41353160, 0.79288615, 2.42575373);
    public static readonly GammaGamma PublishedSpend = new(6.25, 3.74, 15.44);

    public static List<(PurchaseHistory Orders, SpendHistory Spend)> Buyers() =>
        [.. PublicData.Rows(PublicData.Require("cdnow"), "summary_with_transactions.csv.gz")
            .Select(row => (new PurchaseHistory(int.Parse(row[1]), Number(row[2]), Number(row[3])), new SpendHistory(int.Parse(row[1]), Number(row[4]))))];

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    public static void Close(double expected, double actual, double tolerance = 1e-5) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Abs(expected), $"{actual:R} is not {expected:R}");
}
