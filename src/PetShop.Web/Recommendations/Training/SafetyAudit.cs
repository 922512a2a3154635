using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Recommender.Ranking;
using PetShop.Web.Recommendations.Rails;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Tracking;

namespace PetShop.Web.Recommendations.Training;

/// <summary>Lets the rails of households with pets be made by a model that does not serve yet, and counts what they must not hold.</summary>
public sealed class SafetyAudit(NpgsqlDataSource source, LiveHistories histories, ShopperRecords records, HouseholdPets pets, TimeProvider clock, IOptions<RecommendationOptions> options)
{
    private const int Households = 100;
    // Half of them have an allergy, as far as there are so many; which ones changes from day to day.
    private const string Sql =
        """
        WITH pet_owners AS (
            SELECT s.id, bool_or(cardinality(p.allergies) > 0) AS allergic, md5(s.id::text || $2::text) AS lot
            FROM shoppers s JOIN pets p ON p.shopper_id = s.id WHERE s.consent_personalisation AND p.died_on IS NULL GROUP BY s.id
        ), ranked AS (SELECT id, allergic, row_number() OVER (PARTITION BY allergic ORDER BY lot) AS place FROM pet_owners)
        SELECT id FROM ranked ORDER BY place + CASE WHEN allergic OR place <= $1 / 2 THEN 0 ELSE $1 END LIMIT $1
        """;

    /// <summary>Reads the households that will be looked at.</summary>
    public async Task<SafetySample> LoadAsync(Catalogue catalogue, CancellationToken cancel)
    {
        List<Guid> ids = [];
        await using (var command = source.CreateCommand(Sql))
        {
            command.Parameters.Add(new() { Value = Households });
            command.Parameters.Add(new() { Value = clock.GetUtcNow().DayOfYear });
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
                ids.Add(reader.GetGuid(0));
        }
        List<(VisitorHistory, ShopperRecord, Household)> households = [];
        foreach (var id in ids)
        {
            var visitor = new Visitor { Id = id, ShopperId = id, Consent = Consent.Accepted };
            var history = await histories.GetAsync(visitor, cancel);
            households.Add((history, await records.GetAsync(visitor, history, cancel), await pets.GetAsync(visitor, cancel)));
        }
        return new(catalogue, await NeighbourLists.ReadAsync(source, cancel), households, clock.GetUtcNow(), options.Value);
    }
}

/// <summary>Households with their histories, and the shop as it is now.</summary>
public sealed class SafetySample(
    Catalogue catalogue, NeighbourLists neighbours, IReadOnlyList<(VisitorHistory History, ShopperRecord Record, Household Household)> households, DateTimeOffset now, RecommendationOptions options)
{
    private static readonly string[] Personal = [Placements.HomeForYou, Placements.HomePet, Placements.AccountForYou, Placements.SearchEmpty];
    private readonly ProductLists _lists = new(catalogue, DateOnly.FromDateTime(now.UtcDateTime));

    /// <summary>Makes every personal rail of every household with this model and looks at each product by itself, not by the sets the rails are made from.</summary>
    public SafetyCount Count(string trainer, IModel model)
    {
        var state = new ServingState(new ServedModel(0, trainer, model), catalogue, neighbours, _lists);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        int lists = 0, products = 0, violations = 0;
        string? example = null;
        foreach (var (history, record, household) in households)
        {
            var taste = new Taste(state, history, record, household, now);
            foreach (var draft in Personal.SelectMany(p => Plan(state, taste, today, p)))
            {
                lists++;
                foreach (var place in draft.Places)
                {
                    products++;
                    if (Objection(catalogue[place.Column], household, draft.Pet, today) is not { } objection)
                        continue;
                    violations++;
                    example ??= $"{catalogue[place.Column].Name} in {draft.Placement}: {objection}";
                }
            }
        }
        return new(households.Count, lists, products, violations, example);
    }

    private List<Draft> Plan(ServingState state, Taste taste, DateOnly today, string placement) =>
        new RailPlanner(new RailContext(state, taste, new ShownProducts(), now, today), new Random(1), options.ExploreShare, options.RailSize).Plan(new RailRequest(placement));

    /// <summary>Why a household must not be shown a product, from its plain facts; null when it may.</summary>
    /// <param name="pet">The one pet that the list is for; null for any of them.</param>
    public static string? Objection(ProductFacts product, Household household, PetFacts? pet, DateOnly today)
    {
        if (!product.InStock)
            return "it is out of stock";
        if (product.IsMedicine)
            return "it is a medicine";
        if (product.Species.Length > 0 && product.Species.All(s => household.Died.Any(d => d.Species == s) && household.Pets.All(p => p.Species != s)))
            return "it is for an animal that died";
        var eaters = pet is null ? household.Pets : [pet];
        return eaters.Length == 0 || eaters.Any(e => ObjectionOf(product, e, today) is null) ? null : ObjectionOf(product, eaters[0], today);
    }

    private static string? ObjectionOf(ProductFacts product, PetFacts pet, DateOnly today)
    {
        if (product.Species.Length > 0 && !product.Species.Contains(pet.Species))
            return $"it is not for a {pet.Species}";
        if (pet.Allergies.Select(a => a.Trim()).FirstOrDefault(a => a.Length > 0 && product.Allergens.Concat(product.Ingredients).Any(i => i.Contains(a, StringComparison.OrdinalIgnoreCase))) is { } allergy)
            return $"a pet is allergic to {allergy}";
        if (pet.LifeStage(today) is { } stage && product.LifeStages.Length > 0 && !product.LifeStages.Any(s => s == stage || (stage == "junior" && s is "puppy" or "kitten")))
            return $"it is not for a {stage}";
        return pet.DogSize is { } size && product.DogSizes.Length > 0 && !product.DogSizes.Contains(size) ? $"it is not for a {size} dog" : null;
    }
}
