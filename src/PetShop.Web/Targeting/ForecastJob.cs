using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data;
using PetShop.Data.Operations;

namespace PetShop.Web.Targeting;

/// <summary>Refreshes the forecasts of buyers when they have grown old; one replica at a time.</summary>
public sealed partial class ForecastJob(
    NpgsqlDataSource source, IServiceScopeFactory scopes, ForecastWriter forecasts, IOptions<TargetingOptions> options, TimeProvider clock, ILogger<ForecastJob> logger)
    : RecurringJob(options, clock, logger, "shopper forecasts", TimeSpan.FromMinutes(5))
{
    public const string JobName = "shopper forecasts";

    /// <summary>Refreshes when it is time, unless another replica is at it.</summary>
    public override async Task RunAsync(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var turn = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock(hashtext('petshop.forecasts'))", connection, transaction);
        if (await turn.ExecuteScalarAsync(cancel) is not true)
            return;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
        if (await IsDueAsync(db, cancel))
            await RefreshAsync(db, cancel);
    }

    // Before the first features there are no rows to write forecasts into.
    private async Task<bool> IsDueAsync(PetShopDb db, CancellationToken cancel)
    {
        var since = Clock.GetUtcNow() - Options.ForecastsRefresh;
        return await db.ShopperFeatures.AnyAsync(cancel) && !await db.JobRuns.AnyAsync(r => r.Name == JobName && r.Succeeded && r.StartedAt > since, cancel);
    }

    private async Task RefreshAsync(PetShopDb db, CancellationToken cancel)
    {
        var run = new JobRun { Name = JobName, StartedAt = Clock.GetUtcNow() };
        db.JobRuns.Add(run);
        await db.SaveChangesAsync(cancel);
        try
        {
            var fit = await forecasts.RefreshAsync(cancel);
            db.LifetimeFits.Add(fit);
            run.Succeeded = true;
            run.Detail = fit.WhyNoForecast ?? $"Foresaw the year of {fit.Buyers:N0} buyers, {fit.RepeatBuyers:N0} of whom came back before.{(fit.WhyNoValue is { } why ? $" No values: {why}" : "")}";
        }
        catch (PostgresException e)
        {
            run.Detail = $"Failed: {e.MessageText}";
            throw;
        }
        finally
        {
            run.FinishedAt = Clock.GetUtcNow();
            await db.SaveChangesAsync(CancellationToken.None);
        }
        LogDone(run.Detail);
    }

    [LoggerMessage(LogLevel.Information, "Shopper forecasts: {Detail}")]
    private partial void LogDone(string detail);
}
