using PetShop.Demo.Catalogue;

namespace PetShop.Demo.Simulation;

/// <summary>A product with what shoppers feel about it and the shop cannot see.</summary>
/// <param name="Index">Place in the catalogue.</param>
/// <param name="Character">Its place in the space of tastes: brand, diet and itself.</param>
/// <param name="PriceLevel">Standard scores above the mean price of its shelf, on a log scale.</param>
internal sealed record ShelfItem(Product Product, int Index, double[] Character, double Popularity, double Quality, double PriceLevel)
{
    public Sku[] Buyable { get; } = [.. Product.Skus.Where(sku => sku.Stock > 0)];

    // Sets as bits: these are asked for each product at each choice.
    public ulong Species { get; } = Traits.Species(Product.Species);
    public ulong Stages { get; } = Traits.Bits(Product.LifeStages);
    public ulong Sizes { get; } = Traits.Bits(Product.DogSizes);
    public ulong Allergens { get; } = Traits.Bits(Product.Allergens);
    public ulong Diets { get; } = Traits.Bits(Product.DietTags);
    public ulong Seasons { get; } = Traits.Bits(Product.Seasons);
    public int ReleasedDay { get; } = Product.ReleasedOn.DayNumber;
}

/// <summary>The catalogue as the simulation sees it.</summary>
internal sealed class Shelf
{
    private readonly Dictionary<string, ShelfItem[]> _byLeaf;
    private readonly Dictionary<string, ShelfItem> _bySlug;
    private readonly Dictionary<string, List<string>> _leavesFor = [];

    public Shelf(DemoCatalogue catalogue, ulong seed)
    {
        var levels = PriceLevels(catalogue);
        Items = [.. catalogue.Products.Select((product, index) => ItemOf(product, index, levels[index], seed))];
        _byLeaf = Items.GroupBy(item => item.Product.CategorySlug).ToDictionary(group => group.Key, group => group.ToArray());
        _bySlug = Items.ToDictionary(item => item.Product.Slug);
        LeafNames = catalogue.Categories.ToDictionary(category => category.Slug, category => category.Name);
        BrandNames = catalogue.Brands.ToDictionary(brand => brand.Slug, brand => brand.Name);
        Leaves = [.. _byLeaf.Keys];
        BrandSizes = Items.CountBy(item => item.Product.BrandSlug).ToDictionary();
        FamilySizes = Items.CountBy(item => FamilyOf(item.Product)).ToDictionary();
    }

    public IReadOnlyList<ShelfItem> Items { get; }
    public IReadOnlyList<string> Leaves { get; }
    public IReadOnlyDictionary<string, string> LeafNames { get; }
    public IReadOnlyDictionary<string, string> BrandNames { get; }

    public IReadOnlyDictionary<string, int> BrandSizes { get; }
    public IReadOnlyDictionary<string, int> FamilySizes { get; }

    /// <summary>The first word of a name, which relatives share: "Murmur".</summary>
    public static string FamilyOf(Product product) => product.Name[..product.Name.IndexOf(' ', StringComparison.Ordinal)];

    public ShelfItem[] In(string leaf) => _byLeaf[leaf];

    public ShelfItem Item(string slug) => _bySlug[slug];

    /// <summary>The leaf categories with something for a species.</summary>
    public List<string> LeavesFor(string species)
    {
        if (!_leavesFor.TryGetValue(species, out var leaves))
            _leavesFor[species] = leaves = [.. Leaves.Where(leaf => In(leaf).Any(item => item.Product.Species.Contains(species)))];
        return leaves;
    }

    private static ShelfItem ItemOf(Product product, int index, double priceLevel, ulong seed)
    {
        var own = Chance.For("product " + product.Slug, seed);
        var character = new double[Taste.Dimensions];
        Add(character, 0.9, "brand " + product.BrandSlug, seed);
        Add(character, 0.4, "look " + product.Illustration, seed);
        foreach (var tag in product.DietTags.Take(2))
            Add(character, 0.5, "diet " + tag, seed);
        Add(character, 0.7, "self " + product.Slug, seed);
        return new(product, index, character, own.Normal(), own.Normal(), priceLevel);
    }

    private static void Add(double[] vector, double weight, string name, ulong seed)
    {
        var chance = Chance.For(name, seed);
        for (var place = 0; place < vector.Length; place++)
            vector[place] += weight * chance.Normal();
    }

    private static double[] PriceLevels(DemoCatalogue catalogue)
    {
        var logs = catalogue.Products.Select(product => Math.Log(UnitPrice(product.Skus[0]))).ToArray();
        var levels = new double[logs.Length];
        foreach (var shelf in catalogue.Products.Select((product, index) => (product, index)).GroupBy(pair => (pair.product.CategorySlug, pair.product.Illustration)))
        {
            var mean = shelf.Average(pair => logs[pair.index]);
            var spread = Math.Sqrt(shelf.Average(pair => Math.Pow(logs[pair.index] - mean, 2)));
            foreach (var (_, index) in shelf)
                levels[index] = spread > 0.01 ? (logs[index] - mean) / spread : 0;
        }
        return levels;
    }

    private static double UnitPrice(Sku sku) => (double)sku.PriceMinor / (sku.WeightGrams ?? sku.Count ?? 1);
}
