using PetShop.Web.Importing;

namespace PetShop.Web.Tests.Importing;

public sealed class ImportCurrencyTests
{
    [Fact]
    public void Prices_of_another_currency_than_the_shops_are_refused_before_anything_is_read()
    {
        new ImportMapping().CheckCurrency("EUR");
        new ImportMapping { Currency = "gbp" }.CheckCurrency("GBP");
        Assert.Contains("Shop__Currency=GBP", Assert.Throws<InvalidOperationException>(() => new ImportMapping { Currency = "GBP" }.CheckCurrency("EUR")).Message, StringComparison.Ordinal);
    }
}
