using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data;
using PetShop.Web.Database;

namespace PetShop.Web.Targeting;

/// <summary>Refreshes the forecasts of buyers when they have grown old; one replica at a time.</summary>
public sealed partial class ForecastJob(
    NpgsqlDataSource source, IServiceScopeFactory scopes, ForecastWriter forecasts, JobLog jobs, IOptions<TargetingOptions> options, TimeProvider clock, ILogger<ForecastJob> logger)
    : RecurringJob(options, clock, logger, "shopper forecasts", TimeSpan.FromMinutes(5))
{
    public const string JobName = "shopper forecasts";

    // The first features of a shop are made within seconds of its start.
    private static readonly TimeSpan ForFeatures = TimeSpan.FromSeconds(5);
    private bool _awaitsFeatures;

    public override TimeSpan Pause => _awaitsFeatures ? ForFeatures : base.Pause;

    /// <summary>Refreshes when it is time, unless another replica is at it.</summary>
    public override async Task RunAsync(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var turn = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock(hashtext('petshop.forecasts'))", connection, transaction);
        if (await turn.ExecuteScalarAsync(cancel) is not true || !await IsDueAsync(cancel))
            return;
        LogDone(await jobs.RecordAsync(JobName, RefreshAsync, cancel));
    }

    // Before the first features there are no rows to write forecasts into; orders of guests alone never make any.
    private async Task<bool> IsDueAsync(CancellationToken cancel)
    {
        _awaitsFeatures = false;
        if (await jobs.LastSuccessAsync(JobName, cancel) > Clock.GetUtcNow() - Options.ForecastsRefresh)
            return false;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
        var areMade = await db.ShopperFeatures.AnyAsync(cancel);
        _awaitsFeatures = !areMade && await db.Orders.AnyAsync(o => o.ShopperId != null, cancel);
        return areMade;
    }

    private async Task<string> RefreshAsync(CancellationToken cancel)
    {
        var fit = await forecasts.RefreshAsync(cancel);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
        db.LifetimeFits.Add(fit);
        await db.SaveChangesAsync(cancel);
        return fit.WhyNoForecast ?? $"Foresaw the year of {fit.Buyers:N0} buyers, {fit.RepeatBuyers:N0} of whom came back before.{(fit.WhyNoValue is { } why ? $" No values: {why}" : "")}";
    }

    [LoggerMessage(LogLevel.Information, "Shopper forecasts: {Detail}")]
    private partial void LogDone(string detail);
}
