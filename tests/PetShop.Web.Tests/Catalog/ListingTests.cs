using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using PetShop.Web.Catalog;

namespace PetShop.Web.Tests.Catalog;

public sealed class ListingTests
{
    private const int Products = 100;
    private static readonly string[] Brands = ["ash", "birch", "cedar"];
    private static readonly string[] Ages = ["adult", "puppy"];

    // Product i has id 1000 + i, brand i mod 3, age i mod 2.
    private static readonly Shelf Shelf = new([.. Enumerable.Range(1000, Products)], [], [Facet("brand", Brands), Facet("age", Ages)],
        new Dictionary<Order, int[]> { [Order.PriceUp] = [.. Enumerable.Range(0, Products).Reverse()] }, Vocabulary.Empty);

    private static Facet Facet(string key, string[] slugs) => new(key, key, [.. slugs.Select((slug, v) => new FacetValue(slug, slug, Set(i => i % slugs.Length == v)))]);

    private static Bits Set(Func<int, bool> holds)
    {
        var set = new Bits(Products);
        for (var i = 0; i < Products; i++)
            set[i] = holds(i);
        return set;
    }

    private static Listing List(string query) => new(Shelf, Set(_ => true), "/shop/dog", new QueryCollection(QueryHelpers.ParseQuery(query)));

    [Fact]
    public void Values_of_one_facet_widen_each_other_and_facets_narrow_each_other()
    {
        Assert.Equal(Products, List("").Total);
        Assert.Equal(67, List("?brand=ash&brand=birch").Total);
        Assert.Equal(17, List("?brand=ash&age=adult").Total);
    }

    [Fact]
    public void A_count_is_what_choosing_its_value_would_leave() => Check.QuickThrowOnFailure(Prop.ForAll(Gen.SubListOf<(string Key, string Slug)>([.. Brands.Select(b => ("brand", b)), .. Ages.Select(a => ("age", a))]).ToArbitrary(), chosen =>
    {
        var query = "?" + string.Join('&', chosen.Select(c => $"{c.Key}={c.Slug}"));
        return List(query).Facets.All(facet => facet.Values.Where(v => !v.Chosen && !chosen.Any(c => c.Key == facet.Key))
            .All(value => List($"{query}&{facet.Key}={value.Slug}").Total == value.Count));
    }));

    [Fact]
    public void A_removal_chip_leads_to_the_list_without_its_choice()
    {
        var chip = Assert.Single(List("?brand=ash&age=adult&sort=price&page=1").Chips, c => c.Label == "ash");
        Assert.Equal("/shop/dog?age=adult&sort=price", chip.UrlWithout);
    }

    [Theory]
    [InlineData("?brand=ash&age=adult&sort=price&page=2", "/shop/dog?sort=price")]
    [InlineData("?brand=ash", "/shop/dog")]
    [InlineData("?q=dry+food&brand=ash&sort=price", "/shop/dog?q=dry%20food&sort=price")]
    public void Clearing_all_choices_keeps_the_words_and_the_order(string query, string cleared) => Assert.Equal(cleared, List(query).ClearUrl);

    [Theory]
    [InlineData("", 1000, 24)]
    [InlineData("?page=5", 1096, 4)]
    [InlineData("?page=99", 1096, 4)]
    [InlineData("?page=-3", 1000, 24)]
    [InlineData("?sort=price", 1099, 24)]
    [InlineData("?sort=nonsense&brand=oak", 1000, 24)]
    public void The_address_says_which_page_in_which_order_and_nonsense_says_nothing(string query, int first, int count)
    {
        var listing = List(query);
        Assert.Equal(first, listing.ProductIds[0]);
        Assert.Equal(count, listing.ProductIds.Count);
    }

    [Fact]
    public void The_pages_of_a_list_hold_every_product_once() =>
        Assert.Equal(Enumerable.Range(1000, Products), Enumerable.Range(1, List("").Pages).SelectMany(page => List($"?page={page}").ProductIds));
}
