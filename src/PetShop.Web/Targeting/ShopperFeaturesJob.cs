using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data;
using PetShop.Data.Operations;

namespace PetShop.Web.Targeting;

/// <summary>Keeps shopper features and segment sizes fresh: who did something lately within seconds, everyone once a night; one replica at a time.</summary>
public sealed partial class ShopperFeaturesJob(
    NpgsqlDataSource source, IServiceScopeFactory scopes, ShopperFeaturesWriter features, SegmentCounter counter, IOptions<TargetingOptions> options,
    IOptions<ShopOptions> shop, TimeProvider clock, ILogger<ShopperFeaturesJob> logger)
    : RecurringJob(options, clock, logger, "shopper features", options.Value.FeaturesInterval)
{
    public const string JobName = "shopper features";

    // An event may be written some time after it happened; the next round looks back this far.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ScoreEvery = TimeSpan.FromMinutes(10);
    private DateTimeOffset? _lookedAt;
    private DateTimeOffset _scoredAt = DateTimeOffset.MinValue;
    private bool _scoresAreOld;

    /// <summary>Does one round, unless another replica is at it.</summary>
    public override async Task RunAsync(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var turn = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock(hashtext('petshop.features'))", connection, transaction);
        if (await turn.ExecuteScalarAsync(cancel) is not true)
            return;
        if (await IsFullRunDueAsync(cancel))
            await RunFullAsync(cancel);
        else
            await RunChangedAsync(cancel);
        await counter.CountOldAsync(cancel);
    }

    private async Task<bool> IsFullRunDueAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
        if (!await db.Shoppers.AnyAsync(cancel))
            return false;
        var last = await db.JobRuns.Where(r => r.Name == JobName && r.Succeeded).OrderByDescending(r => r.StartedAt).Select(r => (DateTimeOffset?)r.StartedAt).FirstOrDefaultAsync(cancel);
        if (last is null || !await db.ShopperFeatures.AnyAsync(cancel))
            return true;
        var local = TimeZoneInfo.ConvertTime(Clock.GetUtcNow(), shop.Value.Zone);
        var tonight = local.Date.AddHours(Options.FeaturesHour);
        return local.DateTime >= tonight && TimeZoneInfo.ConvertTime(last.Value, shop.Value.Zone).DateTime < tonight;
    }

    private async Task RunFullAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
        var run = new JobRun { Name = JobName, StartedAt = Clock.GetUtcNow() };
        var started = Stopwatch.GetTimestamp();
        db.JobRuns.Add(run);
        await db.SaveChangesAsync(cancel);
        try
        {
            var shoppers = await features.RefreshAllAsync(cancel);
            (_lookedAt, _scoredAt, _scoresAreOld) = (run.StartedAt, run.StartedAt, false);
            run.Succeeded = true;
            run.Detail = $"Worked out features and scores anew; those of {shoppers:N0} shoppers had changed. It took {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s.";
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
        LogFull(run.Detail);
    }

    private async Task RunChangedAsync(CancellationToken cancel)
    {
        var now = Clock.GetUtcNow();
        var changed = await features.ChangedSinceAsync((_lookedAt ?? now.AddHours(-1)) - Overlap, cancel);
        if (changed.Count > 0)
            await features.RefreshAsync(changed, cancel);
        _lookedAt = now;
        _scoresAreOld |= changed.Count > 0;
        if (!_scoresAreOld || now - _scoredAt < ScoreEvery)
            return;
        await features.ScoreAsync(cancel);
        (_scoredAt, _scoresAreOld) = (now, false);
    }

    [LoggerMessage(LogLevel.Information, "Shopper features: {Detail}")]
    private partial void LogFull(string detail);
}
