using Npgsql;
using PetShop.Targeting.Segments;
using PetShop.Web.Tracking;

namespace PetShop.Web.Targeting.Members;

/// <summary>Reads the facts of many shoppers at once, as rules in memory ask them at a moment.</summary>
internal static class SampleFacts
{
    private const string Consents = $"SELECT s.id, {ShopperConsents.Columns} FROM shoppers s WHERE s.id = ANY($1)";

    private const string Events = """
        SELECT e.shopper_id, e.type, e.occurred_at, e.product_id, b.slug, c.path, e.quantity, e.value_minor, e.query
        FROM events e LEFT JOIN products p ON p.id = e.product_id LEFT JOIN brands b ON b.id = p.brand_id LEFT JOIN categories c ON c.id = coalesce(e.category_id, p.category_id)
        WHERE e.shopper_id = ANY($1) AND e.type BETWEEN 1 AND 7
        """;

    public static async Task<List<VisitorFacts>> ReadAsync(MembershipTables tables, Guid[] shoppers, DateTimeOffset at, CancellationToken cancel)
    {
        var consents = (await tables.ReadAsync(Consents, r => (r.GetGuid(0), ShopperConsents.Counting(r, 1, at).Purposes), cancel, [shoppers])).ToDictionary(r => r.Item1, r => r.Item2);
        var pets = (await tables.ReadAsync(ProfileReader.PetsOfShoppers, r => (r.GetGuid(11), ProfileReader.ReadPet(r).Facts), cancel, [shoppers])).ToLookup(r => r.Item1, r => r.Facts);
        var events = (await tables.ReadAsync(Events, r => (r.GetGuid(0), Event(r)), cancel, [shoppers])).ToLookup(r => r.Item1, r => r.Item2);
        var people = await tables.ReadAsync(ProfileReader.Persons, r => ProfileReader.ReadPerson(r) with { ShopperId = r.GetGuid(r.FieldCount - 1) }, cancel, [shoppers]);
        return people.ConvertAll(p => p with { Consents = consents[p.ShopperId!.Value], Pets = [.. pets[p.ShopperId.Value]], Events = [.. events[p.ShopperId.Value]] });
    }

    private static BehaviourFacts Event(NpgsqlDataReader row) => new(
        (BehaviourType)row.GetInt16(1), row.GetFieldValue<DateTimeOffset>(2), row.IsDBNull(3) ? null : row.GetInt32(3), row.IsDBNull(4) ? null : row.GetString(4),
        row.IsDBNull(5) ? null : new(row.GetFieldValue<string[]>(5)), row.IsDBNull(6) ? null : row.GetInt32(6), row.IsDBNull(7) ? null : row.GetInt64(7), row.IsDBNull(8) ? null : row.GetString(8));
}
