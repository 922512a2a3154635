using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using PetShop.TestHost;
using PetShop.Web.Privacy;
using PetShop.Web.Targeting;
using PetShop.Web.Tracking;

namespace PetShop.Web.Tests.Targeting.Equality;

/// <summary>Puts a world into a shop in the place of the one before, lets people sign in and leave by the shop's own means, and has features made by the shop's own job.</summary>
internal static class RawWorldStore
{
    private static readonly JsonSerializerOptions Columns = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task StoreAsync(this ShopServer shop, RawWorld world)
    {
        var source = shop.Services.GetRequiredService<NpgsqlDataSource>();
        await source.RunAsync("TRUNCATE shoppers, shopper_features, orders, pets, events, shopper_list_members, visitor_links, consent_receipts, segment_marks CASCADE");
        await InsertAsync(source, "shoppers", world.Shoppers, "first_name, last_name, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count", "'', '', true, false, false, false, 0");
        await InsertAsync(source, "events", world.Events);
        await InsertAsync(source, "orders", world.Orders, "email, currency, delivery_minor, total_minor, delivery_method, payment_method, full_name, line1, postcode, city, country", "'a@b.c', 'EUR', 400, goods_minor + 400, 'parcel', 'invoice', 'A', 'B', '1', 'C', 'DE'");
        await InsertAsync(source, "pets", world.Pets);
        await InsertAsync(source, "consent_receipts", world.Receipts, "analytics, personalisation, email, prices, text_version, text_hash, language, dialog_variant, method", "true, true, false, false, '1', '', 'en', '', 'choose'");
        await InsertAsync(source, "shopper_list_members", world.Listings.Select(l => new { l.ShopperId, ListId = Array.IndexOf(PetShop.Targeting.Tests.Segments.FactsGen.Lists, l.List) + 1 }).ToList());
        await SignInAsync(shop, world);
        await EraseAsync(shop, world);
        await source.RunAsync("ANALYZE shoppers, events, pets, shopper_list_members");
        await shop.Services.GetRequiredService<ShopperFeaturesWriter>().RefreshAllAsync(CancellationToken.None);
        await WithJsonAsync(source, """
            UPDATE shopper_features f SET churn_permille = n.churn_permille, value_year_minor = n.value_year_minor, next_order_on = n.next_order_on, top_category = n.top_category, top_brand = n.top_brand
            FROM jsonb_populate_recordset(NULL::shopper_features, $1) n WHERE n.shopper_id = f.shopper_id
            """, world.Forecasts);
        await WithJsonAsync(source, """
            INSERT INTO shopper_interests (shopper_id, categories, brands, changed_at)
            SELECT s.id, n.categories, n.brands, now() FROM jsonb_populate_recordset(NULL::shopper_interests, $1) n JOIN shoppers s ON s.id = n.shopper_id
            """, world.Forecasts);
        // Before the first job of a shop there are no features at all; nothing then speaks of someone who did nothing.
        await source.RunAsync("DELETE FROM shopper_features WHERE last_seen_at IS NULL AND orders_count = 0 AND NOT shopper_id = ANY($1) AND get_byte(uuid_send(shopper_id), 15) % 2 = 0", world.Forecasts.Select(f => f.ShopperId).ToArray());
    }

    private static async Task SignInAsync(ShopServer shop, RawWorld world)
    {
        await using var scope = shop.Services.CreateAsyncScope();
        var linking = scope.ServiceProvider.GetRequiredService<VisitorLinking>();
        foreach (var (visitor, shopper) in world.SignIns)
            if (await linking.JoinAsync(visitor, shopper, CancellationToken.None))
                world.Join(visitor, shopper);
    }

    private static async Task EraseAsync(ShopServer shop, RawWorld world)
    {
        await using var scope = shop.Services.CreateAsyncScope();
        var erasing = scope.ServiceProvider.GetRequiredService<Erasing>();
        foreach (var shopper in world.Erasures)
        {
            await erasing.EraseAsync(new(shopper, []), null, CancellationToken.None);
            world.Erase(shopper);
        }
    }

    // The names of the record are those of the columns.
    private static Task InsertAsync<T>(NpgsqlDataSource source, string table, IReadOnlyList<T> rows, string more = "", string values = "")
    {
        var columns = string.Join(", ", typeof(T).GetProperties().Select(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name)));
        var comma = more.Length > 0 ? ", " : "";
        return WithJsonAsync(source, $"INSERT INTO {table} ({columns}{comma}{more}) SELECT {columns}{comma}{values} FROM jsonb_populate_recordset(NULL::{table}, $1)", rows);
    }

    private static async Task WithJsonAsync<T>(NpgsqlDataSource source, string sql, IReadOnlyList<T> rows)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = JsonSerializer.Serialize(rows, Columns), NpgsqlDbType = NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync();
    }
}
