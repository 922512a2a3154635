using System.Text.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data.Models;
using PetShop.Recommender.Content;
using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Ranking;
using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Recommendations.Training;

/// <summary>Puts a model that was made elsewhere into service, once it is whole, finite, about products sold here, and safe.</summary>
/// <remarks>It need not beat the model in service: whoever imports it has decided. What it would have been worth is measured and kept.</remarks>
public sealed class ModelImport(
    NpgsqlDataSource source, ModelStore models, NeighbourWriter neighbours, SafetyAudit audit, Contenders contenders, Incumbents incumbents, TimeProvider clock, IOptions<RecommendationOptions> options)
{
    /// <param name="bytes">A model file.</param>
    /// <exception cref="InvalidDataException">The bytes are no sound model, or one of products that are not sold here.</exception>
    public async Task<TrainingOutcome> RunAsync(byte[] bytes, Action<string> say, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        var (info, model) = ModelFile.Read(bytes);
        await using var held = await TrainingLock.TryTakeAsync(source, cancel);
        if (held is null)
            return TrainingOutcome.Busy;
        var catalogue = await CatalogueReader.ReadAsync(source, cancel);
        var known = model.Items.Products.ToArray().Count(id => catalogue.Find(id) is not null);
        if (known == 0)
            throw new InvalidDataException($"None of the {model.Items.Count} products of this model is sold here: its item numbers must be the ids of the shop's products.");
        say($"{known:N0} of its {model.Items.Count:N0} products are sold here");
        var data = await TrainingData.ReadAsync(source, options.Value.TrainOn, clock.GetUtcNow(), say, cancel);
        var safety = (await audit.LoadAsync(catalogue, cancel)).Count(info.Trainer, model);
        var contest = new Contest(data, new ServedLists(catalogue), options.Value, contenders.Threads, clock, say);
        var incumbent = await incumbents.FindAsync(data, ContentVectors.Of(await ContentReader.ReadAsync(source, cancel), new()), cancel);
        var measured = contest.JudgeImported(info.Trainer, model, incumbent, cancel);
        var (isSound, reason) = Check(contest, measured, safety);
        var decision = new GateDecision(isSound, [$"Imported, trained elsewhere by {info.Trainer}: {known} of {model.Items.Count} products are sold here. {reason}"],
            measured && contest.Served is not null && isSound ? PairedBootstrap.Compare(contest.Served.NdcgByCase, contest.Candidate!.NdcgByCase, seed: 1) : null);
        var record = new RecommenderModel
        {
            Trainer = info.Trainer, Trigger = "import", TrainedAt = clock.GetUtcNow(), DataCutOff = Earlier(info.DataCutoff, data.CutOff), Parameters = JsonSerializer.Serialize(info.Parameters),
            Quality = contest.Report(incumbent, decision, safety).ToJson(), Decision = string.Join(' ', decision.Reasons), InteractionCount = data.All.Count,
            ShopperCount = data.All.ShopperCount, ProductCount = model.Items.Count, TrainingTime = clock.GetElapsedTime(started), Content = bytes,
        };
        if (!isSound)
            return new(TrainingResult.Refused, await models.RefuseAsync(record, cancel), record.Decision);
        await held.RequireAsync(cancel);
        var version = await models.PublishAsync(record, options.Value.VersionsKept, cancel);
        await neighbours.WriteAsync(data.All, Contenders.FactorsOf(model), cancel);
        return new(TrainingResult.Promoted, version, record.Decision);
    }

    private static (bool, string) Check(Contest contest, bool measured, SafetyCount safety)
    {
        if (safety.Violations > 0)
            return (false, TrainingRun.Unsafe(safety));
        if (!measured)
            return (true, "There were no later purchases to measure it by.");
        if (!double.IsFinite(contest.Candidate!.Overall.Ndcg10))
            return (false, "A quality figure is not a finite number; the model is broken.");
        var served = contest.Served is { } s ? FormattableString.Invariant($", the model in service before {s.Overall.Ndcg10:0.0000}") : "";
        return (true, FormattableString.Invariant($"On the last purchases it has an NDCG@10 of {contest.Candidate.Overall.Ndcg10:0.0000}{served}; it may have learned from them."));
    }

    // A model that claims to know the future would never be thought to need another training.
    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
