using System.Net;
using Microsoft.EntityFrameworkCore;
using PetShop.Data.Shoppers;
using PetShop.TestHost;
using PetShop.Web.Pets;
using PetShop.Web.Tests.Accounts;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Pets;

public sealed class PetTests(BuyingShop shop) : IClassFixture<BuyingShop>
{
    [Fact]
    public async Task The_quiz_remembers_a_pet_with_the_adult_weight_of_its_breed()
    {
        var shopper = await shop.AccountAsync();
        var visitor = await shop.SignedInAsync(shopper);
        var form = (await visitor.GetAsync("/account/pets/new?species=dog")).Form("/account/pets/new");
        var page = await visitor.SubmitAsync(form, ("Input.Name", "Luna"), ("Input.Breed", "labrador retriever"), ("Input.AgeYears", "1"), ("Input.Weight", "22.5"),
            ("Input.Diet", "grain-free"), ("Input.Allergies", "chicken"), ("Input.Allergies", "wheat"), ("Input.Matters", "natural"));
        Assert.Contains("Labrador Retriever", page.Content());

        var pet = await shop.WithDbAsync(db => db.Pets.SingleAsync(p => p.ShopperId == shopper.Id));
        Assert.Equal(("labrador-retriever", 22_500, 31_000, "grain-free"), (pet.Breed, pet.WeightG, pet.AdultWeightG, pet.Diet));
        Assert.Equal(["chicken", "wheat"], pet.Allergies);
        Assert.Equal(["natural"], await shop.WithDbAsync(db => db.Shoppers.Where(s => s.Id == shopper.Id).Select(s => s.QuizValues).SingleAsync()));
    }

    [Fact]
    public async Task A_pet_that_died_is_gone_from_every_page_at_once()
    {
        var shopper = await shop.AccountAsync();
        var visitor = await shop.SignedInAsync(shopper);
        await visitor.SubmitAsync((await visitor.GetAsync("/account/pets/new?species=cat")).Form("/account/pets/new"), ("Input.Name", "Miso"));
        var id = await shop.WithDbAsync(db => db.Pets.Where(p => p.ShopperId == shopper.Id).Select(p => p.Id).SingleAsync());

        var page = await visitor.SubmitAsync((await visitor.GetAsync($"/account/pets/{id}/goodbye")).Form($"/account/pets/{id}/goodbye"));
        Assert.Contains("We are sorry", page.Content());
        Assert.DoesNotContain("Miso", (await visitor.GetAsync("/account/pets")).Content());
        Assert.DoesNotContain("Miso", (await visitor.GetAsync("/account")).Content());
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Client.GetAsync($"/account/pets/{id}")).StatusCode);
        Assert.NotNull(await shop.WithDbAsync(db => db.Pets.Where(p => p.Id == id).Select(p => p.DiedOn).SingleAsync()));
    }

    [Fact]
    public async Task A_visitor_is_remembered_only_after_agreeing_and_the_pets_join_the_account()
    {
        var visitor = (await shop.ServerAsync()).NewVisitor();
        Assert.Equal("/account/pets", (await visitor.Client.GetAsync("/account/pets/new?species=cat")).Headers.Location!.ToString());
        await visitor.AnswerAsync("accept");
        await visitor.SubmitAsync((await visitor.GetAsync("/account/pets/new?species=rabbit")).Form("/account/pets/new"), ("Input.Name", "Clover"));
        Assert.Contains("Clover", (await visitor.GetAsync("/account/pets")).Content());

        var shopper = await shop.AccountAsync();
        await BuyingShop.SignInAsync(visitor, shopper.Email!, BuyingShop.Password);
        Assert.Equal("Clover", await shop.WithDbAsync(db => db.Pets.Where(p => p.ShopperId == shopper.Id).Select(p => p.Name).SingleAsync()));
    }

    [Fact]
    public async Task What_matters_is_kept_for_every_pet_and_joins_the_account_at_sign_in()
    {
        var shopper = await shop.AccountAsync();
        var guest = (await shop.ServerAsync()).NewVisitor();
        await guest.AnswerAsync("accept");
        await TellAsync(guest, "Clover", "natural");
        await BuyingShop.SignInAsync(guest, shopper.Email!, BuyingShop.Password);
        Assert.Equal(["natural"], await ValuesAsync(shopper.Id));

        await TellAsync(guest, "Thyme", "price");
        Assert.Equal(["natural", "price"], await ValuesAsync(shopper.Id));
        var thyme = await shop.WithDbAsync(db => db.Pets.Where(p => p.ShopperId == shopper.Id && p.Name == "Thyme").Select(p => p.Id).SingleAsync());
        var form = (await guest.GetAsync($"/account/pets/{thyme}")).Form($"/account/pets/{thyme}");
        await guest.SubmitAsync(form, ("Input.Matters", "premium"));
        Assert.Equal(["natural", "premium"], await ValuesAsync(shopper.Id));

        await guest.SubmitAsync((await guest.GetAsync($"/account/pets/{thyme}/goodbye")).Form($"/account/pets/{thyme}/goodbye"));
        Assert.Equal(["natural"], await ValuesAsync(shopper.Id));
    }

    private static async Task TellAsync(TestVisitor visitor, string name, string matters) => await visitor.SubmitAsync(
        (await visitor.GetAsync("/account/pets/new?species=rabbit")).Form("/account/pets/new"), ("Input.Name", name), ("Input.Matters", matters));

    private Task<string[]> ValuesAsync(Guid shopperId) => shop.WithDbAsync(db => db.Shoppers.Where(s => s.Id == shopperId).Select(s => s.QuizValues).SingleAsync());

    [Fact]
    public async Task Nobody_changes_another_households_pet()
    {
        var shopper = await shop.AccountAsync();
        var visitor = await shop.SignedInAsync(shopper);
        await visitor.SubmitAsync((await visitor.GetAsync("/account/pets/new?species=dog")).Form("/account/pets/new"), ("Input.Name", "Rex"));
        var id = await shop.WithDbAsync(db => db.Pets.Where(p => p.ShopperId == shopper.Id).Select(p => p.Id).SingleAsync());

        var stranger = await shop.SignedInAsync(await shop.AccountAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Client.GetAsync($"/account/pets/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Client.GetAsync($"/account/pets/{id}/goodbye")).StatusCode);
    }

    [Fact]
    public void Every_answer_about_age_can_be_corrected_and_taken_back()
    {
        var today = new DateOnly(2026, 11, 22);
        Pet pet = new() { Name = "", Species = "" };
        (new PetForm { Name = "Mog", Species = "cat", AgeYears = 3, Weight = 4.23m }).WriteTo(pet, today);
        Assert.Equal(new DateOnly(2023, 5, 22), pet.BornOn);
        (PetForm.Of(pet, []) with { AgeYears = 5 }).WriteTo(pet, today);
        Assert.Equal(new DateOnly(2021, 5, 22), pet.BornOn);
        (PetForm.Of(pet, []) with { BornOn = new DateOnly(2020, 1, 2) }).WriteTo(pet, today);
        Assert.Equal(new DateOnly(2020, 1, 2), pet.BornOn);
        (PetForm.Of(pet, []) with { BornOn = null }).WriteTo(pet, today);
        Assert.Null(pet.BornOn);
    }

    [Fact]
    public async Task The_quiz_asks_a_dog_nothing_about_hairballs_doubts_its_900_kilograms_and_takes_grams()
    {
        var visitor = await shop.SignedInAsync(await shop.AccountAsync());
        var quiz = await visitor.GetAsync("/account/pets/new?species=dog");
        Assert.NotNull(quiz.QuerySelector("input[value='grain-free']"));
        Assert.Null(quiz.QuerySelector("input[value='hairball']"));
        // A browser sends no weight between two steps; most dogs weigh something between.
        Assert.Equal("0.01", quiz.QuerySelector("[name='Input.Weight']")!.GetAttribute("step"));
        var doubted = await visitor.SubmitAsync(quiz.Form("/account/pets/new"), ("Input.Name", "Rex"), ("Input.Weight", "900"));
        Assert.Contains("Please check the weight: 900 kilograms", doubted.Content());
        // Less than a gram would be stored as none.
        quiz = await visitor.GetAsync("/account/pets/new?species=hamster");
        doubted = await visitor.SubmitAsync(quiz.Form("/account/pets/new"), ("Input.Name", "Dot"), ("Input.Weight", "0.4"));
        Assert.Contains("at least one gram", doubted.Content());
        await visitor.SubmitAsync(doubted.Form("/account/pets/new"), ("Input.Weight", "1"));
        Assert.Equal(1, await shop.WithDbAsync(db => db.Pets.Where(p => p.Name == "Dot").Select(p => p.WeightG).SingleAsync()));
    }

    [Theory]
    [InlineData("2026-11-01", "2026-11-21", "2 weeks")]
    [InlineData("2026-06-30", "2026-11-21", "4 months")]
    [InlineData("2020-11-22", "2026-11-21", "5 years")]
    public void Ages_read_as_people_say_them(string born, string today, string expected) => Assert.Equal(expected, PetForm.Age(DateOnly.Parse(born), DateOnly.Parse(today)));

    [Fact]
    public void Every_species_has_a_breed_list_and_every_breed_is_found_by_its_name_and_slug()
    {
        foreach (var species in Species.All)
        {
            Assert.NotEmpty(Breeds.Of(species.Key));
            Assert.All(Breeds.Of(species.Key), b => Assert.Equal(b, Breeds.Find(species.Key, b.Name.ToUpperInvariant())));
            Assert.Equal(Breeds.Of(species.Key).Count, Breeds.Of(species.Key).Select(b => b.Slug).Distinct().Count());
        }
    }
}
