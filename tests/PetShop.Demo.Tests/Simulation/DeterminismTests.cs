using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PetShop.Demo.Simulation;

namespace PetShop.Demo.Tests.Simulation;

public sealed class DeterminismTests
{
    [Fact] public void The_same_seed_gives_the_same_year() => Assert.Equal(Fingerprint(3), Fingerprint(3));

    [Fact] public void Another_seed_gives_another_year() => Assert.NotEqual(Fingerprint(3), Fingerprint(4));

    [Fact] public void A_shopper_does_not_change_when_others_join()
    {
        var few = Run(new(OneYear.Until, Seed: 5, Shoppers: 20));
        var many = Run(new(OneYear.Until, Seed: 5, Shoppers: 40));
        Assert.Equal(JsonSerializer.Serialize(few.Take(20)), JsonSerializer.Serialize(many.Take(20)));
    }

    [Fact] public void People_of_two_seeds_who_join_a_shop_share_no_id_and_no_address()
    {
        var shop = Run(new(OneYear.Until, Seed: 1, Shoppers: 40));
        List<VisitorHistory> all = [.. shop, .. Run(new(OneYear.Until, Seed: 2, Shoppers: 40, Named: false)), .. Run(new(OneYear.Until, Seed: 3, Shoppers: 40, Named: false))];
        var shoppers = all.Where(history => history.Shopper is not null).Select(history => history.Shopper!).ToList();
        Assert.Equal(120, shoppers.Count);
        Assert.Equal(120, shoppers.Select(shopper => shopper.Id).Distinct().Count());
        Assert.Equal(120, shoppers.Select(shopper => shopper.Email).Distinct().Count());
        Assert.Equal(all.Count, all.Select(history => history.VisitorId).Distinct().Count());
    }

    [Fact] public void The_time_zone_of_the_end_does_not_matter()
    {
        var abroad = Run(new(OneYear.Until.ToOffset(TimeSpan.FromHours(9)), Seed: 5, Shoppers: 10));
        Assert.Equal(JsonSerializer.Serialize(Run(new(OneYear.Until, Seed: 5, Shoppers: 10))), JsonSerializer.Serialize(abroad));
    }

    [Fact] public void Progress_ends_with_the_totals()
    {
        var steps = new List<SimulationProgress>();
        var simulator = new ShopperSimulator(OneYear.Shop, new(OneYear.Until, Shoppers: 30, VisitorsPerShopper: 4.5));
        var histories = simulator.Run(steps.Add).ToList();
        Assert.Equal(simulator.Total, histories.Count);
        Assert.Equal(new(165, 165, histories.Sum(history => history.Orders.Count), histories.Sum(history => history.Sessions.Sum(session => session.Events.Count))), steps[^1]);
    }

    [Theory]
    [InlineData(0, 365, 1)]
    [InlineData(10, 0, 1)]
    [InlineData(10, 365, -1)]
    public void Impossible_options_are_refused_with_their_values(int shoppers, int days, double visitors)
    {
        var error = Assert.Throws<ArgumentException>(() => new ShopperSimulator(OneYear.Shop, new(OneYear.Until, Shoppers: shoppers, Days: days, VisitorsPerShopper: visitors)));
        Assert.Contains($"{shoppers} shoppers, {days} days", error.Message, StringComparison.Ordinal);
    }

    private static string Fingerprint(ulong seed) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(Run(new(OneYear.Until, seed, Shoppers: 60))))));

    private static List<VisitorHistory> Run(SimulationOptions options) => [.. new ShopperSimulator(OneYear.Shop, options).Run()];
}
