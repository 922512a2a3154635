using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PetShop.TestHost;
using PetShop.Web.Catalog;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Recommendations;

/// <summary>What every public page may ask of the database, and that it only asks.</summary>
public sealed partial class RoundTripTests(RecommendedShop fixture) : IClassFixture<RecommendedShop>
{
    private const int MostRoundTrips = 3;

    // Whose first word is an account's is only for people who are signed in; cart and checkout have something in them.
    private static readonly (string Page, string? Sql)[] All =
    [
        ("home", null), ("department", "SELECT '/shop/' || department FROM products WHERE in_stock ORDER BY id LIMIT 1"),
        ("category", "SELECT '/shop/' || c.department || '/' || c.slug FROM products p JOIN categories c ON c.id = p.category_id WHERE p.in_stock ORDER BY p.id LIMIT 1"),
        ("product", "SELECT '/products/' || slug FROM products WHERE in_stock ORDER BY id LIMIT 1"),
        ("/search?q=salmon", null), ("/cart", null), ("/checkout", null), ("/privacy", null), ("/privacy/facts", null), ("/taste", null),
        ("why", "SELECT '/why/' || id || '?by=als' FROM products WHERE in_stock ORDER BY id LIMIT 1"), ("/prices/why", null),
        ("account thanks", $"SELECT '/checkout/thanks/' || o.checkout_key {MayasNewestOrder}"), ("account order", $"SELECT '/account/orders/' || o.number {MayasNewestOrder}"),
        ("account review", $"SELECT '/account/reviews/' || (SELECT p.slug FROM order_lines l JOIN products p ON p.id = l.product_id WHERE l.order_id = o.id LIMIT 1) {MayasNewestOrder}"),
        ("account goodbye", "SELECT '/account/pets/' || p.id || '/goodbye' FROM pets p JOIN shoppers s ON s.id = p.shopper_id WHERE s.email = 'maya@example.com' LIMIT 1"),
        ("account quiz", "SELECT '/account/pets/' || p.id FROM pets p JOIN shoppers s ON s.id = p.shopper_id WHERE s.email = 'maya@example.com' LIMIT 1"),
        ("/account", null), ("/account/orders", null), ("/account/wish-list", null), ("/account/pets", null), ("/account/pets/new?species=dog", null), ("/account/addresses", null), ("/account/details", null),
    ];

    private const string MayasNewestOrder = "FROM orders o JOIN shoppers s ON s.id = o.shopper_id WHERE s.email = 'maya@example.com' ORDER BY o.placed_at DESC LIMIT 1";

    public static TheoryData<string> Pages => [.. All.Select(p => p.Page)];

    [Theory, MemberData(nameof(Pages))]
    public async Task A_warm_page_asks_the_database_at_most_three_times_and_changes_nothing_in_it(string page)
    {
        var shop = await fixture.ServerAsync();
        var path = All.Single(p => p.Page == page).Sql is { } sql ? await shop.ScalarAsync<string>(sql) : page == "home" ? "/" : page;
        using var counter = new SqlCounter();
        foreach (var (visitor, name) in new[] { (await fixture.GuestAsync(), "guest"), (await fixture.MayaAsync(), "signed in") })
        {
            if (name == "guest" && page.TrimStart('/').StartsWith("account", StringComparison.Ordinal))
                continue;
            await counter.GetAsync(visitor, path);
            shop.Services.GetRequiredService<ProductCache>().Clear();
            var cold = await counter.GetAsync(visitor, path);
            var warm = await counter.GetAsync(visitor, path);
            Assert.True(warm.Count <= MostRoundTrips, $"{path}, {name}: {warm.Count}\n{string.Join("\n--\n", warm)}");
            Assert.All(cold.Concat(warm), s => Assert.DoesNotMatch(Changes(), s));
            // What was bought together is worked out beforehand: order lines are never joined with themselves while somebody waits.
            Assert.All(cold.Concat(warm), s => Assert.InRange(OrderLines().Count(s), 0, 1));
        }
    }

    [GeneratedRegex(@"\b(insert|update|delete|merge|copy|truncate)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Changes();

    [GeneratedRegex(@"\border_lines\b", RegexOptions.IgnoreCase)]
    private static partial Regex OrderLines();
}
