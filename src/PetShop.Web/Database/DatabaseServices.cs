using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PetShop.Data;

namespace PetShop.Web.Database;

/// <summary>The connection pool, the contexts, the keys that replicas share, and the health checks.</summary>
public static class DatabaseServices
{
    public static void AddDatabase(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => new NpgsqlDataSourceBuilder(
                services.GetRequiredService<IConfiguration>().GetConnectionString("PetShop")
                ?? throw new InvalidOperationException("Set ConnectionStrings__PetShop to a PostgreSQL connection string."))
            .UseLoggerFactory(services.GetRequiredService<ILoggerFactory>())
            .Build());
        builder.Services.AddDbContextPool<PetShopDb>((services, options) =>
            options.UsePetShop(services.GetRequiredService<NpgsqlDataSource>()));

        builder.Services.AddDataProtection().SetApplicationName("PetShop");
        builder.Services.AddSingleton<IXmlRepository, DataProtectionKeyRepository>();
        builder.Services.AddOptions<KeyManagementOptions>().Configure<IXmlRepository>((options, keys) => options.XmlRepository = keys);

        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: ["ready"]);
    }

    /// <summary><c>/health/live</c> answers while the process runs; <c>/health/ready</c> when the migrated database answers too.</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
    }
}
