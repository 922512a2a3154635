using Npgsql;
using PetShop.Demo.Simulation;
using PetShop.TestHost;

namespace PetShop.Benchmarks;

/// <summary>Lets shoppers of the demo agree and sign in, as they would, and keeps their cookies.</summary>
public static class SignIns
{
    // With few of them each would look at thousands of pages within minutes, and their histories, not the pages, would be measured.
    private const int Crowd = 120;

    /// <summary>One cookie header a shopper: the named persons and many simulated ones; all agreed to personal pages, most have pets and a year of orders.</summary>
    public static async Task<List<string>> CookiesAsync(BenchmarkShop shop, Uri address)
    {
        await ForgetEarlierRunsAsync(shop);
        List<string> emails = [.. DemoPersons.All.Select(p => p.Email), .. await CrowdAsync(shop)];
        List<string> cookies = [];
        foreach (var email in emails)
        {
            using var visitor = new TestVisitor(address);
            await SignInAsync(visitor, email);
            await visitor.GetAsync("/");
            if (!visitor.CookieNames.Contains("petshop.account"))
                throw new InvalidOperationException($"{email} could not sign in.");
            cookies.Add(visitor.Cookies.GetCookieHeader(address));
        }
        return cookies;
    }

    private static async Task SignInAsync(TestVisitor visitor, string email)
    {
        var first = await visitor.GetAsync("/account/sign-in");
        var page = await visitor.SubmitAsync(first.QuerySelector("form[action$='/privacy/consent']")!, ("answer", "accept"));
        var form = page.QuerySelectorAll("form").First(f => f.QuerySelector("input[type=password]") is not null);
        var address = form.QuerySelector("input[type=email]")!.GetAttribute("name")!;
        var password = form.QuerySelector("input[type=password]")!.GetAttribute("name")!;
        await visitor.SubmitAsync(form, (address, email), (password, TestDatabase.DemoPassword));
    }

    // Simulations end with their last orders; what was looked at since belongs to earlier runs, and would make histories longer with every run.
    private static Task ForgetEarlierRunsAsync(BenchmarkShop shop) => shop.ExecuteAsync("DELETE FROM events WHERE occurred_at > (SELECT max(placed_at) + interval '1 hour' FROM orders)");

    // Simulated shoppers have no password of their own: they borrow one of the named persons.
    private static async Task<List<string>> CrowdAsync(BenchmarkShop shop)
    {
        const string Chosen = "SELECT id FROM shoppers WHERE email LIKE '%@example.com' AND NOT is_suppressed ORDER BY id LIMIT $1";
        await shop.ExecuteAsync($"UPDATE shoppers s SET password_hash = d.password_hash FROM shoppers d WHERE d.email = $2 AND s.password_hash IS NULL AND s.id IN ({Chosen})", Crowd, DemoPersons.All[0].Email);
        return await shop.ListAsync($"SELECT email FROM shoppers WHERE email <> ALL($2) AND id IN ({Chosen})", Crowd, DemoPersons.All.Select(p => p.Email).ToArray());
    }
}
