using Microsoft.EntityFrameworkCore;
using Npgsql;
using PetShop.Data;
using PetShop.LocalPostgres;

namespace PetShop.Web.Database;

/// <summary>The database of this process: the configured one, or a local server started for development.</summary>
public sealed class ShopDatabase : IAsyncDisposable
{
    private readonly LocalPostgresServer? _server;

    private ShopDatabase(string connectionString, LocalPostgresServer? server)
    {
        ConnectionString = connectionString;
        _server = server;
    }

    public string ConnectionString { get; }

    /// <summary>Takes <c>ConnectionStrings:PetShop</c> when set; otherwise, in Development, starts a server under <c>.data/</c>.</summary>
    /// <exception cref="InvalidOperationException">No connection string outside Development.</exception>
    public static async Task<ShopDatabase> OpenAsync(IConfiguration configuration, IHostEnvironment environment, Action<string> say, CancellationToken cancel)
    {
        if (configuration.GetConnectionString("PetShop") is { Length: > 0 } configured)
            return new(configured, null);
        if (!environment.IsDevelopment())
            throw new InvalidOperationException(
                "No database is configured. Set ConnectionStrings__PetShop to a PostgreSQL connection string, run `docker compose up`, "
                + "or set ASPNETCORE_ENVIRONMENT=Development to have a local server started under .data/.");
        var server = await LocalPostgresServer.StartAsync(new LocalPostgresOptions(configuration["LocalPostgres:DataFolder"] ?? Path.Combine(DataFolder(environment), "postgres"))
        {
            BinFolder = configuration["LocalPostgres:BinFolder"],
            Log = say,
        }, cancel);
        await server.EnsureDatabaseAsync("petshop", cancel);
        return new(server.ConnectionString("petshop"), server);
    }

    /// <summary>The folder for what a development run leaves behind: <c>.data/</c> beside the solution, or in the content root.</summary>
    public static string DataFolder(IHostEnvironment environment)
    {
        for (var folder = new DirectoryInfo(environment.ContentRootPath); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "PetShop.sln")))
                return Path.Combine(folder.FullName, ".data");
        return Path.Combine(environment.ContentRootPath, ".data");
    }

    /// <summary>Brings the database to the newest migration; safe to run from several processes at once.</summary>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        await db.Database.MigrateAsync(cancel);
        await using var connection = await scope.ServiceProvider.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(cancel);
        await connection.ReloadTypesAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
