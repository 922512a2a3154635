using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Web.Database;
using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Recommendations.Training;

/// <summary>Trains in the background: when there is no model, when it is old, when enough has happened, when the admin asks. Nothing that goes wrong here reaches a page.</summary>
public sealed partial class ModelTrainer(
    TrainingRun training, StatsWriter stats, ModelStore models, ModelHolder holder, JobLog jobs, NpgsqlDataSource source, TrainingMetrics metrics, TimeProvider clock,
    IOptions<RecommendationOptions> options, ILogger<ModelTrainer> logger) : BackgroundService
{
    public const string JobName = "train";

    private readonly Channel<string> _requests = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long? _statsAt;

    /// <summary>What the running training last said; null when none runs in this process.</summary>
    public string? Progress { get; private set; }

    /// <summary>Asked for here, and not done yet.</summary>
    public bool IsAsked { get; private set; }

    /// <summary>Asks for a training as soon as possible; asking twice trains once.</summary>
    public void Request()
    {
        IsAsked = true;
        _requests.Writer.TryWrite("admin");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await ReasonAsync(stoppingToken) is { } reason)
                    await TrainAsync(reason, stoppingToken, tune: reason is "schedule" or "events" ? Tune.IfDue : Tune.Never);
                else if (options.Value.TrainInBackground)
                    await RefreshStatsAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogFailed(e);
            }
            IsAsked = _requests.Reader.Count > 0;
            await WaitAsync(stoppingToken);
        }
    }

    /// <summary>Trains now and leaves a record of it; every failure but a cancellation becomes an outcome.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<TrainingOutcome> TrainAsync(string trigger, CancellationToken cancel, Action<string>? say = null, Tune tune = Tune.Never)
    {
        var run = await jobs.StartAsync(JobName, trigger, cancel);
        var started = clock.GetTimestamp();
        try
        {
            var outcome = await training.RunAsync(trigger, line => { Progress = line; say?.Invoke(line); }, cancel, tune);
            await EndAsync(run, started, outcome.Result.ToString(), outcome.Result is not TrainingResult.Busy, outcome.Decision);
            LogEnded(trigger, outcome.Result, outcome.Version, clock.GetElapsedTime(started).TotalSeconds, outcome.Decision);
            return outcome;
        }
        catch (Exception e)
        {
            await EndAsync(run, started, e is OperationCanceledException ? "Cancelled" : "Failed", false, e.Message);
            throw;
        }
        finally
        {
            Progress = null;
        }
    }

    private async Task EndAsync(long run, long started, string result, bool succeeded, string detail)
    {
        metrics.Record(clock.GetElapsedTime(started), result);
        try
        {
            await jobs.FinishAsync(run, succeeded, $"{result}: {detail}", CancellationToken.None);
        }
        catch (NpgsqlException e)
        {
            LogUnrecorded(e);
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var patience = new CancellationTokenSource(options.Value.CheckEvery, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, patience.Token);
        Task asked = _requests.Reader.WaitToReadAsync(either.Token).AsTask();
        await asked.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Why to train now: admin, start, schedule or events; null when there is nothing to do.</summary>
    internal async Task<string?> ReasonAsync(CancellationToken cancel)
    {
        if (_requests.Reader.TryRead(out var request))
            return request;
        if (!options.Value.TrainInBackground)
            return null;
        var now = clock.GetUtcNow();
        if (TrainingSchedule.IsTooSoon(now, await jobs.LastStartAsync(JobName, cancel), options.Value.RetrainNotBefore))
            return null;
        if (await models.ServingAsync(cancel) is not { } serving || (holder.Complaint is not null && holder.Current.Model is null))
            return await CountAsync(DataSql, [options.Value.MinimumInteractions], cancel) >= options.Value.MinimumInteractions ? "start" : null;
        // A shop in which nothing has happened since has nothing to learn.
        var since = TrainingSchedule.NewsSince(now, serving.DataCutOff, options.Value.RetrainAfter);
        if (TrainingSchedule.IsOld(now, serving.DataCutOff, options.Value.RetrainAfter) && await CountAsync(NewSql, [since, 1], cancel) > 0)
            return "schedule";
        return await CountAsync(NewSql, [since, options.Value.RetrainAfterEvents], cancel) >= options.Value.RetrainAfterEvents ? "events" : null;
    }

    private const string DataSql =
        "SELECT (SELECT count(*) FROM (SELECT FROM order_lines LIMIT $1) a) + (SELECT count(*) FROM (SELECT FROM events WHERE type IN (1, 4, 6, 12) LIMIT $1) b)";

    private const string NewSql =
        """
        SELECT (SELECT count(*) FROM (SELECT FROM events WHERE occurred_at > $1 AND type IN (1, 4, 6, 12, 13) LIMIT $2) a)
             + (SELECT count(*) FROM (SELECT FROM orders o JOIN order_lines n ON n.order_id = o.id WHERE o.placed_at > $1 LIMIT $2) b)
        """;

    private async Task<long> CountAsync(string sql, object[] values, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    private async Task RefreshStatsAsync(CancellationToken cancel)
    {
        if (_statsAt is { } at && clock.GetElapsedTime(at) < options.Value.StatsEvery)
            return;
        await using var held = await TrainingLock.TryTakeAsync(source, cancel);
        if (held is null)
            return;
        await stats.WriteAsync(cancel);
        _statsAt = clock.GetTimestamp();
    }

    [LoggerMessage(LogLevel.Information, "Training ({Trigger}) ended: {Result}, model {Version}, after {ElapsedSeconds:0.0} s. {Decision}")]
    private partial void LogEnded(string trigger, TrainingResult result, int? version, double elapsedSeconds, string decision);

    [LoggerMessage(LogLevel.Error, "Training failed; the model in service stays")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(LogLevel.Warning, "Could not record how the training ended")]
    private partial void LogUnrecorded(Exception exception);
}
