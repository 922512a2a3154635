using PetShop.Data.Events;
using PetShop.Web.Recommendations.Rails;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Tracking;

namespace PetShop.Web.Tests.Recommendations;

public sealed class InCartTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("+3 -2", true)]
    [InlineData("+3 -2 -1", false)]
    [InlineData("+3 -3 +1", true)]
    [InlineData("+1", true)]
    // What was put in longer ago than the history counts, and has been taken out since.
    [InlineData("-5 +1", true)]
    [InlineData("-5", false)]
    public void What_is_left_of_a_product_in_the_cart_keeps_it_there(string changes, bool inCart)
    {
        var events = changes.Split(' ').Select(int.Parse).Select((units, i) => new HistoryEvent(
            Guid.CreateVersion7(), Now.AddMinutes(i - 60), units > 0 ? EventType.CartAdded : EventType.CartRemoved, 7, null, 70, Math.Abs(units), null, null, null, null, null, null));
        var taste = new Taste(new RandomShop(1, products: 20).State, new VisitorHistory(events.Reverse()), ShopperRecord.None, Household.Unknown, Now);
        Assert.Equal(inCart, taste.InCart.Contains(7));
    }
}
