using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.LocalPostgres;
using PetShop.Web;
using PetShop.Web.Database;
using PetShop.Web.Seeding;

namespace PetShop.TestHost;

/// <summary>A throwaway database, copied from a migrated template in a moment.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>Password of every sign-in of <see cref="DemoAsync"/>.</summary>
    public const string DemoPassword = "Pets-are-family-1";

    private const string EmptyTemplate = "petshop_template_empty";
    private const string DemoTemplate = "petshop_template_demo";
    // Where Linux keeps files in memory.
    private const string Memory = "/dev/shm";

    private static readonly SemaphoreSlim Gate = new(1);
    private static readonly HashSet<string> ReadyTemplates = [];
    private static LocalPostgresServer? _server;

    private TestDatabase(string name, string connectionString)
    {
        Name = name;
        ConnectionString = connectionString;
    }

    public string Name { get; }
    public string ConnectionString { get; }

    /// <summary>Where the shop over this database keeps what stands outside of it, mails, spooled events and erasures, apart from those of a shop that was run here.</summary>
    public string FilesFolder => Path.Combine(Repository.Root, ".data", "test-files", Name);

    /// <summary>The server that all tests of this process share; other test processes join it.</summary>
    public static async Task<LocalPostgresServer> ServerAsync()
    {
        await Gate.WaitAsync();
        try
        {
            return _server ??= await StartServerAsync();
        }
        finally
        {
            Gate.Release();
        }
    }

    private static async Task<LocalPostgresServer> StartServerAsync()
    {
        var server = await LocalPostgresServer.StartAsync(new LocalPostgresOptions(DataFolder()) { FastForTests = true, RemovedAtEnd = true }, CancellationToken.None);
        foreach (var left in await LeftByDeadRunsAsync(server))
            await server.DropDatabaseAsync(left, CancellationToken.None);
        return server;
    }

    // A run makes and drops some two hundred databases of eight hundred files each, which a disk's file system minds more than the tests do.
    private static string DataFolder()
    {
        var own = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Repository.Root}\n{Environment.UserName}")))[..12];
        return Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > 2L << 30 && GC.GetGCMemoryInfo().TotalAvailableMemoryBytes > 6L << 30
            ? Path.Combine(Memory, $"petshop-tests-{own}") : Path.Combine(Repository.Root, ".data", "tests");
    }

    /// <summary>Databases end in the id of the process that made them; one that was killed could not drop its own.</summary>
    private static async Task<List<string>> LeftByDeadRunsAsync(LocalPostgresServer server)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString("postgres"));
        await using var command = source.CreateCommand(@"SELECT datname FROM pg_database WHERE datname ~ '^petshop_(test|template)_.*_[0-9]+$'");
        await using var reader = await command.ExecuteReaderAsync();
        List<string> left = [];
        while (await reader.ReadAsync())
            if (!IsAlive(int.Parse(reader.GetString(0).Split('_')[^1], CultureInfo.InvariantCulture)))
                left.Add(reader.GetString(0));
        return left;
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>A database with every migration and no rows.</summary>
    public static Task<TestDatabase> EmptyAsync() => FromTemplateAsync(EmptyTemplate, _ => Task.CompletedTask);

    /// <summary>The demo shop: the whole catalogue, its campaigns, the named persons and a few simulated shoppers.</summary>
    public static Task<TestDatabase> DemoAsync() => FromTemplateAsync(DemoTemplate, async services =>
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DemoShop>().SeedAsync(_ => { }, CancellationToken.None);
    });

    /// <summary>A copy of a template that <paramref name="fill"/> fills once a process, after the migrations.</summary>
    /// <param name="fill">Gets the services of a shop that is built over the template but not serving.</param>
    public static async Task<TestDatabase> FromTemplateAsync(string template, Func<IServiceProvider, Task> fill)
    {
        var server = await ServerAsync();
        var ownTemplate = $"{template}_{Environment.ProcessId}";
        await Gate.WaitAsync();
        try
        {
            if (ReadyTemplates.Add(ownTemplate))
                await MakeTemplateAsync(server, ownTemplate, fill);
        }
        catch
        {
            ReadyTemplates.Remove(ownTemplate);
            throw;
        }
        finally
        {
            Gate.Release();
        }
        var name = $"petshop_test_{Guid.NewGuid():N}_{Environment.ProcessId}";
        await server.CreateDatabaseFromTemplateAsync(ownTemplate, name, CancellationToken.None);
        return new(name, WithPool(server.ConnectionString(name)));
    }

    private static async Task MakeTemplateAsync(LocalPostgresServer server, string name, Func<IServiceProvider, Task> fill)
    {
        await server.EnsureDatabaseAsync(name, CancellationToken.None);
        string[] args =
        [
            "--environment=Development", "--applicationName=PetShop.Web", $"--contentRoot={Repository.WebFolder}", "--Serilog:MinimumLevel:Default=Warning",
            "--Demo:Shoppers=150", "--Demo:Days=180", $"--Demo:Password={DemoPassword}",
        ];
        var connectionString = server.ConnectionString(name);
        await using (var app = Shop.Build(args, connectionString))
        {
            await ShopDatabase.MigrateAsync(app.Services, CancellationToken.None);
            await fill(app.Services);
        }
        NpgsqlConnection.ClearAllPools();
    }

    private static string WithPool(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 30 }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        var server = await ServerAsync();
        await server.DropDatabaseAsync(Name, CancellationToken.None);
        if (Directory.Exists(FilesFolder))
            Directory.Delete(FilesFolder, recursive: true);
    }
}
