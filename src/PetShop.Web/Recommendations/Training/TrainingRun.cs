using System.Text.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data.Models;
using PetShop.Recommender.Content;
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
        var catalogue = await CatalogueReader.ReadAsync(source, cancel);
        var contest = new Contest(data, new ServedLists(catalogue), options.Value, contenders.Threads, clock, order.Say);
        var content = ContentVectors.Of(await ContentReader.ReadAsync(source, cancel), new());
        var start = new Start(contest, content, await incumbents.FindAsync(data, content, cancel), await audit.LoadAsync(catalogue, cancel), await search.FoundAsync(cancel),
            order.Tune == Tune.Now || (order.Tune == Tune.IfDue && await search.IsDueAsync(cancel)));
        if (await OnOwnThreadAsync(() => Compete(data, order, start, cancel), cancel) is not { } verdict)
            return TooLittle(data);
        await search.KeepAsync(verdict.Searches, order.Trigger, cancel);
        return verdict.Model is null
            ? await RefuseAsync(data, order, verdict, cancel)
            : await PublishAsync(held, data, order, verdict, verdict.Model, cancel);
    }

    // Threads of the pool answer pages; training blocks, so it has one of its own. One that does not hear of its cancellation is left behind.
    private async Task<T> OnOwnThreadAsync<T>(Func<T> work, CancellationToken cancel)
    {
        var running = Task.Factory.StartNew(work, cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await running.WaitAsync(cancel);
        }
        catch (OperationCanceledException) when (!running.IsCompleted)
        {
            _abandoned = running;
            throw;
        }
    }

    /// <summary>What was read before the work begins.</summary>
    private sealed record Start(Contest Contest, ContentVectors Content, Incumbent? Incumbent, SafetySample Sample, TunedSettings Tuned, bool MustSearch);

    /// <summary>What came of the work.</summary>
    /// <param name="Model">Null when it is refused.</param>
    private sealed record Verdict(ITrainer Trainer, IModel? Model, QualityReport Report, IReadOnlyList<FinishedSearch> Searches);

    // Null when there is nothing to test with.
    private Verdict? Compete(TrainingData data, Order order, Start start, CancellationToken cancel)
    {
        var contest = start.Contest;
        var searches = start.MustSearch ? search.Search(contest, order.Say, cancel) : [];
        foreach (var found in searches)
            start.Tuned[found.Trainer] = found.Result.Trainer.Parameters;
        if (!contest.Choose(matrix => contenders.For(matrix, start.Tuned, start.Content), cancel))
            return null;
        contest.Judge(start.Incumbent, cancel);
        order.Say("Looking at the lists of households with pets");
        var trainer = contest.Best!;
        var safety = start.Sample.Count(trainer.Name, contest.Model!);
        var decision = new PromotionGate(new GateOptions { StaleAfter = options.Value.StaleAfter })
            .Decide(contest.Served, start.Incumbent?.Age ?? TimeSpan.Zero, contest.Candidate!, safety.Violations);
        if (!decision.Promoted)
            return new(trainer, null, contest.Report(start.Incumbent, decision, safety), searches);
        order.Say($"Training {Contenders.Describe(trainer)} on everything");
        var model = trainer.Train(data.All, null, cancel);
        // What is published is looked at, too, not only its likeness of a window.
        safety = start.Sample.Count(trainer.Name, model);
        if (safety.Violations > 0)
            (model, decision) = (null, decision with { Promoted = false, Reasons = [Unsafe(safety)] });
        return new(trainer, model, contest.Report(start.Incumbent, decision, safety), searches);
    }

    private async Task<TrainingOutcome> PublishAsync(TrainingLock held, TrainingData data, Order order, Verdict verdict, IModel model, CancellationToken cancel)
    {
        var record = Record(data, order, verdict);
        record.Content = ModelFile.Write(new(Info(record, verdict), model));
        ModelFile.Read(record.Content);
        record.TrainingTime = clock.GetElapsedTime(order.Started);
        cancel.ThrowIfCancellationRequested();
        await held.RequireAsync(cancel);
        var version = await models.PublishAsync(record, options.Value.VersionsKept, cancel);
        order.Say("Precomputing what goes with what");
        await neighbours.WriteAsync(data.All, Contenders.FactorsOf(model), cancel);
        return new(TrainingResult.Promoted, version, record.Decision, verdict.Report);
    }

    private async Task<TrainingOutcome> RefuseAsync(TrainingData data, Order order, Verdict verdict, CancellationToken cancel)
    {
        var record = Record(data, order, verdict);
        record.TrainingTime = clock.GetElapsedTime(order.Started);
        cancel.ThrowIfCancellationRequested();
        var refused = await models.RefuseAsync(record, cancel);
        var serving = await models.ServingAsync(cancel) is { } current ? await incumbents.TryLoadAsync(current.Version, cancel) : null;
        await neighbours.WriteAsync(data.All, Contenders.FactorsOf(serving), cancel);
        return new(TrainingResult.Refused, refused, record.Decision, verdict.Report);
    }

    private TrainingOutcome TooLittle(TrainingData data) => new(TrainingResult.TooLittleData, null,
        $"{data.All.Count} interactions are too few to learn from: {options.Value.MinimumInteractions} and at least one later purchase of a known person are needed. Popular products are shown meanwhile.");

    internal static string Unsafe(SafetyCount safety) =>
        $"{safety.Violations} products in its lists break a rule of safety for the household they were made for; none may. The first: {safety.Example}.";

    private RecommenderModel Record(TrainingData data, Order order, Verdict verdict) => new()
    {
        Trainer = verdict.Trainer.Name, Trigger = order.Trigger, TrainedAt = clock.GetUtcNow(), DataCutOff = data.CutOff,
        Parameters = JsonSerializer.Serialize(ColdProducts.Describe(verdict.Trainer, data.All)), Quality = verdict.Report.ToJson(), Decision = string.Join(' ', verdict.Report.Reasons),
        InteractionCount = data.All.Count, ShopperCount = data.All.ShopperCount, ProductCount = data.All.ItemCount,
    };

    private static ModelInfo Info(RecommenderModel record, Verdict verdict) => new()
    {
        Version = record.TrainedAt.ToString("yyyyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture), Trainer = record.Trainer,
        TrainedAt = record.TrainedAt, DataCutoff = record.DataCutOff, Parameters = verdict.Trainer.Parameters,
        Quality = new Dictionary<string, double>
        {
            ["ndcg10"] = verdict.Report.Judged[0].Ndcg10, ["recall20"] = verdict.Report.Judged[0].Recall20, ["coverage"] = verdict.Report.Judged[0].Coverage,
        },
    };
}
