using System.Text.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data.Models;
using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;
using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Recommendations.Training;

/// <summary>When settings are searched for before a training.</summary>
public enum Tune { Never, IfDue, Now }

/// <summary>One training from the first row read to the published model: read, tune, compete, gate, refit on everything, publish, precompute.</summary>
public sealed class TrainingRun(
    NpgsqlDataSource source, ModelStore models, NeighbourWriter neighbours, StatsWriter stats, Contenders contenders, Incumbents incumbents, SettingsSearch search,
    SafetyAudit audit, TimeProvider clock, IOptions<RecommendationOptions> options)
{
    private Task? _abandoned;

    /// <param name="trigger">start, schedule, events, admin or command.</param>
    /// <param name="say">Hears of progress, a line at a time.</param>
    /// <exception cref="TimeoutException">It took longer than the options allow.</exception>
    public async Task<TrainingOutcome> RunAsync(string trigger, Action<string> say, CancellationToken cancel, Tune tune = Tune.Never)
    {
        if (_abandoned is { IsCompleted: false })
            return new(TrainingResult.Busy, null, "A training of this process was given up and does not end; restart the process, or wait until it does.");
        await using var held = await TrainingLock.TryTakeAsync(source, cancel);
        if (held is null)
            return TrainingOutcome.Busy;
        using var limit = new CancellationTokenSource(options.Value.TrainingLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            return await RunAsync(held, new(trigger, say, tune, clock.GetTimestamp()), either.Token);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"The training took longer than {options.Value.TrainingLimit} and was given up; the model in service stays.", e);
        }
    }

    private sealed record Order(string Trigger, Action<string> Say, Tune Tune, long Started);

    private async Task<TrainingOutcome> RunAsync(TrainingLock held, Order order, CancellationToken cancel)
    {
        var data = await TrainingData.ReadAsync(source, options.Value.TrainOn, clock.GetUtcNow(), order.Say, cancel);
        order.Say($"{data.All.Count:N0} interactions of {data.All.ShopperCount:N0} people with {data.All.ItemCount:N0} products");
        await stats.WriteAsync(cancel);
        if (data.All.Count < options.Value.MinimumInteractions)
            return TooLittle(data);
        // Threads of the pool answer pages; training blocks, so it has one of its own. One that does not hear of its cancellation is left behind.
        var work = Task.Factory.StartNew(() => CompeteAsync(held, data, order, cancel), cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        try
        {
            return await work.WaitAsync(cancel);
        }
        catch (OperationCanceledException) when (!work.IsCompleted)
        {
            _abandoned = work;
            throw;
        }
    }

    private async Task<TrainingOutcome> CompeteAsync(TrainingLock held, TrainingData data, Order order, CancellationToken cancel)
    {
        var catalogue = await CatalogueReader.ReadAsync(source, cancel);
        var contest = new Contest(data, new ServedLists(catalogue), options.Value, contenders.Threads, clock, order.Say);
        var tuned = await search.SettingsAsync(contest, order.Tune, order.Trigger, order.Say, cancel);
        if (!contest.Choose(matrix => contenders.For(matrix, tuned), cancel))
            return TooLittle(data);
        var incumbent = await incumbents.FindAsync(data, cancel);
        contest.Judge(incumbent, cancel);
        order.Say("Looking at the lists of households with pets");
        var sample = await audit.LoadAsync(catalogue, cancel);
        var trainer = contest.Best!;
        var safety = sample.Count(trainer.Name, contest.Model!);
        var decision = new PromotionGate(new GateOptions { StaleAfter = options.Value.StaleAfter }).Decide(contest.Served, incumbent?.Age ?? TimeSpan.Zero, contest.Candidate!, safety.Violations);
        if (!decision.Promoted)
            return await RefuseAsync(data, order, trainer, contest.Report(incumbent, decision, safety), cancel);
        order.Say($"Training {Contenders.Describe(trainer)} on everything");
        var model = trainer.Train(data.All, null, cancel);
        // What is published is looked at, too, not only its likeness of a window.
        safety = sample.Count(trainer.Name, model);
        if (safety.Violations > 0)
            return await RefuseAsync(data, order, trainer, contest.Report(incumbent, decision with { Promoted = false, Reasons = [Unsafe(safety)] }, safety), cancel);
        return await PublishAsync(held, data, order, trainer, model, contest.Report(incumbent, decision, safety), cancel);
    }

    private async Task<TrainingOutcome> PublishAsync(TrainingLock held, TrainingData data, Order order, ITrainer trainer, IModel model, QualityReport report, CancellationToken cancel)
    {
        var record = Record(data, trainer, order, report);
        record.Content = ModelFile.Write(new(Info(record, trainer, report), model));
        ModelFile.Read(record.Content);
        record.TrainingTime = clock.GetElapsedTime(order.Started);
        cancel.ThrowIfCancellationRequested();
        await held.RequireAsync(cancel);
        var version = await models.PublishAsync(record, options.Value.VersionsKept, cancel);
        order.Say("Precomputing what goes with what");
        await neighbours.WriteAsync(data.All, Contenders.FactorsOf(model), cancel);
        return new(TrainingResult.Promoted, version, record.Decision, report);
    }

    private async Task<TrainingOutcome> RefuseAsync(TrainingData data, Order order, ITrainer trainer, QualityReport report, CancellationToken cancel)
    {
        var record = Record(data, trainer, order, report);
        record.TrainingTime = clock.GetElapsedTime(order.Started);
        cancel.ThrowIfCancellationRequested();
        var refused = await models.RefuseAsync(record, cancel);
        var serving = await models.ServingAsync(cancel) is { } current ? await incumbents.TryLoadAsync(current.Version, cancel) : null;
        await neighbours.WriteAsync(data.All, Contenders.FactorsOf(serving), cancel);
        return new(TrainingResult.Refused, refused, record.Decision, report);
    }

    private TrainingOutcome TooLittle(TrainingData data) => new(TrainingResult.TooLittleData, null,
        $"{data.All.Count} interactions are too few to learn from: {options.Value.MinimumInteractions} and at least one later purchase of a known person are needed. Popular products are shown meanwhile.");

    internal static string Unsafe(SafetyCount safety) =>
        $"{safety.Violations} products in its lists break a rule of safety for the household they were made for; none may. The first: {safety.Example}.";

    private RecommenderModel Record(TrainingData data, ITrainer trainer, Order order, QualityReport report) => new()
    {
        Trainer = trainer.Name, Trigger = order.Trigger, TrainedAt = clock.GetUtcNow(), DataCutOff = data.CutOff,
        Parameters = JsonSerializer.Serialize(trainer.Parameters), Quality = report.ToJson(), Decision = string.Join(' ', report.Reasons),
        InteractionCount = data.All.Count, ShopperCount = data.All.ShopperCount, ProductCount = data.All.ItemCount,
    };

    private static ModelInfo Info(RecommenderModel record, ITrainer trainer, QualityReport report) => new()
    {
        Version = record.TrainedAt.ToString("yyyyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture), Trainer = trainer.Name,
        TrainedAt = record.TrainedAt, DataCutoff = record.DataCutOff, Parameters = trainer.Parameters,
        Quality = new Dictionary<string, double> { ["ndcg10"] = report.Judged[0].Ndcg10, ["recall20"] = report.Judged[0].Recall20, ["coverage"] = report.Judged[0].Coverage },
    };
}
