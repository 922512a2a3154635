using PetShop.Data.Events;
using PetShop.Data.Models;
using PetShop.Data.Shoppers;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Sessions;
using PetShop.Web.Recommendations;
using PetShop.Web.Recommendations.Rails;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Tracking;

namespace PetShop.Web.Tests.Recommendations;

/// <summary>A shop, a model and households drawn by chance, and a judge of what may be shown that knows nothing of bitsets.</summary>
internal sealed class RandomShop
{
    private static readonly string[] Species = ["dog", "cat", "rabbit"], Stages = ["puppy", "kitten", "junior", "adult", "senior"], Sizes = ["toy", "small", "medium", "large", "giant"],
        Substances = ["chicken", "beef", "salmon", "wheat"];
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 6, 1);
    private static readonly Guid Visit = Guid.Parse("0196f2c0-0000-7000-8000-000000000001");
    private readonly Random _random;
    private readonly ShelfRule[] _rules = [];

    public RandomShop(int seed, int products = 0, int brands = 6, int leaves = 5, bool rules = true)
    {
        _random = new Random(seed);
        var catalogue = new Catalogue([.. Enumerable.Range(1, products > 0 ? products : _random.Next(1, 120)).Select(id => Product(id, brands, leaves))]);
        if (rules)
            _rules = [.. Enumerable.Range(1, _random.Next(0, 5)).Select(id => Rule(id, catalogue))];
        State = new(Model(catalogue), catalogue, Neighbours(catalogue), new ProductLists(catalogue, Today), Visits(catalogue), new ShelfRules(_rules));
    }

    public ServingState State { get; }

    /// <summary>A stranger, and people with households, pasts, orders and corrections of all kinds.</summary>
    public IEnumerable<Taste?> Tastes()
    {
        yield return null;
        for (var i = 0; i < 3; i++)
        {
            var household = Household();
            var record = new ShopperRecord([.. Enumerable.Range(0, _random.Next(6)).Select(_ => new Purchase(AnyId(), Ago(400), _random.Next(1, 4), Chance(0.5) ? 2000 : null))],
                Enumerable.Range(0, _random.Next(6)).Select(_ => AnyId()).Distinct().ToDictionary(id => id, _ => (_random.Next(1, 9), Ago(6))), Now);
            yield return new Taste(State, new([.. Enumerable.Range(0, _random.Next(12)).Select(_ => Event()).OrderByDescending(e => e.OccurredAt)]), record, household, Now);
        }
    }

    /// <summary>Every rail there is, as a page would plan it.</summary>
    public IEnumerable<(string Placement, IReadOnlyList<Place> Places, PetFacts? Pet)> Plan(Taste? taste)
    {
        RailRequest[] requests =
        [
            new(Placements.HomeForYou), new(Placements.HomePet), new(Placements.HomeBecauseViewed), new(Placements.HomeBuyAgain), new(Placements.HomeTrending), new(Placements.HomeRecent),
            new(Placements.ProductSimilar, ProductId: AnyId()), new(Placements.ProductTogether, ProductId: AnyId()), new(Placements.ProductBecause, ProductId: AnyId()),
            new(Placements.CartTogether, Products: [AnyId(), AnyId()]), new(Placements.OrderNext, Products: [AnyId()]), new(Placements.AccountBuyAgain), new(Placements.AccountForYou),
            new(Placements.DepartmentTrending, Category: "dog"), new(Placements.CategoryForYou, Category: "leaf-1"), new(Placements.SearchEmpty),
        ];
        foreach (var request in requests)
        {
            // Each rail on a page of its own, so that none is short of candidates because of those before it.
            var context = new RailContext(State, taste, new ShownProducts(), Now, Today) { Rules = State.Rules.All };
            foreach (var draft in new RailPlanner(context, new Random(_random.Next()), exploreShare: 1, size: 8).Plan(request))
                yield return (request.Placement, draft.Places, draft.Pet);
        }
    }

    /// <summary>Judges one place from the plain facts.</summary>
    public bool MayShow(Taste? taste, string placement, PetFacts? pet, Place place, out string? reason)
    {
        var product = State.Catalogue[place.Column];
        reason = !product.InStock ? "sold out" : product.IsMedicine ? "medicine"
            : _rules.Any(r => r.Kind == MerchandisingKind.Exclude && (r.Placement is null || r.Placement == placement) && r.PageCategory is null && r.ProductIds.Contains(product.Id)) ? "excluded"
            : taste is null ? null
            : pet is not null && Unfit(pet, product) is not null ? "not for this pet"
            : ForHousehold(taste, placement, product);
        return reason is null;
    }

    private static string? ForHousehold(Taste taste, string placement, ProductFacts product)
    {
        var (pets, died) = (taste.Household.Pets, taste.Household.Died);
        if (taste.Hidden.Contains(product.Id))
            return "refused";
        bool Lives(string species) => pets.Any(p => p.Species == species);
        if (product.Species.Length > 0 && product.Species.All(s => died.Any(d => d.Species == s) && !Lives(s)))
            return "for an animal that died";
        // Beside what somebody chose to look at, and among what they saw or bought, may stand what is for no animal of theirs at all.
        var foreign = product.Species.Length > 0 && !product.Species.Any(Lives);
        var besides = placement is "product-similar" or "product-because" or "home-recent" or "home-buy-again" or "account-buy-again";
        if (!besides && product.Species.Length > 0 && taste.Household.Corrections.RefusedSpecies is var refused && product.Species.All(s => refused.Contains(s) && !Lives(s)))
            return "a species they do not have";
        if (pets.Length == 0 || (foreign && besides))
            return null;
        var reasons = pets.Select(p => Unfit(p, product)).ToArray();
        return reasons.Contains(null) ? null : reasons.Order().Last(r => r is not null);
    }

    private static string? Unfit(PetFacts pet, ProductFacts product)
    {
        bool Named(string[] list, string substance) => list.Any(entry => entry.Contains(substance, StringComparison.OrdinalIgnoreCase));
        if (product.Species.Length > 0 && !product.Species.Contains(pet.Species))
            return "not for any pet here";
        if (pet.Allergies.Any(a => Named(product.Allergens, a) || Named(product.Ingredients, a)))
            return "allergy";
        var stages = product.LifeStages.Select(s => s is "puppy" or "kitten" ? "junior" : s).ToArray();
        if (stages.Length > 0 && pet.LifeStage(Today) is { } stage && !stages.Contains(stage))
            return "wrong age";
        return product.DogSizes.Length > 0 && pet.DogSize is { } size && !product.DogSizes.Contains(size) ? "wrong size" : null;
    }

    private ProductFacts Product(int id, int brands, int leaves)
    {
        var leaf = _random.Next(leaves);
        var health = leaf == leaves - 1;
        return new(id, $"p-{id}", $"Product {id}", _random.Next(brands), leaf, "dog", ["dog", health ? "dog-health" : $"leaf-{leaf}"])
        {
            Species = Some(Species, 0.5), LifeStages = Some(Stages, 0.25), DogSizes = Some(Sizes, 0.2), Allergens = Some(Substances, 0.2),
            Ingredients = [.. Some(Substances, 0.15).Select(s => $"dried {s} meal")], Seasons = Some(["summer"], 0.3), IsMedicine = health && Chance(0.5), InStock = Chance(0.85),
            ReleasedOn = Today.AddDays(-_random.Next(400)), KcalPer100g = Chance(0.5) ? 350 : null, IsCompleteFood = Chance(0.4), Views30d = _random.Next(50), Buyers30d = _random.Next(9),
            Buyers365d = _random.Next(60), Trending = Chance(0.3) ? _random.NextSingle() : 0, Shown30d = _random.Next(200), Clicked30d = _random.Next(10),
        };
    }

    private Household Household()
    {
        PetFacts[] pets = [.. Enumerable.Range(0, _random.Next(4)).Select(_ => Pet())];
        PetFacts[] died = [.. Enumerable.Range(0, _random.Next(4) == 0 ? 1 : 0).Select(_ => Pet() with { DiedOn = Today.AddDays(-3) })];
        Correction[] made = [.. Enumerable.Range(0, _random.Next(4)).Select(_ => AnyId()).Distinct()
            .Select(id => new Correction((CorrectionKind)_random.Next(1, 5), id, State.Catalogue.Find(id)?.Species ?? [], Ago(10)))];
        return new(pets, died) { Corrections = new(made) };
    }

    private PetFacts Pet() => new(Guid.NewGuid(), "Moss", Species[_random.Next(Species.Length)])
    {
        BornOn = Chance(0.7) ? Today.AddDays(-_random.Next(20, 5000)) : null, AdultWeightG = Chance(0.5) ? _random.Next(2000, 60000) : null, WeightG = Chance(0.5) ? _random.Next(1000, 40000) : null,
        Allergies = Some(Substances, 0.2),
    };

    private ShelfRule Rule(int id, Catalogue catalogue) => new(id, (MerchandisingKind)_random.Next(1, 4))
    {
        Placement = Chance(0.3) ? Placements.HomeForYou : null, ProductIds = [.. Enumerable.Range(0, 4).Select(_ => _random.Next(1, catalogue.Count + 2))], Position = _random.Next(1, 9),
        Strength = _random.Next(-100, 101), Priority = _random.Next(3),
    };

    // None, sound, of products the shop does not sell any more, or one whose numbers break the fold-in.
    private ServedModel? Model(Catalogue catalogue)
    {
        var kind = _random.Next(5);
        if (kind == 0)
            return null;
        int[] ids = [.. Enumerable.Range(1, catalogue.Count + 5).Where(_ => Chance(0.9))];
        if (ids.Length == 0)
            return null;
        if (kind == 1)
            return new(1, "item-item", new NeighbourModel(new ItemIndex(ids), [.. Enumerable.Range(0, ids.Length + 1)], [.. ids.Select(_ => new Ranked(_random.Next(ids.Length), _random.NextSingle()))]));
        var scale = kind == 2 ? 1e15f : 1;
        float[] factors = [.. Enumerable.Range(0, ids.Length * 4).Select(_ => (_random.NextSingle() - 0.5f) * scale)];
        try
        {
            return new(2, "als", new FactorModel(new ItemIndex(ids), 4, factors, new FoldInOptions(0.3, kind == 2 ? 1e-30 : 0.03)));
        }
        catch (ArithmeticException)
        {
            return null;
        }
    }

    // Past visits, also to products the shop does not sell any more.
    private SessionModel? Visits(Catalogue catalogue)
    {
        if (Chance(0.3))
            return null;
        var items = new ItemIndex([.. Enumerable.Range(1, catalogue.Count + 3)]);
        int[][] visits = [.. Enumerable.Range(0, 60).Select(_ => Enumerable.Range(0, _random.Next(2, 8)).Select(_ => _random.Next(items.Count)).ToArray())];
        int[] starts = [0, .. visits.Select((_, i) => visits.Take(i + 1).Sum(v => v.Length))];
        return new(new SessionLog(items, starts, [.. visits.SelectMany(v => v)], new int[visits.Length]), new SessionModelOptions());
    }

    private NeighbourLists Neighbours(Catalogue catalogue)
    {
        Dictionary<(int, NeighbourKind), Neighbours> lists = [];
        for (var id = 1; id <= catalogue.Count; id++)
            foreach (var kind in Enum.GetValues<NeighbourKind>())
                if (Chance(0.7))
                {
                    int[] others = [.. Enumerable.Range(0, 12).Select(_ => _random.Next(1, catalogue.Count + 3)).Distinct()];
                    lists[(id, kind)] = new(others, [.. others.Select(_ => _random.NextSingle())]);
                }
        return new(lists);
    }

    private HistoryEvent Event() => new(Guid.NewGuid(), Ago(60), ((EventType[])[EventType.ProductViewed, EventType.CartAdded, EventType.WishListed, EventType.Purchased, EventType.SearchClicked])[_random.Next(5)],
        AnyId(), null, null, 1, null, null, null, null, null, Chance(0.7) ? Visit : null);

    private int AnyId() => _random.Next(1, State.Catalogue.Count + 2);

    private DateTimeOffset Ago(int days) => Now.AddDays(-_random.NextDouble() * days);

    private bool Chance(double p) => _random.NextDouble() < p;

    private string[] Some(string[] all, double p) => [.. all.Where(_ => Chance(p))];
}
