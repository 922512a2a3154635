using FsCheck;
using FsCheck.Fluent;
using PetShop.Web.Recommendations.Rails;
using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Tests.Recommendations;

/// <summary>Whatever the state of the shop, the model and the household: no list holds what it may not show.</summary>
public sealed class SafeRailsTests
{
    [Fact]
    public void No_path_shows_an_ineligible_product() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var shop = new RandomShop(seed);
            foreach (var taste in shop.Tastes())
                foreach (var (placement, places, pet) in shop.Plan(taste))
                    foreach (var place in places)
                        Assert.True(shop.MayShow(taste, placement, pet, place, out var reason), $"seed {seed}, {placement}: {reason}");
        }));

    [Fact]
    public void The_check_sees_what_an_unsafe_list_would_hold()
    {
        // The oracle itself must be able to say no, for every reason it knows.
        HashSet<string> reasons = [];
        for (var seed = 0; seed < 150; seed++)
        {
            var shop = new RandomShop(seed);
            foreach (var taste in shop.Tastes())
                for (var column = 0; column < shop.State.Catalogue.Count; column++)
                    foreach (var pet in (PetFacts?[])[null, .. taste?.Household.Pets ?? []])
                        if (!shop.MayShow(taste, "home-for-you", pet, new(column), out var reason))
                            reasons.Add(reason!);
        }
        Assert.Superset(new HashSet<string> { "sold out", "medicine", "for an animal that died", "not for any pet here", "allergy", "wrong age", "wrong size", "refused", "a species they do not have", "excluded", "not for this pet" }, reasons);
    }

    [Fact]
    public void Pins_lifts_and_explored_places_do_happen_in_those_shops()
    {
        int pins = 0, lifts = 0, explored = 0, modelled = 0, reminded = 0;
        for (var seed = 0; seed < 150; seed++)
        {
            var shop = new RandomShop(seed);
            foreach (var taste in shop.Tastes())
                foreach (var (placement, places, _) in shop.Plan(taste))
                {
                    pins += places.Count(p => p.IsPinned);
                    lifts += places.Count(p => p is { IsPinned: false, Rule: not null });
                    explored += places.Count(p => p.Propensity is not null);
                    reminded += placement == "account-buy-again" ? places.Count : 0;
                    modelled += taste?.IsKnown == true ? 1 : 0;
                }
        }
        Assert.All([pins, lifts, explored, modelled, reminded], count => Assert.InRange(count, 30, int.MaxValue));
    }

    [Fact]
    public void Nothing_is_tried_out_on_shelves_about_health_and_every_chance_is_a_chance()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var shop = new RandomShop(seed);
            foreach (var taste in shop.Tastes())
                foreach (var (_, places, _) in shop.Plan(taste))
                    foreach (var place in places.Where(p => p.Propensity is not null))
                    {
                        Assert.False(shop.State.Catalogue.Health[place.Column]);
                        Assert.InRange(place.Propensity!.Value, double.Epsilon, 1);
                    }
        }
    }

    [Fact]
    public void Places_that_nobody_pinned_keep_the_caps_wherever_there_is_enough_to_choose_from()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var shop = new RandomShop(seed, products: 400, brands: 40, leaves: 30, rules: false);
            foreach (var taste in shop.Tastes())
                foreach (var (placement, places, _) in shop.Plan(taste))
                {
                    if (placement is not ("home-for-you" or "account-for-you") || taste is null || taste.Discover.EligibleCount < 150)
                        continue;
                    var shown = places.Select(p => p.Column).ToArray();
                    for (var start = 0; start + 6 <= shown.Length; start++)
                    {
                        Assert.True(shown[start..(start + 6)].CountBy(c => shop.State.Catalogue.Brands[c]).All(b => b.Value <= 2), $"seed {seed}: {placement}");
                        Assert.True(shown[start..(start + 6)].CountBy(c => shop.State.Catalogue.Leaves[c]).All(l => l.Value <= 3), $"seed {seed}: {placement}");
                    }
                }
        }
    }
}
