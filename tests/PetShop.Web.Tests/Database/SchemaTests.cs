using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Data;
using PetShop.TestHost;

namespace PetShop.Web.Tests.Database;

/// <summary>What the model would create, made in a schema of its own beside the migrated one and compared as PostgreSQL tells both.</summary>
public sealed class SchemaTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    /// <summary>
    /// What stands in migrations alone, by name: defaults, which filled the rows that were there when a column came and must not be in the model, where EF would leave such a column out;
    /// indexes by trigrams, for which the model has no words; and several indexes over one column, of which it takes one.
    /// </summary>
    private static readonly string[] OnlyInDatabase =
    [
        "ix_products_name_trgm", "ix_products_parts_trgm", "ix_skus_code_trgm", "ix_orders_parts_trgm", "ix_shoppers_parts_trgm", "ix_outgoing_mails_own", "ix_outgoing_mails_letters", "ix_events_letters",
        "banners.holdout_percent", "banners.run", "banners.updated_by", "banners.variants", "banners.weight", "erasures.whole_person", "pets.quiz_values",
        "price_offers.brands", "price_offers.categories", "price_offers.everything", "price_offers.holdout_percent", "price_offers.is_active", "price_offers.least_margin_percent",
        "price_offers.product_ids", "price_offers.run", "price_offers.segment_ids", "price_offers.updated_by", "price_offers.version",
        "product_stats.clicked_30d", "product_stats.shown_30d", "products.in_stock", "products.price_minor", "products.rating_count", "products.rating_sum", "products.sku_count",
        "reviews.report_count", "segment_marks.stale", "segment_members.leaves", "segments.owner", "segments.purpose",
    ];

    // Partitions are those of their parent; the history of migrations is the runner's own.
    private const string Ours = "c.relnamespace = '{schema}'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> '__EFMigrationsHistory'";

    [Theory]
    [InlineData("columns with type, nullability and how they are generated", "", """
        SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
               || CASE a.attidentity WHEN '' THEN '' ELSE ' identity ' || a.attidentity::text END || CASE a.attgenerated WHEN '' THEN '' ELSE ' generated ' || pg_get_expr(d.adbin, d.adrelid) END
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attnum > 0 AND NOT a.attisdropped AND 
        """)]
    [InlineData("defaults", ".", """
        SELECT 'default ' || c.relname || '.' || a.attname || ' ' || pg_get_expr(d.adbin, d.adrelid)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attgenerated = '' AND 
        """)]
    [InlineData("keys, checks and foreign keys", "ck_", """
        SELECT c.relname || ' ' || o.conname || ' ' || pg_get_constraintdef(o.oid) FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid
        WHERE o.contype IN ('p', 'u', 'c', 'f', 'x') AND 
        """)]
    [InlineData("indexes with method, order, uniqueness and filter", "ix_", """
        SELECT replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        WHERE NOT i.indisprimary AND 
        """)]
    public async Task The_model_equals_the_migrated_database(string what, string listedBy, string sql)
    {
        await using var connection = await (await shop.ServerAsync()).Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await RunAsync(connection, "CREATE SCHEMA model; SET LOCAL search_path = model, public");
        await RunAsync(connection, await ScriptAsync());
        var model = await QueryAsync(connection, sql + Ours.Replace("{schema}", "model", StringComparison.Ordinal));
        var database = await QueryAsync(connection, sql + Ours.Replace("{schema}", "public", StringComparison.Ordinal));
        var hasTrigrams = (await QueryAsync(connection, "SELECT extname::text FROM pg_extension")).Contains("pg_trgm");
        var listed = OnlyInDatabase.Where(name => listedBy.Length > 0 && name.Contains(listedBy, StringComparison.Ordinal) && (hasTrigrams || !name.EndsWith("_trgm", StringComparison.Ordinal))).ToList();
        var alone = database.Except(model).ToList();
        Assert.NotEmpty(database);
        Assert.True(alone.Count == listed.Count && model.IsSubsetOf(database) && listed.TrueForAll(name => alone.Exists(row => Names(row, name))),
            $"{what}\nOnly in the model:\n{Lines(model.Except(database))}\nOnly in the database:\n{Lines(alone.Where(row => !listed.Exists(name => Names(row, name))))}\n"
            + $"Listed as the database's alone, and not so:\n{Lines(listed.Where(name => !alone.Exists(row => Names(row, name))))}");
    }

    private static bool Names(string row, string name) => row.Split(' ').Contains(name);

    private async Task<string> ScriptAsync()
    {
        await using var scope = (await shop.ServerAsync()).Services.CreateAsyncScope();
        return scope.ServiceProvider.GetRequiredService<PetShopDb>().Database.GenerateCreateScript();
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The rows, without the names of the two schemas.</summary>
    private static async Task<HashSet<string>> QueryAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        HashSet<string> rows = [];
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0).Replace("model.", "", StringComparison.Ordinal).Replace("public.", "", StringComparison.Ordinal));
        return rows;
    }

    private static string Lines(IEnumerable<string> rows) => string.Join('\n', rows.Order(StringComparer.Ordinal));
}
