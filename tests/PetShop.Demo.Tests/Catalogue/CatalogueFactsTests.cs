using System.Text.RegularExpressions;
using PetShop.Demo.Catalogue;

namespace PetShop.Demo.Tests.Catalogue;

public sealed class CatalogueFactsTests
{
    private static readonly DateOnly Today = new(2026, 6, 1);
    private static readonly DemoCatalogue Shop = DemoCatalogue.Create(Today);

    private static readonly Dictionary<string, string[]> SpeciesOf = new()
    {
        ["dog"] = ["dog"],
        ["cat"] = ["cat"],
        ["small-pets"] = ["rabbit", "guinea-pig", "hamster", "gerbil", "mouse", "rat", "chinchilla", "degu"],
        ["birds"] = ["budgie", "cockatiel", "canary", "parrot", "finch", "wild-bird"],
        ["fish"] = ["tropical-fish", "goldfish", "betta", "shrimp", "pond-fish", "koi"],
        ["reptiles"] = ["bearded-dragon", "leopard-gecko", "corn-snake", "tortoise"],
        ["horse"] = ["horse", "pony"],
    };

    [Fact] public void There_are_at_least_four_hundred_products() => Assert.True(Shop.Products.Count >= 400, $"only {Shop.Products.Count}");

    [Fact] public void Every_leaf_category_has_at_least_three_products()
    {
        var parents = Shop.Categories.Select(category => category.ParentSlug).ToHashSet();
        var leaves = Shop.Categories.Where(category => !parents.Contains(category.Slug)).ToList();
        Assert.InRange(leaves.Count, 55, 90);
        Assert.All(leaves, leaf => Assert.True(Shop.Products.Count(product => product.CategorySlug == leaf.Slug) >= 3, leaf.Slug));
    }

    [Fact] public void Slugs_names_codes_and_barcodes_are_unique()
    {
        AssertUnique(Shop.Products.Select(product => product.Slug));
        AssertUnique(Shop.Products.Select(product => product.Name));
        AssertUnique(Shop.Products.Select(product => product.ShortDescription));
        AssertUnique(Shop.Categories.Select(category => category.Slug));
        AssertUnique(Shop.Brands.Select(brand => brand.Slug));
        AssertUnique(Skus().Select(sku => sku.Code));
        AssertUnique(Skus().Select(sku => sku.Barcode));
        Assert.All(Shop.Products, product => AssertUnique(product.Skus.Select(sku => sku.Label)));
    }

    [Fact] public void Slugs_are_fit_for_a_url() =>
        Assert.All(Shop.Products.Select(product => product.Slug).Concat(Shop.Categories.Select(category => category.Slug)), slug => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", slug));

    [Fact] public void Every_barcode_has_its_check_digit()
    {
        Assert.All(Skus(), sku => Assert.True(Barcode.IsValid(sku.Barcode), sku.Barcode));
        Assert.True(Barcode.IsValid("4006381333931"));
        Assert.False(Barcode.IsValid("4006381333932"));
    }

    [Fact] public void A_bigger_pack_costs_more_but_less_per_kilo() => Assert.All(Shop.Products, product =>
    {
        foreach (var byColour in product.Skus.Where(sku => sku.WeightGrams is not null).GroupBy(sku => sku.Colour))
            foreach (var (small, big) in byColour.OrderBy(sku => sku.WeightGrams).Pairwise())
            {
                Assert.True(big.PriceMinor > small.PriceMinor, $"{product.Name}: {small.Label} {small.PriceMinor}, {big.Label} {big.PriceMinor}");
                Assert.True((double)big.PriceMinor / big.WeightGrams!.Value < (double)small.PriceMinor / small.WeightGrams!.Value, $"{product.Name}: {big.Label} is dearer per kilo");
            }
    });

    [Fact] public void A_bigger_count_costs_more_but_less_a_piece() => Assert.All(Shop.Products, product =>
    {
        foreach (var (few, many) in product.Skus.Where(sku => sku is { WeightGrams: null, Count: not null }).OrderBy(sku => sku.Count).Pairwise())
            Assert.True(many.PriceMinor > few.PriceMinor && (double)many.PriceMinor / many.Count!.Value < (double)few.PriceMinor / few.Count!.Value, product.Name);
    });

    [Fact] public void Every_price_leaves_a_margin_after_vat() =>
        Assert.All(Skus(), sku => Assert.InRange(sku.CostMinor, 1, (int)(sku.PriceMinor / 1.19)));

    [Fact] public void Species_match_the_department() => Assert.All(Shop.Products, product =>
    {
        Assert.NotEmpty(product.Species);
        Assert.All(product.Species, species => Assert.True(SpeciesOf[product.Department].Contains(species), $"{product.Name} is for {species} but stands under {product.Department}"));
    });

    [Fact] public void A_medicine_is_for_one_kind_of_animal_and_is_no_food() =>
        Assert.All(Shop.Products.Where(product => product.IsMedicine), product =>
        {
            Assert.True(product.Species is ["dog"] or ["cat"] or ["horse", "pony"], product.Name);
            Assert.Equal(Ration.None, product.Ration);
        });

    [Fact] public void Allergens_follow_from_the_ingredients() => Assert.All(Shop.Products, product =>
    {
        Assert.Equal(Allergens.In(product.Ingredients), product.Allergens);
        if (product.CategorySlug == "small-pet-hay" || product.Ingredients.Count == 0)
            Assert.Empty(product.Allergens);
    });

    [Theory]
    [InlineData("chicken"), InlineData("turkey"), InlineData("duck"), InlineData("beef"), InlineData("lamb"), InlineData("venison"), InlineData("rabbit"), InlineData("quail")]
    [InlineData("salmon"), InlineData("herring"), InlineData("cod"), InlineData("tuna"), InlineData("trout"), InlineData("prawn"), InlineData("cheese"), InlineData("larva")]
    public void A_food_that_names_a_flavour_contains_it(string flavour)
    {
        var named = Shop.Products.Where(product => product.Ingredients.Count > 0 && Regex.IsMatch(product.Name, $@"\b{flavour}\b", RegexOptions.IgnoreCase) && !Names(product, "Rabbit", "rabbit")).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, product => Assert.Contains(flavour, string.Join(' ', product.Ingredients), StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("grain-free", "wheat|oats|oat|barley|rice|maize|corn|rye|millet")]
    [InlineData("vegetarian", "chicken|beef|fish|salmon|cod|turkey|duck|lamb|pork|venison|rabbit|larvae|prawn|gelatine|antler")]
    [InlineData("low-sugar", "sugar|molasses|honey|raisins|apple")]
    [InlineData("hypoallergenic", "chicken|beef|dairy|milk|wheat|egg|soya|lamb")]
    public void A_diet_tag_is_true_of_the_ingredients(string tag, string forbidden)
    {
        var tagged = Shop.Products.Where(product => product.DietTags.Contains(tag)).ToList();
        Assert.NotEmpty(tagged);
        Assert.All(tagged, product => Assert.False(Regex.IsMatch(string.Join(' ', product.Ingredients), $@"\b({forbidden})\b", RegexOptions.IgnoreCase), product.Name + " is not " + tag));
    }

    [Fact] public void A_single_protein_food_has_one_meat() =>
        Assert.All(Shop.Products.Where(product => product.DietTags.Contains("single-protein")), product =>
            Assert.True(product.Allergens.Intersect(["chicken", "turkey", "duck", "beef", "lamb", "pork", "rabbit", "fish"]).Count() <= 1, product.Name));

    [Fact] public void Food_states_its_energy_and_other_things_have_none() => Assert.All(Shop.Products, product =>
    {
        Assert.Equal(product.Ration != Ration.None, product.Ingredients.Count > 0);
        Assert.Equal(product.Ration != Ration.None, product.KcalPer100g is not null);
        Assert.InRange(product.KcalPer100g ?? 0, 0, 900);
    });

    [Fact] public void Analyses_add_up() => Assert.All(Shop.Products.Where(product => product.Constituents is not null), product =>
    {
        var (protein, fat, fibre, ash, moisture) = product.Constituents!;
        Assert.True(protein + fat + fibre + ash + moisture <= 100, $"{product.Name}: {product.Constituents}");
        Assert.InRange(fat, 1.5m, 35m);
    });

    [Fact] public void Every_reference_leads_somewhere() => Assert.All(Shop.Products, product =>
    {
        Assert.Contains(product.Illustration, IllustrationKeys.All);
        Assert.Contains(Shop.Brands, brand => brand.Slug == product.BrandSlug);
        Assert.All(product.Complements.Concat(product.Substitutes), slug => Assert.NotEqual(product, Shop.Product(slug)));
    });

    [Fact] public void Every_illustration_and_every_brand_is_used()
    {
        Assert.Empty(IllustrationKeys.All.Except(Shop.Products.Select(product => product.Illustration)));
        Assert.Empty(Shop.Brands.Select(brand => brand.Slug).Except(Shop.Products.Select(product => product.BrandSlug)));
    }

    [Fact] public void Complements_and_substitutes_suit_the_same_animal() => Assert.All(Shop.Products, product =>
        Assert.All(product.Complements.Concat(product.Substitutes), slug => Assert.NotEmpty(Shop.Product(slug).Species.Intersect(product.Species))));

    [Theory]
    [InlineData("murmur-internal-filter", "murmur-replacement-cartridges")]
    [InlineData("trickle-fountain", "trickle-fountain-filters")]
    [InlineData("first-paws-puppy-chicken", "puppy-pennies-turkey")]
    [InlineData("long-flight-cage", "swing-with-bead-rail")]
    public void What_belongs_together_is_linked(string product, string complement)
        => Assert.Contains(complement, Shop.Product(product).Complements);

    [Fact] public void Nothing_is_released_after_today_and_some_things_are_new()
    {
        Assert.All(Shop.Products, product => Assert.True(product.ReleasedOn < Today));
        Assert.InRange(Shop.Products.Count(product => product.ReleasedOn > Today.AddYears(-1)), 25, 120);
    }

    [Fact] public void Descriptions_are_sentences_of_their_own()
    {
        Assert.All(Shop.Products, product => Assert.All(product.LongDescription.Prepend(product.ShortDescription), text => Assert.Matches(@"^\p{Lu}.{15,}[.?!]$", text)));
        AssertUnique(Shop.Products.Select(product => product.LongDescription[0]));
    }

    [Fact] public void The_catalogue_is_the_same_each_time()
        => Assert.Equal(Shop.Products.Select(product => product.ToString()), DemoCatalogue.Create(Today).Products.Select(product => product.ToString()));

    private static IEnumerable<Sku> Skus() => Shop.Products.SelectMany(product => product.Skus);

    // "Rabbit" in the name of a food for rabbits names the eater.
    private static bool Names(Product product, string word, string species) => product.Name.Contains(word, StringComparison.Ordinal) && product.Species.Contains(species);

    private static void AssertUnique(IEnumerable<string> values) => Assert.Empty(values.GroupBy(value => value).Where(group => group.Count() > 1).Select(group => group.Key));
}
