using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PetShop.Browser.Tests.Browsing;
using PetShop.Web.Recommendations.Serving;
using static Microsoft.Playwright.Assertions;

namespace PetShop.Browser.Tests.Shopper;

[Collection(ShopInBrowser.Collection)]
public sealed class PetTests(ShopInBrowser shop)
{
    [SkippableFact]
    public Task A_dog_that_cannot_eat_chicken_gets_a_rail_without_any() => shop.VisitAsync(async visit =>
    {
        await IntroduceAsync(visit);
        await visit.OpenAsync("/");
        await Expect(visit.Rail("home-pet").Locator("h2")).ToContainTextAsync("Bruno");
        var catalogue = visit.Shop.Services.GetRequiredService<ModelHolder>().Current.Catalogue;
        var shown = (await visit.ProductsInAsync(".rail[data-placement=home-pet]")).Select(id => catalogue.Find(id)!).ToList();
        Assert.True(shown.Count >= 4, $"The rail holds {shown.Count} products.");
        Assert.All(shown, p => Assert.False(p.Allergens.Contains("chicken") || p.Ingredients.Any(i => i.Contains("chicken", StringComparison.OrdinalIgnoreCase)), $"{p.Name} contains chicken."));
        Assert.All(shown, p => Assert.True(p.Species.Length == 0 || p.Species.Contains("dog"), $"{p.Name} is for {string.Join(", ", p.Species)}."));
    });

    [SkippableFact]
    public Task A_pet_that_died_disappears_at_once_and_kindly() => shop.VisitAsync(async visit =>
    {
        await IntroduceAsync(visit);
        await visit.Link("No longer with us").ClickAsync();
        await visit.Button("Yes").ClickAsync();
        await Expect(visit["h1"]).ToHaveTextAsync("We are sorry");
        await visit.OpenAsync("/");
        await Expect(visit.Rail("home-pet")).ToHaveCountAsync(0);
        await Expect(visit["body"]).Not.ToContainTextAsync("Bruno");
    });

    [SkippableFact]
    public Task A_stranger_who_agreed_to_nothing_is_asked_kindly_first() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/account/pets");
        await visit.Link("Agree to personal pages").ClickAsync();
        await Expect(visit["h1"]).ToHaveTextAsync("Privacy");
    });

    [SkippableFact]
    public Task The_quiz_works_without_script_and_says_what_is_missing() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/");
        await visit.AnswerAsync(agree: true);
        await visit.OpenAsync("/account/pets/new?species=cat");
        await visit.Page.GetByLabel("What is the name?").FillAsync("   ");
        await visit.Button("That is it").ClickAsync();
        await Expect(visit.Page.GetByText("name").First).ToBeVisibleAsync();
        await visit.Page.GetByLabel("What is the name?").FillAsync("Mog");
        await visit.Button("That is it").ClickAsync();
        await Expect(visit[".pet-card h2"]).ToHaveTextAsync("Mog");
    }, Look.WithoutScript);

    [SkippableFact]
    public Task A_mistake_takes_the_focus_with_its_message_and_a_greeting_leaves_by_itself() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/");
        await visit.AnswerAsync(agree: true);
        await visit.OpenAsync("/account/pets/new?species=dog");
        await visit.Page.GetByLabel("What is the name?").FillAsync("Rex");
        var weight = visit.Page.GetByLabel("Weight in kilograms");
        await weight.FillAsync("900");
        await visit.Button("That is it").ClickAsync();
        await Expect(weight).ToBeFocusedAsync();
        var message = await weight.GetAttributeAsync("aria-describedby");
        await Expect(visit[$"[id='{message}']"]).ToContainTextAsync("900 kilograms");
        await weight.FillAsync("23.45");
        await visit.Button("That is it").ClickAsync();
        await Expect(visit[".toast"]).ToHaveTextAsync("Welcome, Rex!");
        await Expect(visit[".toast"]).ToHaveCountAsync(0, new() { Timeout = Visit.PatienceMs });
    });

    private static async Task IntroduceAsync(Visit visit)
    {
        await visit.OpenAsync("/");
        await visit.AnswerAsync(agree: true);
        await visit.Link("Tell us about your pets").First.ClickAsync();
        await visit.Link("Introduce a pet").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Dog$") }).ClickAsync();
        await visit.Page.GetByLabel("What is the name?").FillAsync("Bruno");
        await visit.Page.GetByLabel("Weight in kilograms").FillAsync("31.5");
        await visit.Page.GetByLabel("or about how many years?").FillAsync("4");
        await visit[".choice"].Filter(new() { HasText = "Chicken" }).Locator("input[name='Input.Allergies']").CheckAsync();
        await visit.Button("That is it").ClickAsync();
        await Expect(visit[".pet-card"]).ToContainTextAsync("Bruno");
        await Expect(visit[".pet-card"]).ToContainTextAsync("no chicken");
    }
}
