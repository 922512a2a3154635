using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Data;
using PetShop.TestHost;

namespace PetShop.Web.Tests.Database;

public sealed class SchemaTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    /// <summary>Columns the database has for itself alone; none today.</summary>
    private static readonly HashSet<string> OnlyInDatabase = [];

    [Fact]
    public async Task The_model_names_every_column_of_the_migrated_database_with_its_type_and_nullability()
    {
        var expected = (await ModelAsync()).Tables
            .SelectMany(t => t.Columns.Select(c => $"{t.Name}.{c.Name} {c.StoreType}{(c.IsNullable ? "" : " not null")}"));
        var actual = await QueryAsync(
            """
            SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
              AND c.relname <> '__EFMigrationsHistory' AND a.attnum > 0 AND NOT a.attisdropped
            """);
        AssertSame(expected, actual.Where(a => !OnlyInDatabase.Contains(a)));
    }

    [Fact]
    public async Task The_model_names_every_foreign_key_of_the_migrated_database_with_what_a_deletion_does()
    {
        var expected = (await ModelAsync()).Tables.SelectMany(t => t.ForeignKeyConstraints)
            .Select(f => $"{f.Table.Name} {f.Name} -> {f.PrincipalTable.Name} {ActionOf(f.OnDeleteAction)}");
        var actual = await QueryAsync(
            "SELECT conrelid::regclass || ' ' || conname || ' -> ' || confrelid::regclass || ' ' || confdeltype::text FROM pg_constraint WHERE contype = 'f'");
        AssertSame(expected, actual);
    }

    [Fact]
    public async Task Every_index_of_the_model_exists_with_its_columns_in_their_order()
    {
        var expected = (await ModelAsync()).Tables.SelectMany(t => t.Indexes)
            .Select(i => $"{i.Table.Name} {i.Name} {(i.IsUnique ? "unique " : "")}({string.Join(", ", i.Columns.Select(c => c.Name))})");
        var actual = await QueryAsync(
            """
            SELECT t.relname || ' ' || c.relname || ' ' || CASE WHEN i.indisunique THEN 'unique ' ELSE '' END || '('
                   || (SELECT string_agg(pg_get_indexdef(i.indexrelid, k, true), ', ' ORDER BY k) FROM generate_series(1, i.indnkeyatts) k) || ')'
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
            WHERE t.relnamespace = 'public'::regnamespace AND NOT i.indisprimary
            """);
        Assert.Empty(expected.Except(actual));
    }

    private async Task<IRelationalModel> ModelAsync()
    {
        await using var scope = (await shop.ServerAsync()).Services.CreateAsyncScope();
        return scope.ServiceProvider.GetRequiredService<PetShopDb>().Model.GetRelationalModel();
    }

    private async Task<List<string>> QueryAsync(string sql)
    {
        await using var command = (await shop.ServerAsync()).Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }

    private static char ActionOf(ReferentialAction action) => action switch
    {
        ReferentialAction.Cascade => 'c',
        ReferentialAction.SetNull => 'n',
        ReferentialAction.Restrict => 'r',
        _ => 'a',
    };

    private static void AssertSame(IEnumerable<string> model, IEnumerable<string> database)
    {
        var inModel = model.ToHashSet();
        var inDatabase = database.ToHashSet();
        Assert.True(inModel.SetEquals(inDatabase),
            $"Only in the model:\n{string.Join('\n', inModel.Except(inDatabase).Order())}\nOnly in the database:\n{string.Join('\n', inDatabase.Except(inModel).Order())}");
    }
}
