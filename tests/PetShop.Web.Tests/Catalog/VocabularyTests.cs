using PetShop.Web.Catalog;

namespace PetShop.Web.Tests.Catalog;

public sealed class VocabularyTests
{
    private static readonly Vocabulary Words = Vocabulary.Of(["Day Boat Salmon & Potato", "Salmon bites", "Salami", "Orthopaedic bed", "Hartwell adult"]);

    [Theory]
    [InlineData("salmno", "salmon")]
    [InlineData("orthopedic bed", "orthopaedic bed")]
    [InlineData("hartwel adutl", "hartwell adult")]
    [InlineData("SALMON", null)]
    [InlineData("zzzz", null)]
    [InlineData("", null)]
    public void A_typing_error_is_put_right_and_what_is_right_stays(string typed, string? meant) => Assert.Equal(meant, Words.Correct(typed));

    [Theory]
    [InlineData("kitten", "kitten", 0)]
    [InlineData("kitten", "kittne", 1)]
    [InlineData("kitten", "kiten", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "cat", 3)]
    public void Distance_counts_typing_errors_and_a_swap_once(string a, string b, int errors) => Assert.Equal(errors, Vocabulary.Distance(a, b, 10));
}
