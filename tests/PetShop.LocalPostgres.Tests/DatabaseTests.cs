namespace PetShop.LocalPostgres.Tests;

/// <summary>Databases for tests of other projects.</summary>
public sealed class DatabaseTests(Scratch scratch) : IClassFixture<Scratch>
{
    [SkippableFact]
    public async Task A_template_is_built_once_and_copied_by_many()
    {
        await using var server = await scratch.StartAsync();
        var built = 0;
        Task BuildAsync(string connectionString, CancellationToken _)
        {
            Interlocked.Increment(ref built);
            return Scratch.AskAsync(connectionString, "CREATE TABLE pet AS SELECT 'Luna' AS name");
        }

        await Task.WhenAll(Enumerable.Range(1, 4).Select(async number =>
        {
            await server.EnsureTemplateAsync("template_a", BuildAsync, CancellationToken.None);
            await server.CreateDatabaseFromTemplateAsync("template_a", $"copy {number}", CancellationToken.None);
        }));

        Assert.Equal(1, built);
        for (var number = 1; number <= 4; number++)
            Assert.Equal("Luna", await Scratch.AskAsync(server.ConnectionString($"copy {number}"), "SELECT name FROM pet"));
    }

    [SkippableFact]
    public async Task A_template_that_failed_to_build_is_built_anew()
    {
        await using var server = await scratch.StartAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.EnsureTemplateAsync("template_b",
            (_, _) => throw new InvalidOperationException("broken migration"), CancellationToken.None));
        await server.EnsureTemplateAsync("template_b", (copy, _) => Scratch.AskAsync(copy, "CREATE TABLE pet AS SELECT 'Luna' AS name"), CancellationToken.None);
        Assert.Equal("Luna", await Scratch.AskAsync(server.ConnectionString("template_b"), "SELECT name FROM pet"));
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
