using Npgsql;

namespace PetShop.Benchmarks.Bare;

/// <summary>The yardstick: ASP.NET Core with one Razor page that runs one query for 24 products by key, and nothing else.</summary>
public static class BareServer
{
    public static async Task RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(NpgsqlDataSource.Create(builder.Configuration.GetConnectionString("PetShop")!));
        builder.Services.AddRazorPages().WithRazorPagesRoot("/Bare/Pages");
        var app = builder.Build();
        app.MapRazorPages();
        await app.RunAsync();
    }
}
