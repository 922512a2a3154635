using PetShop.Targeting.Messages;

namespace PetShop.Targeting.Tests.Messages;

public sealed class LetterWordsTests
{
    [Theory]
    [InlineData("Hello {name|there}!", "Hello Ada!")]
    [InlineData("For {pets|your pets}.", "For your pets.")]
    [InlineData("{ name | there }", "Ada")]
    [InlineData("No gap {at all", "No gap {at all")]
    public void Gaps_are_filled_or_say_their_general_words(string text, string expected) =>
        Assert.Equal(expected, LetterGaps.Fill(text, key => key == "name" ? "Ada" : null));

    [Theory]
    [InlineData("{name|there} and {pets|your pets}", 0)]
    [InlineData("{name}", 1)]
    [InlineData("{pets|}", 1)]
    [InlineData("{surname|you} {first name}", 2)]
    public void A_gap_without_general_words_or_sense_is_a_fault(string text, int faults) => Assert.Equal(faults, LetterGaps.Faults(text).Count);

    [Theory]
    [InlineData(new string[0], "")]
    [InlineData(new[] { "Luna" }, "Luna")]
    [InlineData(new[] { "Luna", "Rex" }, "Luna and Rex")]
    [InlineData(new[] { "Luna", "Rex", "Mia" }, "Luna, Rex and Mia")]
    public void Names_are_spoken_together(string[] names, string expected) => Assert.Equal(expected, LetterGaps.Together(names));

    [Fact]
    public void Too_few_people_or_orders_say_nothing()
    {
        var many = new LetterArm(1000, 60, 60 * 4000, 60 * 4000.0 * 4000);
        Assert.NotNull(LetterReading.Revenue(many, many, 2000));
        Assert.Null(LetterReading.Revenue(new(49, 40, 4000, 400_000), many, 2000));
        Assert.Null(LetterReading.Orders(new(1000, 4, 1, 1), new(1000, 5, 1, 1), 2000));
    }

    [Fact]
    public void A_clear_difference_is_found_and_chance_is_not()
    {
        var without = new LetterArm(5000, 200, 200 * 4000.0, 200 * 4000.0 * 4000);
        var orders = LetterReading.Orders(without, new(5000, 320, 320 * 4000.0, 320 * 4000.0 * 4000), 10_000)!;
        Assert.Equal(0.024, orders.Value, 6);
        Assert.True(orders.Low > 0);
        var same = LetterReading.Revenue(without, new(5000, 205, 205 * 4000.0, 205 * 4000.0 * 4000), 10_000)!;
        Assert.True(same is { Low: < 0, High: > 0 });
    }
}
