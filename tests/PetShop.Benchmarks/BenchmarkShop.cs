using Npgsql;
using PetShop.Benchmarks.Load;
using PetShop.LocalPostgres;
using PetShop.TestHost;
using PetShop.Web;
using PetShop.Web.Database;
using PetShop.Web.Recommendations.Training;
using PetShop.Web.Seeding;

namespace PetShop.Benchmarks;

/// <summary>A database with the demo shop, and servers over it in processes of their own.</summary>
public sealed class BenchmarkShop : IAsyncDisposable
{
    private const string Configuration =
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    private static readonly string SpoolFolder = Path.Combine(Repository.Root, ".data", "benchmarks-spool");
    private readonly LocalPostgresServer _postgres;

    // Its connections stay: what the end of one costs the server would be counted as the work that is measured next.
    private readonly NpgsqlDataSource _source;

    private BenchmarkShop(LocalPostgresServer postgres, string database)
    {
        _postgres = postgres;
        ConnectionString = new NpgsqlConnectionStringBuilder(postgres.ConnectionString(database)) { MaxPoolSize = 40, NoResetOnClose = true }.ConnectionString;
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString) { MinPoolSize = 1 });
    }

    public string ConnectionString { get; }

    /// <summary>Opens the database, and seeds it when this is its first run; <paramref name="grow"/> multiplies the catalogue.</summary>
    /// <param name="fill">What to fill it with in place of the demo.</param>
    /// <param name="sharedMegabytes">Memory of the server's own; 128 is what PostgreSQL comes with.</param>
    public static async Task<BenchmarkShop> OpenAsync(string database, int grow = 1, Func<WebApplication, Task>? fill = null, int sharedMegabytes = 128)
    {
        var postgres = await LocalPostgresServer.StartAsync(new LocalPostgresOptions(Path.Combine(Repository.Root, ".data", "benchmarks")) { SharedMegabytes = sharedMegabytes }, CancellationToken.None);
        await postgres.EnsureDatabaseAsync(database, CancellationToken.None);
        var shop = new BenchmarkShop(postgres, database);
        await using var app = shop.Build();
        await ShopDatabase.MigrateAsync(app.Services, CancellationToken.None);
        await using var scope = app.Services.CreateAsyncScope();
        var demo = scope.ServiceProvider.GetRequiredService<DemoShop>();
        if (!await demo.IsEmptyAsync(CancellationToken.None))
            return shop;
        if (fill is not null)
        {
            await fill(app);
        }
        else
        {
            await demo.SeedAsync(Console.WriteLine, CancellationToken.None);
            if (grow > 1)
                await CatalogueGrowth.MultiplyAsync(app.Services.GetRequiredService<NpgsqlDataSource>(), grow);
            await app.Services.GetRequiredService<ModelTrainer>().TrainAsync("command", CancellationToken.None);
        }
        return shop;
    }

    /// <summary>The shop in this process, built but not started.</summary>
    public WebApplication Build(params string[] settings) => Shop.Build(
        ["--environment=Development", "--applicationName=PetShop.Web", $"--contentRoot={Repository.WebFolder}", "--urls=http://127.0.0.1:0", "--Serilog:MinimumLevel:Default=Warning",
         "--Recommendations:TrainInBackground=false", $"--Tracking:SpoolFolder={SpoolFolder}", .. settings], ConnectionString);

    public Task<ServerProcess> StartShopAsync() => ServerProcess.StartAsync(
        Path.Combine(Repository.WebFolder, "bin", Configuration, "net10.0", "PetShop.Web.dll"), [], Repository.WebFolder, new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production", ["ConnectionStrings__PetShop"] = ConnectionString, ["Serilog__MinimumLevel__Default"] = "Warning", ["AllowedHosts"] = "127.0.0.1",
            // All shoppers of a benchmark sign in from one address.
            ["Accounts__PostsPerAddress"] = "100000",
            // The model is trained beforehand; a training in the middle of a round would be counted as pages.
            ["Recommendations__TrainInBackground"] = "false",
            // Production keeps its logs quiet and its spool in the folder of this run.
            ["Tracking__SpoolFolder"] = SpoolFolder,
        }, "/health/ready");

    public Task<ServerProcess> StartBareAsync() => ServerProcess.StartAsync(
        typeof(BenchmarkShop).Assembly.Location, ["bare-server"], AppContext.BaseDirectory, new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production", ["ConnectionStrings__PetShop"] = ConnectionString,
        }, "/bare?first=1&bytes=0");

    /// <summary>CPU time of a server and of PostgreSQL together.</summary>
    public CpuMeter CpuOf(ServerProcess server) => new(server.ProcessId, _postgres.ServerProcessIds);

    /// <summary>CPU time of this process and of PostgreSQL together.</summary>
    public CpuMeter CpuOfDatabase() => new(Environment.ProcessId, _postgres.ServerProcessIds);

    /// <summary>The first column of every row.</summary>
    public async Task<List<string>> ListAsync(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }

    public async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync();
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = _source.CreateCommand(sql);
        command.CommandTimeout = 600;
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
