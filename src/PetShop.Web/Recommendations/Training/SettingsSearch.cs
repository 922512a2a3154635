using System.Text.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using PetShop.Recommender.Training;

namespace PetShop.Web.Recommendations.Training;

/// <summary>A search that came to an end.</summary>
public sealed record FinishedSearch(string Trainer, DateTimeOffset StartedAt, DateTimeOffset FinishedAt, TuningResult Result);

/// <summary>Looks for better settings now and then, keeps every trial, and tells trainings what was found.</summary>
public sealed class SettingsSearch(NpgsqlDataSource source, Contenders contenders, TimeProvider clock, IOptions<RecommendationOptions> options)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    private const string InsertSql =
        "INSERT INTO tuning_runs (trainer, trigger, started_at, finished_at, parameters, score, usual_score, trials) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

    /// <summary>Whether the last search is so long ago that the next one should come.</summary>
    public async Task<bool> IsDueAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("SELECT max(finished_at) FROM tuning_runs WHERE finished_at <= $1");
        var now = clock.GetUtcNow();
        command.Parameters.Add(new() { Value = now });
        return await command.ExecuteScalarAsync(cancel) is not DateTime last || now - new DateTimeOffset(last, TimeSpan.Zero) >= options.Value.TuneEvery;
    }

    /// <summary>Searches in the first window, all trainers sharing the time; those that come to no end are left out.</summary>
    public IReadOnlyList<FinishedSearch> Search(Contest contest, Action<string> say, CancellationToken cancel)
    {
        if (contest.FirstHoldout(cancel) is not { } holdout)
            return [];
        var spaces = contenders.SpacesFor(holdout.Training);
        var bounds = new TuningOptions { MaxTime = options.Value.TuneFor / spaces.Count, MaxTrials = options.Value.TuneTrials };
        var served = contest.ServedNdcg(holdout);
        List<FinishedSearch> finished = [];
        foreach (var space in spaces)
        {
            var started = clock.GetUtcNow();
            try
            {
                var progress = new Said(trial => say($"Tuning {space.Trainer}, trial {trial.Number}: NDCG@10 {trial.Ndcg10:0.0000}"));
                var result = new Tuner(bounds, clock).Run(space, holdout.Training, served, progress, cancel);
                finished.Add(new(space.Trainer, started, clock.GetUtcNow(), result));
                say($"Tuned {space.Trainer} in {result.Trials.Count} trials: NDCG@10 {result.Best.Ndcg10:0.0000}, with the usual settings {result.Trials[0].Ndcg10:0.0000}");
            }
            catch (Exception e) when (e is TimeoutException or ArithmeticException or OutOfMemoryException)
            {
                say($"{space.Trainer} is not tuned: {e.Message}");
            }
        }
        return finished;
    }

    /// <summary>Keeps what was searched for and found.</summary>
    public async Task KeepAsync(IEnumerable<FinishedSearch> searches, string trigger, CancellationToken cancel)
    {
        foreach (var (trainer, startedAt, finishedAt, result) in searches)
        {
            await using var command = source.CreateCommand(InsertSql);
            foreach (var value in new object[] { trainer, trigger, startedAt, finishedAt })
                command.Parameters.Add(new() { Value = value });
            command.Parameters.Add(new() { Value = JsonSerializer.Serialize(result.Trainer.Parameters), NpgsqlDbType = NpgsqlDbType.Jsonb });
            command.Parameters.Add(new() { Value = result.Best.Ndcg10 });
            command.Parameters.Add(new() { Value = result.Trials[0].Ndcg10 });
            command.Parameters.Add(new() { Value = JsonSerializer.Serialize(result.Trials, Web), NpgsqlDbType = NpgsqlDbType.Jsonb });
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <summary>The settings found last for each trainer.</summary>
    public async Task<TunedSettings> FoundAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("SELECT DISTINCT ON (trainer) trainer, parameters FROM tuning_runs ORDER BY trainer, finished_at DESC");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        TunedSettings found = [];
        while (await reader.ReadAsync(cancel))
            found[reader.GetString(0)] = JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(1)) ?? [];
        return found;
    }

    // Says at once, where Progress<T> would post to the pool.
    private sealed class Said(Action<TuningTrial> say) : IProgress<TuningTrial>
    {
        public void Report(TuningTrial value) => say(value);
    }
}
