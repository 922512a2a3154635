using FsCheck;
using FsCheck.Fluent;
using PetShop.Targeting.Pricing;
using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Tests.Pricing;

public sealed class PriceChoiceTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Offers of any kind and size, as wild as a form or a program could send them, and goods of any price and cost.</summary>
    private static readonly Arbitrary<(OfferTerms[] Offers, long Public, long? Cost)> Worlds = (
        from count in Gen.Choose(0, 5)
        from cuts in Gen.Choose(1, 3).Zip(Gen.Choose(-500, 3000)).ListOf(count)
        from margins in Gen.Choose(0, 60).ListOf(count)
        from ids in Gen.Choose(1, 9).ListOf(count)
        from price in Gen.Choose(0, 5000)
        from cost in Gen.Choose(-1, 6000)
        select (Enumerable.Range(0, count).Select(i => Offer(ids[i], new((PriceCutKind)cuts[i].Item1, cuts[i].Item2)) with { LeastMarginPercent = margins[i] }).ToArray(), (long)price, cost < 0 ? (long?)null : cost)).ToArbitrary();

    [Fact]
    public void A_personal_price_is_below_the_public_one_above_the_floor_and_never_less_than_half() => Check.QuickThrowOnFailure(Prop.ForAll(Worlds, world =>
        Best(world) is not { } best || (best.PriceMinor < world.Public && best.PriceMinor >= 1 && best.PriceMinor * 2 >= world.Public
            && (world.Cost is not { } cost || (best.PriceMinor >= cost && best.PriceMinor * 100 >= cost * (100 + best.Offer.LeastMarginPercent))))));

    [Fact]
    public void The_cheapest_offer_alone_makes_the_price_and_of_equals_the_one_with_the_lower_id() => Check.QuickThrowOnFailure(Prop.ForAll(Worlds, world =>
    {
        var alone = world.Offers.Select(o => (o.Id, Price: PriceChoice.PriceOf(o, world.Public, world.Cost))).Where(o => o.Price is not null).OrderBy(o => o.Price).ThenBy(o => o.Id).ToList();
        return alone.Count == 0 ? Best(world) is null : Best(world) is { } best && (best.PriceMinor, best.Offer.Id) == (alone[0].Price!.Value, alone[0].Id);
    }));

    [Fact]
    public void One_more_offer_never_makes_anything_dearer_and_their_order_means_nothing() => Check.QuickThrowOnFailure(Prop.ForAll(Worlds, world =>
        (Best(world)?.PriceMinor ?? world.Public) <= (Best(world with { Offers = [.. world.Offers.Skip(1)] })?.PriceMinor ?? world.Public)
        && Best(world)?.PriceMinor == Best(world with { Offers = [.. world.Offers.Reverse()] })?.PriceMinor && Best(world)?.Offer.Id == Best(world with { Offers = [.. world.Offers.Reverse()] })?.Offer.Id));

    [Theory]
    [InlineData(PriceCutKind.Percent, 100, 999, 899)]
    [InlineData(PriceCutKind.Percent, 75, 1999, 1849)]
    [InlineData(PriceCutKind.Amount, 250, 999, 749)]
    [InlineData(PriceCutKind.Fixed, 700, 999, 700)]
    [InlineData(PriceCutKind.Percent, 500, 999, 500)]
    public void A_fraction_of_a_minor_unit_falls_to_the_shopper(PriceCutKind kind, long size, long publicMinor, long price) =>
        Assert.Equal(price, PriceChoice.PriceOf(Offer(1, new(kind, size)), publicMinor, null));

    [Fact]
    public void Goods_that_are_sold_below_cost_already_keep_their_price() => Assert.Null(PriceChoice.PriceOf(Offer(1, new(PriceCutKind.Percent, 100)), 900, 950));

    [Fact]
    public void An_offer_holds_from_its_start_until_just_before_its_end_for_members_alone()
    {
        var offer = Offer(1, new(PriceCutKind.Percent, 100)) with { StartsAt = Now, EndsAt = Now.AddTicks(1) };
        Assert.Single(Held(offer, Now, "horses"));
        Assert.Empty(Held(offer, Now.AddTicks(-1), "horses"));
        Assert.Empty(Held(offer, Now.AddTicks(1), "horses"));
        Assert.Empty(Held(offer, Now, "dogs"));
        Assert.Empty(Held(offer with { AnyOf = [] }, Now, "horses"));
    }

    [Fact]
    public void A_greater_share_holds_out_the_same_people_and_more_whatever_the_run()
    {
        var (small, large) = (Offer(7, new(PriceCutKind.Percent, 100)) with { HoldoutPercent = 10 }, Offer(7, new(PriceCutKind.Percent, 100)) with { HoldoutPercent = 30, Run = 4 });
        var keys = Enumerable.Range(0, 20_000).Select(i => $"visitor-{i}").ToList();
        Assert.All(keys.Where(small.HoldsOut), key => Assert.True(large.HoldsOut(key)));
        Assert.InRange(keys.Count(small.HoldsOut), 1850, 2150);
        Assert.InRange(keys.Count(large.HoldsOut), 5700, 6300);
        Assert.False(large.HoldsOut(null));
        Assert.DoesNotContain(keys, (small with { HoldoutPercent = 0 }).HoldsOut);
    }

    [Fact]
    public void A_scope_covers_what_lies_below_its_categories_its_brands_and_its_products_and_nothing_when_it_is_empty()
    {
        ValueList<string> path = ["dog", "dog-food", "dog-dry-food"];
        Assert.True(OfferScope.All.Covers(1, "northpaw", path));
        Assert.False(new OfferScope(false, [], [], []).Covers(1, "northpaw", path));
        Assert.True(new OfferScope(false, ["dog-food"], [], []).Covers(1, "northpaw", path));
        Assert.False(new OfferScope(false, ["cat-food"], ["fjordpaw"], [2]).Covers(1, "northpaw", path));
        Assert.True(new OfferScope(false, [], ["northpaw"], []).Covers(1, "northpaw", path));
        Assert.True(new OfferScope(false, [], [], [1]).Covers(1, "northpaw", path));
    }

    [Theory]
    [InlineData(ConsentPurposes.Personalisation | ConsentPurposes.Prices, 1984, true)]
    [InlineData(ConsentPurposes.Personalisation | ConsentPurposes.Prices, null, true)]
    [InlineData(ConsentPurposes.Personalisation | ConsentPurposes.Prices, 2008, false)]
    [InlineData(ConsentPurposes.Personalisation | ConsentPurposes.Prices, 2007, true)]
    [InlineData(ConsentPurposes.Prices, 1984, false)]
    [InlineData(ConsentPurposes.Personalisation | ConsentPurposes.Analytics | ConsentPurposes.Email, 1984, false)]
    public void Only_adults_who_agreed_to_both_purposes_have_personal_prices(ConsentPurposes agreed, int? born, bool admitted) =>
        Assert.Equal(admitted, PriceEligibility.Admits(new() { Consents = agreed, BirthYear = born }, new(Now, TimeZoneInfo.Utc)));

    private static OfferTerms Offer(int id, PriceCut cut) => new() { Id = id, Reason = "you ride", Cut = cut, Scope = OfferScope.All, AnyOf = ["horses"] };

    private static (OfferTerms Offer, long PriceMinor)? Best((OfferTerms[] Offers, long Public, long? Cost) world) => PriceChoice.Best(world.Offers, _ => true, world.Public, world.Cost);

    private static IReadOnlyList<OfferTerms> Held(OfferTerms offer, DateTimeOffset at, string segment) => PriceChoice.For([offer], at, new HashSet<string> { segment }, null).Held;
}
