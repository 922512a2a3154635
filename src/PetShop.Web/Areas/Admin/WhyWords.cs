using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Areas.Admin;

/// <summary>The words in which evidence is told.</summary>
public static class WhyWords
{
    /// <summary>Where a page keeps the names of the products its explanations speak of.</summary>
    public const string Products = "Products of the evidence";

    /// <summary>The names of the products that the evidence of some explanations speaks of.</summary>
    public static async Task<IReadOnlyDictionary<int, string>> ProductsAsync(PetShopDb db, IEnumerable<RuleExplanation> explanations, CancellationToken cancel)
    {
        var ids = explanations.SelectMany(All).SelectMany(e => e.Evidence).Select(e => e.Event.ProductId).OfType<int>().Distinct().ToArray();
        return ids.Length == 0 ? new Dictionary<int, string>() : await db.Products.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancel);
    }

    /// <summary>What an event was, after its date.</summary>
    public static string Say(BehaviourFacts e, IReadOnlyDictionary<int, string>? products)
    {
        var what = e.ProductId is { } id ? products?.GetValueOrDefault(id) ?? $"product {id}" : e.CategoryPath is { Count: > 0 } path ? path[^1] : e.Query ?? "";
        var did = e.Type switch
        {
            BehaviourType.ProductViewed => "viewed", BehaviourType.CategoryViewed => "viewed", BehaviourType.Searched => "searched for", BehaviourType.CartAdded => "put into the cart:",
            BehaviourType.CartRemoved => "took out of the cart:", BehaviourType.WishListed => "wish-listed", _ => "bought",
        };
        return $"{did} {what}{(e.Quantity > 1 ? $" × {e.Quantity}" : "")}";
    }

    private static IEnumerable<RuleExplanation> All(RuleExplanation why) => why.Parts.SelectMany(All).Prepend(why);
}
