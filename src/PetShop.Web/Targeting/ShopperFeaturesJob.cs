using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data;
using PetShop.Web.Database;

namespace PetShop.Web.Targeting;

/// <summary>Keeps shopper features and segment sizes fresh: those of whom an event or order arrived within seconds, everyone's once a night; one replica at a time.</summary>
public sealed partial class ShopperFeaturesJob(
    NpgsqlDataSource source, IServiceScopeFactory scopes, ShopperFeaturesWriter features, SegmentCounter counter, JobLog jobs, IOptions<TargetingOptions> options,
    IOptions<ShopOptions> shop, TimeProvider clock, ILogger<ShopperFeaturesJob> logger)
    : RecurringJob(options, clock, logger, "shopper features", options.Value.FeaturesInterval)
{
    public const string JobName = "shopper features";

    private static readonly TimeSpan ScoreEvery = TimeSpan.FromMinutes(10);
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
        var (isFull, now) = (await IsFullRunDueAsync(cancel), Clock.GetUtcNow());
        // Should the refresh fail, the marks stay for the next round.
        var changed = await ShopperFeaturesWriter.TakeMarksAsync(connection, cancel);
        if (isFull)
            LogFull(await jobs.RecordAsync(JobName, RefreshAllAsync, cancel));
        else
            await RefreshChangedAsync(changed, cancel);
        if (changed.Count > 0)
            await ShopperFeaturesWriter.AwaitAsync(connection, changed, now, cancel);
        await transaction.CommitAsync(cancel);
        await counter.CountOldAsync(cancel);
    }

    private async Task<bool> IsFullRunDueAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
        if (!await db.Shoppers.AnyAsync(cancel))
            return false;
        if (await jobs.LastSuccessAsync(JobName, cancel) is not { } last || !await db.ShopperFeatures.AnyAsync(cancel))
            return true;
        var local = TimeZoneInfo.ConvertTime(Clock.GetUtcNow(), shop.Value.Zone);
        var tonight = local.Date.AddHours(Options.FeaturesHour);
        return local.DateTime >= tonight && TimeZoneInfo.ConvertTime(last, shop.Value.Zone).DateTime < tonight;
    }

    private async Task<string> RefreshAllAsync(CancellationToken cancel)
    {
        var (now, started) = (Clock.GetUtcNow(), Stopwatch.GetTimestamp());
        var shoppers = await features.RefreshAllAsync(cancel);
        (_scoredAt, _scoresAreOld) = (now, false);
        return $"Worked out features and scores anew; those of {shoppers:N0} shoppers had changed. It took {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s.";
    }

    private async Task RefreshChangedAsync(IReadOnlyCollection<Guid> changed, CancellationToken cancel)
    {
        var now = Clock.GetUtcNow();
        if (changed.Count > 0)
            await features.RefreshAsync(changed, cancel);
        _scoresAreOld |= changed.Count > 0;
        if (!_scoresAreOld || now - _scoredAt < ScoreEvery)
            return;
        await features.ScoreAsync(cancel);
        (_scoredAt, _scoresAreOld) = (now, false);
    }

    [LoggerMessage(LogLevel.Information, "Shopper features: {Detail}")]
    private partial void LogFull(string detail);
}
