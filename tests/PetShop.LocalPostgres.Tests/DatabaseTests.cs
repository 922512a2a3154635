namespace PetShop.LocalPostgres.Tests;

/// <summary>Databases for tests of other projects.</summary>
public sealed class DatabaseTests(Scratch scratch) : IClassFixture<Scratch>
{
    [SkippableFact]
    public async Task Copies_of_a_template_can_be_made_side_by_side_although_a_connection_lingers()
    {
        await using var server = await scratch.StartAsync();
        await server.EnsureDatabaseAsync("template_a", CancellationToken.None);
        await Scratch.AskAsync(server.ConnectionString("template_a"), "CREATE TABLE pet AS SELECT 'Luna' AS name");
        await using var lingering = new Npgsql.NpgsqlConnection(server.ConnectionString("template_a"));
        await lingering.OpenAsync();

        await Task.WhenAll(Enumerable.Range(1, 4).Select(number =>
            server.CreateDatabaseFromTemplateAsync("template_a", $"copy {number}", CancellationToken.None)));

        for (var number = 1; number <= 4; number++)
            Assert.Equal("Luna", await Scratch.AskAsync(server.ConnectionString($"copy {number}"), "SELECT name FROM pet"));
    }

    [SkippableFact]
    public async Task A_database_in_use_is_dropped_all_the_same()
    {
        await using var server = await scratch.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => server.EnsureDatabaseAsync("busy", CancellationToken.None)));
        await using var user = new Npgsql.NpgsqlConnection(server.ConnectionString("busy"));
        await user.OpenAsync();
        await server.DropDatabaseAsync("busy", CancellationToken.None);
        await server.DropDatabaseAsync("busy", CancellationToken.None);
        Assert.Equal(0L, await Scratch.AskAsync(server.ConnectionString("postgres"), "SELECT count(*) FROM pg_database WHERE datname = 'busy'"));
    }
}
