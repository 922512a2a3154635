using System.Collections.Concurrent;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;

namespace PetShop.Web.Recommendations.Serving;

/// <summary>Every active product in memory, with one bitset a property, so that eligibility costs some words of AND. Immutable.</summary>
public sealed class Catalogue
{
    private const int KnownAllergens = 256;
    // Parts of names and slugs of categories.
    private static readonly string[] HealthWords = ["health", "medic", "pharma", "worming", "flea", "parasite", "supplement", "vitamin"];
    private readonly ProductFacts[] _products;
    private readonly Dictionary<string, Eligibility> _species;
    private readonly Dictionary<string, Eligibility> _lifeStages;
    private readonly Dictionary<string, Eligibility> _dogSizes;
    private readonly Dictionary<string, Eligibility> _categories;
    private readonly ConcurrentDictionary<string, Eligibility> _containing = new(StringComparer.OrdinalIgnoreCase);

    private readonly IReadOnlyDictionary<string, string> _categoryNames;

    /// <param name="products">In any order; ids are unique.</param>
    /// <param name="categoryNames">Name of each category by its slug.</param>
    public Catalogue(IEnumerable<ProductFacts> products, IReadOnlyDictionary<string, string>? categoryNames = null)
    {
        _categoryNames = categoryNames ?? new Dictionary<string, string>();
        _products = [.. products.OrderBy(p => p.Id)];
        Items = new ItemIndex(Array.ConvertAll(_products, p => p.Id));
        _species = FitsBy(p => p.Species);
        _lifeStages = FitsBy(p => Array.ConvertAll(p.LifeStages, AgeOf));
        _dogSizes = FitsBy(p => p.DogSizes);
        _categories = SetsBy(p => p.CategoryPath);
        InStock = Where(p => p.InStock);
        Medicines = Where(p => p.IsMedicine);
        Health = Where(p => p.IsMedicine || Array.Exists(p.CategoryPath, IsAboutHealth));
        Brands = Array.ConvertAll(_products, p => p.BrandId);
        RepeatChances = Serving.RepeatChances.Of(_products);
        Leaves = Array.ConvertAll(_products, p => p.CategoryId);
    }

    public static Catalogue Empty { get; } = new([]);

    /// <summary>Product ids and their columns in every bitset of this catalogue.</summary>
    public ItemIndex Items { get; }
    public Eligibility InStock { get; }
    public Eligibility Medicines { get; }
    /// <summary>Products of shelves about health, medicines or not: nothing is tried out on people there.</summary>
    public Eligibility Health { get; }
    /// <summary>Brand of each column.</summary>
    public int[] Brands { get; }
    /// <summary>Leaf category of each column.</summary>
    public int[] Leaves { get; }
    /// <summary>How likely a buyer of each column buys it again.</summary>
    public double[] RepeatChances { get; }
    public int Count => _products.Length;
    public ProductFacts this[int column] => _products[column];

    public ProductFacts? Find(int productId) => Items.ColumnOf(productId) is >= 0 and var column ? _products[column] : null;

    /// <summary>Whether a category is another or lies under it.</summary>
    public bool IsWithin(string category, string ancestor)
    {
        if (category == ancestor)
            return true;
        if (!_categories.TryGetValue(category, out var set) || !_categories.TryGetValue(ancestor, out var whole))
            return false;
        // A category lies under another when all its products do.
        return set.EligibleCount > 0 && set.Copy().Except(whole).EligibleCount == 0;
    }

    private bool IsAboutHealth(string category) =>
        Array.Exists(HealthWords, w => category.Contains(w, StringComparison.OrdinalIgnoreCase) || _categoryNames.GetValueOrDefault(category)?.Contains(w, StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>Name of a category or department; null when there is none of that slug.</summary>
    public string? CategoryName(string slug) => _categoryNames.GetValueOrDefault(slug);

    /// <summary>Every species that a product names.</summary>
    public IEnumerable<string> SpeciesNames => _species.Keys.Where(s => s.Length > 0);
    /// <summary>Products for this species and those for any.</summary>
    public Eligibility ForSpecies(string species) => _species.GetValueOrDefault(species) ?? _species[""];
    /// <summary>Products that name this species; those for any animal are left out.</summary>
    public Eligibility MadeFor(string species) => ForSpecies(species).Copy().Except(_species[""]);
    /// <summary>Products made for some of these species and for no other.</summary>
    public Eligibility OnlyFor(IReadOnlyCollection<string> species)
    {
        var only = new Eligibility(Count);
        foreach (var one in species)
            only.Or(MadeFor(one));
        foreach (var other in _species.Keys)
            if (other.Length > 0 && !species.Contains(other))
                only.Except(MadeFor(other));
        return only;
    }
    /// <summary>Products for this life stage (junior, adult, senior) and those for any.</summary>
    public Eligibility ForLifeStage(string stage) => _lifeStages.GetValueOrDefault(stage) ?? _lifeStages[""];
    /// <summary>Products for dogs of this size and those for any.</summary>
    public Eligibility ForDogSize(string size) => _dogSizes.GetValueOrDefault(size) ?? _dogSizes[""];
    /// <summary>Products anywhere under a category or department, by its slug; null when there are none.</summary>
    public Eligibility? InCategory(string slug) => _categories.GetValueOrDefault(slug);

    /// <summary>Makers write puppy or kitten where a pet's age says junior.</summary>
    private static string AgeOf(string lifeStage) => lifeStage is "puppy" or "kitten" ? "junior" : lifeStage;

    /// <summary>Products that name the substance among their allergens or in an ingredient, be it "chicken" or "dried chicken liver".</summary>
    public Eligibility Containing(string substance)
    {
        if (_containing.TryGetValue(substance, out var known))
            return known;
        var found = Where(p => Names(p.Allergens, substance) || Names(p.Ingredients, substance));
        // Owners may type what they like; only so many of their words are kept.
        if (_containing.Count < KnownAllergens)
            _containing.TryAdd(substance, found);
        return found;
    }

    /// <summary>The products a predicate holds for.</summary>
    public Eligibility Where(Func<ProductFacts, bool> holds)
    {
        var set = new Eligibility(_products.Length);
        for (var column = 0; column < _products.Length; column++)
            if (holds(_products[column]))
                set[column] = true;
        return set;
    }

    private static bool Names(string[] list, string substance)
    {
        foreach (var entry in list)
            if (entry.Contains(substance, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    private Dictionary<string, Eligibility> SetsBy(Func<ProductFacts, string[]> keysOf)
    {
        Dictionary<string, Eligibility> sets = [];
        for (var column = 0; column < _products.Length; column++)
            foreach (var key in keysOf(_products[column]))
            {
                if (!sets.TryGetValue(key, out var set))
                    sets.Add(key, set = new Eligibility(_products.Length));
                set[column] = true;
            }
        return sets;
    }

    // A product that names nothing fits all; those alone stand under the empty key.
    private Dictionary<string, Eligibility> FitsBy(Func<ProductFacts, string[]> keysOf)
    {
        var sets = SetsBy(keysOf);
        var any = Where(p => keysOf(p).Length == 0);
        foreach (var set in sets.Values)
            set.Or(any);
        sets[""] = any;
        return sets;
    }
}
