using PetShop.Demo.Catalogue;
using PetShop.Demo.Simulation;
using PetShop.Targeting.Segments;
using PetShop.Web.Catalog;
using PetShop.Web.Pets;

namespace PetShop.Web.Tests.Pets;

/// <summary>The same animal, diet and allergen has one word in the quiz, in rules, in products and in the demo's pets.</summary>
public sealed class WordTests
{
    /// <summary>Kinds that products are for and nobody keeps by name.</summary>
    private static readonly string[] OnlyOfProducts = ["wild-bird", "finch", "mouse", "degu"];

    private static readonly IReadOnlyList<SimulatedPet> DemoPets = [.. Simulated()];

    private static IEnumerable<SimulatedPet> Simulated()
    {
        var until = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
        var catalogue = DemoCatalogue.Create(DateOnly.FromDateTime(until.Date));
        return new ShopperSimulator(catalogue, new(until, Seed: 7, Shoppers: 400, Days: 20)).Run().SelectMany(history => history.Shopper?.Pets ?? []);
    }

    [Fact]
    public void The_quiz_asks_for_exactly_the_animals_that_rules_know() => Assert.Equal(PetWords.Species.Order(), Species.All.Select(s => s.Key).Order());

    [Fact]
    public void Rules_offer_what_the_quiz_and_the_data_hold()
    {
        Assert.Equal(PetWords.Diets.Order(), PetForm.Diets.Select(d => d.Key).Order());
        Assert.Equal(PetWords.Diets.Order(), DietTags.All.Order());
        Assert.Equal(PetWords.Allergens.Order(), PetForm.Allergens.Select(a => a.Key).Order());
        Assert.Equal(PetWords.Allergens.Order(), Allergens.All.Order());
        Assert.Equal(PetWords.Values.Order(), PetForm.Values.Select(v => v.Key).Order());
    }

    [Fact]
    public void Every_simulated_pet_is_of_an_animal_a_breed_and_a_diet_that_the_quiz_knows() => Assert.All(DemoPets, pet =>
    {
        Assert.Contains(pet.Species, PetWords.Species);
        Assert.True(pet.Breed is null || Web.Pets.Breeds.Find(pet.Species, pet.Breed) is not null, $"{pet.Species}: {pet.Breed}");
        Assert.True(pet.Diet is null || PetWords.Diets.Contains(pet.Diet), pet.Diet);
        Assert.Empty(pet.Allergies.Except(PetWords.Allergens));
    });

    [Fact]
    public void Every_product_is_for_animals_that_are_kept_or_fed() =>
        Assert.Empty(DemoCatalogue.Create(new(2026, 6, 1)).Products.SelectMany(p => p.Species).Distinct().Except([.. PetWords.Species, .. OnlyOfProducts]));

    [Fact]
    public void An_animal_reads_the_same_in_the_quiz_and_beside_a_list() => Assert.All(Species.All.Where(s => s.Key != "shrimp"), s => Assert.Equal(s.Name, Words.Say(s.Key)));
}
