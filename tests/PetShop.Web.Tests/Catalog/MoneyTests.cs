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
    public void Minor_units_are_written_as_a_shopper_reads_them(long minor, string currency, string written) => Assert.Equal(written, Money.Format(minor, currency));
}
