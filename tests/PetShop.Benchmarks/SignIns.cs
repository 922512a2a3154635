using PetShop.Demo.Simulation;
using PetShop.TestHost;

namespace PetShop.Benchmarks;

/// <summary>Lets the demo persons agree and sign in, as they would, and keeps their cookies.</summary>
public static class SignIns
{
    /// <summary>One cookie header a person; all agreed to personal pages, most have pets and a year of orders.</summary>
    public static async Task<List<string>> CookiesAsync(Uri address)
    {
        List<string> cookies = [];
        foreach (var person in DemoPersons.All)
        {
            using var visitor = new TestVisitor(address);
            var first = await visitor.GetAsync("/account/sign-in");
            var page = await visitor.SubmitAsync(first.QuerySelector("form[action$='/privacy/consent']")!, ("answer", "accept"));
            var form = page.QuerySelectorAll("form").First(f => f.QuerySelector("input[type=password]") is not null);
            var email = form.QuerySelector("input[type=email]")!.GetAttribute("name")!;
            var password = form.QuerySelector("input[type=password]")!.GetAttribute("name")!;
            await visitor.SubmitAsync(form, (email, person.Email), (password, TestDatabase.DemoPassword));
            await visitor.GetAsync("/");
            if (!visitor.CookieNames.Contains("petshop.account"))
                throw new InvalidOperationException($"{person.Email} could not sign in.");
            cookies.Add(visitor.Cookies.GetCookieHeader(address));
        }
        return cookies;
    }
}
