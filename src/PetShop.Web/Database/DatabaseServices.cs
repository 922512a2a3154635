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
        builder.Services.AddSingleton(Connect).AddSingleton<JobLog>();
        builder.Services.AddHttpContextAccessor().AddSingleton<OutageCover>();
        builder.Services.AddDbContextPool<PetShopDb>((services, options) =>
            options.UsePetShop(services.GetRequiredService<NpgsqlDataSource>()));

        builder.Services.AddDataProtection().SetApplicationName("PetShop");
        builder.Services.AddSingleton<IXmlRepository, DataProtectionKeyRepository>();
        builder.Services.AddOptions<KeyManagementOptions>().Configure<IXmlRepository>((options, keys) => options.XmlRepository = keys);

        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: ["ready"]);
    }

    private static NpgsqlDataSource Connect(IServiceProvider services)
    {
        var configured = services.GetRequiredService<IConfiguration>().GetConnectionString("PetShop")
            ?? throw new InvalidOperationException("Set ConnectionStrings__PetShop to a PostgreSQL connection string.");
        var source = new NpgsqlDataSourceBuilder(configured).UseLoggerFactory(services.GetRequiredService<ILoggerFactory>());
        // PostgreSQL spends two thirds of a page's time on planning what it planned a moment ago; a connection that remembers its
        // statements spares that. Behind a pooler that shares connections by transaction, "Max Auto Prepare=0" switches it off.
        if (!configured.Replace(" ", "", StringComparison.Ordinal).Contains("MaxAutoPrepare=", StringComparison.OrdinalIgnoreCase))
            (source.ConnectionStringBuilder.MaxAutoPrepare, source.ConnectionStringBuilder.AutoPrepareMinUsages) = (100, 2);
        // Whoever locks or sets something in a session takes it back; seven statements before each first one would cost more than a page's own.
        source.ConnectionStringBuilder.NoResetOnClose = true;
        return source.Build();
    }

    /// <summary><c>/health/live</c> answers while the process runs; <c>/health/ready</c> when the migrated database answers too.</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
    }
}
