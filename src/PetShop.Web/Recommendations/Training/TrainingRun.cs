using System.Diagnostics;
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

/// <summary>One training from the first row read to the published model: read, compete, gate, refit on everything, publish, precompute.</summary>
public sealed class TrainingRun(
    NpgsqlDataSource source, ModelStore models, NeighbourWriter neighbours, StatsWriter stats, TimeProvider clock,
    IOptions<RecommendationOptions> options)
{
    /// <param name="trigger">start, schedule, events, admin or command.</param>
    /// <param name="say">Hears of progress, a line at a time.</param>
    public async Task<TrainingOutcome> RunAsync(string trigger, Action<string> say, CancellationToken cancel)
    {
        await using var held = await TrainingLock.TryTakeAsync(source, cancel);
        if (held is null)
            return TrainingOutcome.Busy;
        var started = clock.GetTimestamp();
        var data = await TrainingData.ReadAsync(source, options.Value.TrainOn, clock.GetUtcNow(), say, cancel);
        say($"{data.All.Count:N0} interactions of {data.All.ShopperCount:N0} people with {data.All.ItemCount:N0} products");
        await stats.WriteAsync(cancel);
        if (data.All.Count < options.Value.MinimumInteractions || data.Holdout is not { Cases.Count: > 0 } holdout)
            return new(TrainingResult.TooLittleData, null,
                $"{data.All.Count} interactions are too few to learn from: {options.Value.MinimumInteractions} and at least one later purchase of a known person are needed. Popular products are shown meanwhile.");
        // Threads of the pool answer pages; training blocks, so it has one of its own.
        var outcome = await Task.Factory.StartNew(() => CompeteAsync(held, data, holdout, trigger, started, say, cancel), cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        return outcome;
    }

    private int Threads => options.Value.TrainingThreads > 0 ? options.Value.TrainingThreads : Math.Max(1, Environment.ProcessorCount / 2);

    private async Task<TrainingOutcome> CompeteAsync(TrainingLock held, TrainingData data, Holdout holdout, string trigger, long started, Action<string> say, CancellationToken cancel)
    {
        var contest = new Contest(holdout, data.HeldOutSince!.Value, Threads, say);
        var content = ContentVectors.Of(await ContentReader.ReadAsync(source, cancel), new());
        contest.Run(Contenders.For(holdout.Training, Threads, content), cancel);
        var (incumbent, age) = await IncumbentAsync(contest, content, cancel);
        var (trainer, candidate) = contest.Best;
        // Eligibility comes before every ranking, so no list can hold a forbidden product whatever the model says.
        var decision = new PromotionGate(new GateOptions { StaleAfter = options.Value.StaleAfter }).Decide(incumbent, age, candidate, safetyViolations: 0);
        var report = contest.Report(incumbent?.Contender);
        var record = Record(data, trainer, trigger, decision, report);
        if (!decision.Promoted)
        {
            record.TrainingTime = clock.GetElapsedTime(started);
            var refused = await models.RefuseAsync(record, cancel);
            var serving = await models.ServingAsync(cancel) is { } current ? (await models.LoadAsync(current.Version, cancel)).Model : null;
            await neighbours.WriteAsync(data.All, serving as FactorModel, cancel);
            return new(TrainingResult.Refused, refused, record.Decision, report);
        }
        say($"Training {report.Best} on everything");
        var model = trainer.Train(data.All, null, cancel);
        record.Content = ModelFile.Write(new(Info(record, trainer), model));
        ModelFile.Read(record.Content);
        record.TrainingTime = clock.GetElapsedTime(started);
        await held.RequireAsync(cancel);
        var version = await models.PublishAsync(record, options.Value.VersionsKept, cancel);
        say("Precomputing what goes with what");
        await neighbours.WriteAsync(data.All, model as FactorModel, cancel);
        return new(TrainingResult.Promoted, version, record.Decision, report);
    }

    private async Task<(EvaluationResult? Result, TimeSpan Age)> IncumbentAsync(Contest contest, ContentVectors content, CancellationToken cancel)
    {
        var serving = await models.RecipeAsync(cancel);
        if (serving is not { } recipe)
            return (null, TimeSpan.Zero);
        var parameters = JsonSerializer.Deserialize<Dictionary<string, string>>(recipe.Parameters) ?? [];
        var again = Contenders.Again(recipe.Trainer, parameters, Threads, content);
        return (again is null ? null : contest.Incumbent(again, cancel), clock.GetUtcNow() - recipe.TrainedAt);
    }

    private RecommenderModel Record(TrainingData data, ITrainer trainer, string trigger, GateDecision decision, QualityReport report) => new()
    {
        Trainer = trainer.Name, Trigger = trigger, TrainedAt = clock.GetUtcNow(), DataCutOff = data.CutOff,
        Parameters = JsonSerializer.Serialize(ColdProducts.Describe(trainer, data.All)), Quality = report.ToJson(), Decision = string.Join(' ', decision.Reasons),
        InteractionCount = data.All.Count, ShopperCount = data.All.ShopperCount, ProductCount = data.All.ItemCount,
    };

    private static ModelInfo Info(RecommenderModel record, ITrainer trainer) => new()
    {
        Version = record.TrainedAt.ToString("yyyyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture), Trainer = trainer.Name,
        TrainedAt = record.TrainedAt, DataCutoff = record.DataCutOff, Parameters = trainer.Parameters,
    };
}
