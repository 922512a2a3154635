using PetShop.Targeting.Groups;
using PetShop.Targeting.Tests.Lifetime;

namespace PetShop.Targeting.Tests.Groups;

/// <summary>4,338 buyers of a real web shop, with the scores and clusters scikit-learn finds.</summary>
internal static class RetailRfm
{
    public const string Set = "kmeans_rfm_reference";

    public static List<string[]> Rows() => [.. PublicData.Rows(PublicData.Require(Set), "online_retail_rfm.csv.gz")];

    public static FeatureTable Points(List<string[]> rows) =>
        FeatureTable.Of([.. Enumerable.Range(1, 3).Select(column => rows.Select(r => Cdnow.Number(r[column])).ToArray())], [true, true, true]);
}
