using Npgsql;
using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Interactions;

namespace PetShop.Web.Recommendations.Training;

/// <summary>What a training learns from: everything that happened, in memory once, and the windows of time to test with.</summary>
/// <param name="Events">Gives the matrix of any earlier moment.</param>
/// <param name="All">Everything, weighed at the cut-off.</param>
/// <param name="Windows">The last purchases, oldest window first.</param>
/// <param name="CutOff">Nothing later was read.</param>
public sealed record TrainingData(InteractionMatrixBuilder Events, InteractionMatrix All, IReadOnlyList<EvaluationWindow> Windows, DateTimeOffset CutOff)
{
    /// <summary>Reads everything once, up to the newest purchase or event before <paramref name="cutOff"/>.</summary>
    public static async Task<TrainingData> ReadAsync(NpgsqlDataSource source, TimeSpan reach, DateTimeOffset cutOff, Action<string> say, CancellationToken cancel)
    {
        // Weights fade from the newest purchase on, so that a shop imported years later, or one that rested, still learns.
        cutOff = await NewestAsync(source, cutOff, cancel) ?? cutOff;
        var events = new InteractionMatrixBuilder(cutOff);
        await foreach (var product in ActiveProductsAsync(source, cancel))
            events.AddProduct(product);
        var progress = new Progress<long>(rows => say($"{rows:N0} interactions read"));
        await new InteractionReader(source).ReadAsync(events.Add, cutOff - reach, cutOff, progress, cancel);
        return new(events, events.Build(cancel), RollingWindows.Last(events, cutOff), cutOff);
    }

    private static async Task<DateTimeOffset?> NewestAsync(NpgsqlDataSource source, DateTimeOffset until, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            "SELECT greatest((SELECT max(placed_at) FROM orders WHERE placed_at < $1), (SELECT max(occurred_at) FROM events WHERE occurred_at < $1)) + interval '1 microsecond'");
        command.Parameters.Add(new() { Value = until });
        return await command.ExecuteScalarAsync(cancel) is DateTime newest ? new DateTimeOffset(newest, TimeSpan.Zero) : null;
    }

    private static async IAsyncEnumerable<int> ActiveProductsAsync(NpgsqlDataSource source, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = source.CreateCommand("SELECT id FROM products WHERE is_active");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            yield return reader.GetInt32(0);
    }
}
