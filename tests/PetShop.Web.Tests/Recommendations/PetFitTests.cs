using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Tests.Recommendations;

public sealed class PetFitTests
{
    private static readonly DateOnly Today = new(2026, 6, 1);

    private static readonly Catalogue Shop = new(
    [
        Food(1, "puppy"), Food(2, "adult"), Food(3, "senior"), Food(4), Food(5, "puppy", "adult"),
    ]);

    [Theory]
    [InlineData(6, new[] { 1, 4, 5 })]
    [InlineData(36, new[] { 2, 4, 5 })]
    [InlineData(150, new[] { 3, 4 })]
    public void A_dog_is_offered_food_for_its_age_and_for_any(int months, int[] expected)
    {
        var dog = new PetFacts(Guid.Empty, "Luna", "dog") { BornOn = Today.AddMonths(-months) };
        var safe = dog.SafeIn(Shop, Today);
        Assert.Equal(expected, Enumerable.Range(0, Shop.Count).Where(c => safe[c]).Select(c => Shop[c].Id));
    }

    [Theory]
    [InlineData("pony", 24, "junior")]
    [InlineData("pony", 60, "adult")]
    [InlineData("cat", 140, "senior")]
    public void Rails_take_the_ages_that_segments_take(string species, int months, string expected) =>
        Assert.Equal(expected, new PetFacts(Guid.Empty, "Moss", species) { BornOn = Today.AddMonths(-months) }.LifeStage(Today));

    private static ProductFacts Food(int id, params string[] stages) =>
        new(id, $"food-{id}", $"Food {id}", 1, 1, "dog", ["dog", "dog-food"]) { Species = ["dog"], LifeStages = stages, InStock = true };
}
