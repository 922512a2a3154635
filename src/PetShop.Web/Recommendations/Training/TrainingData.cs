using Npgsql;
using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Interactions;

namespace PetShop.Web.Recommendations.Training;

/// <summary>What a training learns from: everything, and the same split in time to test with.</summary>
/// <param name="CutOff">Nothing later was read.</param>
public sealed record TrainingData(InteractionMatrix All, Holdout? Holdout, DateTimeOffset CutOff, DateTimeOffset? HeldOutSince)
{
    private const double HeldOutShare = 0.15;

    private const string CutSql =
        "SELECT percentile_disc($3) WITHIN GROUP (ORDER BY o.placed_at) FROM orders o JOIN order_lines n ON n.order_id = o.id WHERE o.placed_at >= $1 AND o.placed_at < $2 AND o.status <> 5";

    /// <summary>Reads once and fills both, up to the newest purchase or event before <paramref name="cutOff"/>.</summary>
    public static async Task<TrainingData> ReadAsync(NpgsqlDataSource source, TimeSpan reach, DateTimeOffset cutOff, Action<string> say, CancellationToken cancel)
    {
        // Weights fade from the newest purchase on, so that a shop imported years later, or one that rested, still learns.
        cutOff = await NewestAsync(source, cutOff, cancel) ?? cutOff;
        var from = cutOff - reach;
        var cut = await CutAsync(source, from, cutOff, cancel);
        var all = new InteractionMatrixBuilder(cutOff);
        var split = cut is { } at ? new TimeSplit(at) : null;
        await foreach (var product in ActiveProductsAsync(source, cancel))
        {
            all.AddProduct(product);
            split?.AddProduct(product);
        }
        var progress = new Progress<long>(rows => say($"{rows:N0} interactions read"));
        await new InteractionReader(source).ReadAsync((person, product, kind, when, quantity) =>
        {
            all.Add(person, product, kind, when, quantity);
            split?.Add(person, product, kind, when, quantity);
        }, from, cutOff, progress, cancel);
        return new(all.Build(cancel), split?.Build(cancel), cutOff, cut);
    }

    private static async Task<DateTimeOffset?> NewestAsync(NpgsqlDataSource source, DateTimeOffset until, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            "SELECT greatest((SELECT max(placed_at) FROM orders WHERE placed_at < $1), (SELECT max(occurred_at) FROM events WHERE occurred_at < $1)) + interval '1 microsecond'");
        command.Parameters.Add(new() { Value = until });
        return await command.ExecuteScalarAsync(cancel) is DateTime newest ? new DateTimeOffset(newest, TimeSpan.Zero) : null;
    }

    // Later than this many of the purchases: the last ones are held out, for everybody at the same moment.
    private static async Task<DateTimeOffset?> CutAsync(NpgsqlDataSource source, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(CutSql);
        command.Parameters.Add(new() { Value = from });
        command.Parameters.Add(new() { Value = until });
        command.Parameters.Add(new() { Value = 1 - HeldOutShare });
        return await command.ExecuteScalarAsync(cancel) is DateTime cut ? new DateTimeOffset(cut, TimeSpan.Zero) : null;
    }

    private static async IAsyncEnumerable<int> ActiveProductsAsync(NpgsqlDataSource source, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = source.CreateCommand("SELECT id FROM products WHERE is_active");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            yield return reader.GetInt32(0);
    }
}
