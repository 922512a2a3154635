using Npgsql;
using PetShop.Targeting.Segments;
using PetShop.Web.Tracking;

namespace PetShop.Web.Targeting;

/// <summary>Reads what is stored of one visitor in one round trip.</summary>
internal sealed class ProfileReader(NpgsqlDataSource source)
{
    private const string PersonColumns = """
        s.rollout_key, s.birth_year, s.country, s.city, s.postcode, s.language, s.organisation_kind, s.quiz_values, s.registered_at,
            f.last_order_at, coalesce(f.orders_count, 0), coalesce(f.revenue_minor, 0), f.last_seen_at, coalesce(f.sessions_30d, 0), f.top_department, f.top_brand,
            f.rfm_recency, f.rfm_frequency, f.rfm_monetary, f.churn_permille, f.value_year_minor, f.next_order_on, f.top_category,
            ARRAY(SELECT l.slug FROM shopper_list_members lm JOIN shopper_lists l ON l.id = lm.list_id WHERE lm.shopper_id = s.id ORDER BY 1),
            coalesce(ti.categories, '{}'), coalesce(ti.brands, '{}')
        """;

    private const string Tables = "FROM shoppers s LEFT JOIN shopper_features f ON f.shopper_id = s.id LEFT JOIN shopper_interests ti ON ti.shopper_id = s.id";
    private const string Person = $"SELECT {PersonColumns} {Tables} WHERE s.id = $1";

    /// <summary>Those of $1 with the id as the last column.</summary>
    public const string Persons = $"SELECT {PersonColumns}, s.id {Tables} WHERE s.id = ANY($1)";

    public const string PetColumns = "id, name, species, breed, born_on, weight_g, adult_weight_g, neutered, activity, diet, allergies";
    private const string PetsOfShopper = $"SELECT {PetColumns} FROM pets WHERE shopper_id = $1 AND died_on IS NULL ORDER BY created_at, id";
    /// <summary>Those of the shoppers $1 with the shopper as the last column.</summary>
    public const string PetsOfShoppers = $"SELECT {PetColumns}, shopper_id FROM pets WHERE shopper_id = ANY($1) AND died_on IS NULL ORDER BY created_at, id";

    private const string PetsOfBrowser = $"SELECT {PetColumns} FROM pets WHERE visitor_id = $1 AND died_on IS NULL ORDER BY created_at, id";

    public async Task<StoredFacts> ReadAsync(Visitor visitor, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        if (visitor.ShopperId is not null)
            Add(batch, Person, visitor.HistoryKey!.Value);
        Add(batch, visitor.ShopperId is null ? PetsOfBrowser : PetsOfShopper, visitor.HistoryKey!.Value);
        await using var row = await batch.ExecuteReaderAsync(cancel);
        var facts = new VisitorFacts { RolloutKey = visitor.HistoryKey!.Value.ToString("N") };
        if (visitor.ShopperId is { } shopper)
        {
            facts = await row.ReadAsync(cancel) ? ReadPerson(row) with { ShopperId = shopper } : VisitorFacts.Unknown with { ShopperId = shopper };
            await row.NextResultAsync(cancel);
        }
        var pets = new List<LivingPet>();
        while (await row.ReadAsync(cancel))
            pets.Add(ReadPet(row));
        return new(facts with { Pets = pets.ConvertAll(p => p.Facts) }, pets);
    }

    private static void Add(NpgsqlBatch batch, string sql, Guid id) => batch.BatchCommands.Add(new(sql) { Parameters = { new() { Value = id } } });

    public static VisitorFacts ReadPerson(NpgsqlDataReader row) => new()
    {
        RolloutKey = Text(row, 0), BirthYear = Int(row, 1), Country = Text(row, 2), City = Text(row, 3), Postcode = Text(row, 4), Language = Text(row, 5),
        OrganisationKind = Text(row, 6), QuizValues = row.GetFieldValue<string[]>(7), RegisteredAt = row.GetFieldValue<DateTimeOffset>(8), LastOrderAt = Time(row, 9),
        OrdersCount = row.GetInt32(10), RevenueMinor = row.GetInt64(11), LastSeenAt = Time(row, 12), Sessions30d = row.GetInt32(13), TopDepartment = Text(row, 14),
        TopBrand = Text(row, 15), RfmRecency = Short(row, 16), RfmFrequency = Short(row, 17), RfmMonetary = Short(row, 18),
        ChurnPermille = Short(row, 19), ValueYearMinor = row.IsDBNull(20) ? null : row.GetInt64(20), NextOrderOn = row.IsDBNull(21) ? null : row.GetFieldValue<DateOnly>(21), TopCategory = Text(row, 22),
        Lists = row.GetFieldValue<string[]>(23), LikedCategories = row.GetFieldValue<string[]>(24), LikedBrands = row.GetFieldValue<string[]>(25),
    };

    public static LivingPet ReadPet(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetString(1), new()
    {
        Name = row.GetString(1), Species = row.GetString(2), Breed = Text(row, 3), BornOn = row.IsDBNull(4) ? null : row.GetFieldValue<DateOnly>(4), WeightG = Int(row, 5),
        AdultWeightG = Int(row, 6), Neutered = row.IsDBNull(7) ? null : row.GetBoolean(7), Activity = Text(row, 8), Diet = Text(row, 9), Allergies = row.GetFieldValue<string[]>(10),
    });

    private static int? Int(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
    private static int? Short(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt16(column);
    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
