using PetShop.Web.Tracking;

namespace PetShop.Web.Tests.Tracking;

public sealed class EventTextTests
{
    [Theory]
    [InlineData(" Fru\u0308hling ", "Fr\u00FChling")]
    [InlineData("spring", "spring")]
    [InlineData("\0 a\tb \u0007", "ab")]
    [InlineData("\0", null)]
    [InlineData("\uD83D", null)]
    [InlineData("12345678 0", "12345678")]
    [InlineData("12345678\U0001F436", "12345678")]
    [InlineData("\u0958\u0958\u0958\u0958\u0958\u0958", "\u0915\u093C\u0915\u093C\u0915\u093C\u0915\u093C\u0915")]
    public void Text_from_outside_is_composed_without_what_a_column_refuses_and_no_longer_than_it_may_be(string text, string? expected)
    {
        Assert.Equal(expected, EventText.Clean(text, 9));
        Assert.Equal(expected, EventText.Clean(expected, 9));
    }

    [Fact]
    public void Words_searched_for_are_the_same_however_they_are_typed() =>
        Assert.Equal(EventText.Words("h\u00FChnerfutter"), EventText.Words(" HU\u0308HNERFUTTER"));
}
