using PetShop.Web.Catalog;

namespace PetShop.Web.Tests.Catalog;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(1299, "EUR", "€12.99")]
    [InlineData(5, "EUR", "€0.05")]
    [InlineData(123456789, "EUR", "€1,234,567.89")]
    [InlineData(-250, "GBP", "−£2.50")]
    [InlineData(1500, "JPY", "¥1,500")]
    [InlineData(100, "XYZ", "XYZ 1.00")]
    [InlineData(1234567, "KWD", "KWD 1,234.567")]
    public void Minor_units_are_written_as_a_shopper_reads_them(long minor, string currency, string written) => Assert.Equal(written, Money.Format(minor, currency));

    [Theory]
    [InlineData("EUR", "Under €10", 1000, "€10 to €25", "€100 and more")]
    [InlineData("USD", "Under $10", 1000, "$10 to $25", "$100 and more")]
    [InlineData("JPY", "Under ¥1,000", 1000, "¥1,000 to ¥2,500", "¥10,000 and more")]
    [InlineData("BHD", "Under BHD 10", 10_000, "BHD 10 to BHD 25", "BHD 100 and more")]
    public void Price_bands_are_round_amounts_of_the_currency(string currency, string first, long below, string second, string last)
    {
        var bands = PriceBand.Of(currency);
        Assert.Equal((first, below, second, last), (bands[0].Label, bands[0].To, bands[1].Label, bands[^1].Label));
        Assert.All(bands.Zip(bands.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
    }

    [Theory]
    [InlineData("EUR", 12.99, 1299, "12.99")]
    [InlineData("JPY", 1299, 1299, "1299")]
    [InlineData("KWD", 1.299, 1299, "1.299")]
    public void Major_units_become_minor_ones_and_back(string currency, decimal major, long minor, string written)
    {
        Assert.Equal(minor, Money.Minor(major, currency));
        Assert.Equal(major, Money.Major(minor, currency));
        Assert.Equal(written, Money.Plain(minor, currency));
    }
}
