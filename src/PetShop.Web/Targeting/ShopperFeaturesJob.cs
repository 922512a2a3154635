using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data;
using PetShop.Data.Segments;
using PetShop.Web.Database;

namespace PetShop.Web.Targeting;

/// <summary>Keeps shopper features and segment sizes fresh: within seconds those of whom an event or order arrived or left a window; once a night all are checked; one replica at a time.</summary>
public sealed partial class ShopperFeaturesJob(
    NpgsqlDataSource source, IServiceScopeFactory scopes, ShopperFeaturesWriter features, SegmentCounter counter, JobLog jobs, IOptions<TargetingOptions> options,
    IOptions<ShopOptions> shop, TimeProvider clock, ILogger<ShopperFeaturesJob> logger)
    : RecurringJob(options, clock, logger, "shopper features", options.Value.FeaturesInterval)
{
    public const string JobName = "shopper features";

    private static readonly TimeSpan ScoreEvery = TimeSpan.FromMinutes(10);

    /// <summary>Does one round, unless another replica is at it.</summary>
    public override async Task RunAsync(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var turn = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock(hashtext('petshop.features'))", connection, transaction);
        if (await turn.ExecuteScalarAsync(cancel) is not true)
            return;
        // Should something fail, the marks and the moment stay for the next round.
        var look = await FeatureLook.BeginAsync(connection, Clock.GetUtcNow(), cancel);
        look = look.Since is null || await IsFullRunDueAsync(cancel) ? await RefreshAllAsync(look, cancel) : await RefreshChangedAsync(look, cancel);
        await look.NoteAsync(cancel);
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

    // Who changed of themselves is told apart from who was wrong; at the very first everyone's past is news.
    private async Task<FeatureLook> RefreshAllAsync(FeatureLook look, CancellationToken cancel)
    {
        if (look.Since is null)
            await look.TakeAsync(cancel);
        else
            await features.RefreshAsync(look, cancel);
        LogFull(await jobs.RecordAsync(JobName, token => RefreshAllAsync(look, look.Since is null ? TransitionCause.Event : TransitionCause.Check, token), cancel));
        return look with { ScoredAt = look.Now, ScoresAreOld = false };
    }

    private async Task<string> RefreshAllAsync(FeatureLook look, TransitionCause cause, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        var shoppers = await features.RefreshAllAsync(cause, look, cancel);
        return $"Worked out features and scores anew; those of {shoppers:N0} shoppers had changed. It took {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s.";
    }

    private async Task<FeatureLook> RefreshChangedAsync(FeatureLook look, CancellationToken cancel)
    {
        var moved = await features.RefreshAsync(look, cancel);
        look = look with { ScoresAreOld = look.ScoresAreOld || moved.Values.Any(rows => rows > 0) };
        if (!look.ScoresAreOld || look.Now - look.ScoredAt < ScoreEvery)
            return look;
        await features.ScoreAsync(look, cancel);
        return look with { ScoredAt = look.Now, ScoresAreOld = false };
    }

    [LoggerMessage(LogLevel.Information, "Shopper features: {Detail}")]
    private partial void LogFull(string detail);
}
