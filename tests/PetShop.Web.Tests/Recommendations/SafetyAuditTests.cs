using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Recommendations.Training;

namespace PetShop.Web.Tests.Recommendations;

public sealed class SafetyAuditTests
{
    private static readonly DateOnly Today = new(2026, 6, 1);
    private static readonly PetFacts Dog = new(Guid.Empty, "Rex", "dog") { BornOn = Today.AddYears(-3), AdultWeightG = 30_000, Allergies = ["Chicken ", ""] };
    private static readonly PetFacts Cat = new(Guid.Empty, "Mia", "cat");
    private static readonly ProductFacts Food = new(1, "food", "Food", 1, 1, "dog", ["dog"]) { Species = ["dog"], InStock = true, Ingredients = ["salmon"] };

    [Fact]
    public void What_suits_the_pet_is_no_violation() => Assert.Null(Objection(Food));

    [Fact]
    public void A_product_out_of_stock_a_medicine_or_one_for_another_animal_is() => Assert.All(
        [Food with { InStock = false }, Food with { IsMedicine = true }, Food with { Species = ["cat"] }, Food with { LifeStages = ["puppy"] }, Food with { DogSizes = ["toy", "small"] }],
        product => Assert.NotNull(Objection(product)));

    [Fact]
    public void An_allergy_counts_in_allergens_and_ingredients_however_it_is_written()
    {
        Assert.Contains("allergic", Objection(Food with { Ingredients = ["dried CHICKEN liver"] }), StringComparison.Ordinal);
        Assert.Contains("allergic", Objection(Food with { Allergens = ["chicken"] }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_for_one_pet_is_judged_by_that_pet_one_for_the_household_by_any_of_them()
    {
        var both = new Household([Dog, Cat], []);
        var forCats = Food with { Species = ["cat"] };
        Assert.Null(SafetySample.Objection(forCats, both, null, Today));
        Assert.NotNull(SafetySample.Objection(forCats, both, Dog, Today));
    }

    [Fact]
    public void What_is_for_an_animal_that_died_is_a_violation_unless_another_of_its_kind_lives()
    {
        Assert.Contains("died", SafetySample.Objection(Food, new Household([Cat], [Dog with { DiedOn = Today }]), null, Today), StringComparison.Ordinal);
        Assert.Null(SafetySample.Objection(Food, new Household([Dog], [Dog with { DiedOn = Today }]), null, Today));
    }

    [Fact]
    public void A_household_without_pets_may_be_shown_anything_in_stock() => Assert.Null(SafetySample.Objection(Food, Household.Unknown, null, Today));

    private static string? Objection(ProductFacts product) => SafetySample.Objection(product, new Household([Dog], []), null, Today);
}
