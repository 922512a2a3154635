using Npgsql;
using NpgsqlTypes;
using PetShop.Data.Models;
using PetShop.Recommender.Ranking;

namespace PetShop.Web.Recommendations.Serving;

/// <summary>How the model in service was made.</summary>
/// <param name="Parameters">JSON object of strings.</param>
public sealed record Recipe(int Version, string Trainer, string Parameters, DateTimeOffset TrainedAt, DateTimeOffset DataCutOff, string Trigger);

/// <summary>The versions of the model in the database: publish, refuse, roll back, load.</summary>
public sealed class ModelStore(NpgsqlDataSource source, TimeProvider clock)
{
    private const string InsertSql =
        """
        INSERT INTO recommender_models (trainer, status, trained_at, data_cut_off, parameters, quality, decision, trigger,
                                        interaction_count, shopper_count, product_count, training_time, content)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id
        """;

    /// <summary>Version and cut-off of the model in service; null when there is none.</summary>
    public async Task<(int Version, DateTimeOffset DataCutOff)?> ServingAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("SELECT id, data_cut_off FROM recommender_models WHERE status = 2");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? (reader.GetInt32(0), reader.GetFieldValue<DateTimeOffset>(1)) : null;
    }

    /// <summary>How the model in service was made; null when there is none.</summary>
    public async Task<Recipe?> RecipeAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("SELECT id, trainer, parameters, trained_at, data_cut_off, trigger FROM recommender_models WHERE status = 2");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel)
            ? new(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetString(5)) : null;
    }

    /// <summary>A version's bytes as they are kept; those of the one in service when none is named.</summary>
    /// <exception cref="InvalidDataException">There is no such version, or its content is gone.</exception>
    public async Task<(int Version, byte[] Content)> ContentAsync(int? version, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("SELECT id, content FROM recommender_models WHERE id = $1 OR ($1 = 0 AND status = 2)");
        command.Parameters.Add(new() { Value = version ?? 0 });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel))
            throw new InvalidDataException(version is { } wanted ? $"There is no model of version {wanted}." : "No model is in service yet; run train first.");
        var content = reader.GetFieldValue<byte[]>(1);
        return content.Length > 0 ? (reader.GetInt32(0), content)
            : throw new InvalidDataException($"The content of model {reader.GetInt32(0)} was not kept: it was refused, or newer versions took its place.");
    }

    /// <exception cref="InvalidDataException">The content is damaged or pruned; the message says how to mend it.</exception>
    public async Task<ServedModel> LoadAsync(int version, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("SELECT trainer, content FROM recommender_models WHERE id = $1");
        command.Parameters.Add(new() { Value = version });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel))
            throw new InvalidDataException($"There is no model of version {version}.");
        return new(version, reader.GetString(0), ModelFile.Read(reader.GetFieldValue<byte[]>(1)).Model);
    }

    /// <summary>Versions that may stand in for the serving one, newest first.</summary>
    public async Task<List<int>> FallbacksAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("SELECT id FROM recommender_models WHERE status = 3 AND length(content) > 0 ORDER BY id DESC");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        List<int> versions = [];
        while (await reader.ReadAsync(cancel))
            versions.Add(reader.GetInt32(0));
        return versions;
    }

    /// <summary>Puts a model into service, retires the one before and drops the content of old versions, all or nothing.</summary>
    /// <returns>The new version.</returns>
    public async Task<int> PublishAsync(RecommenderModel model, int versionsKept, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await ExecuteAsync(connection, "UPDATE recommender_models SET status = 3 WHERE status = 2", cancel);
        model.Status = ModelStatus.Serving;
        model.Id = await InsertAsync(connection, model, cancel);
        await ExecuteAsync(connection,
            """
            UPDATE recommender_models SET content = '' WHERE length(content) > 0 AND status <> 2
              AND id NOT IN (SELECT id FROM recommender_models WHERE length(content) > 0 ORDER BY (status = 2) DESC, id DESC LIMIT $1)
            """, cancel, versionsKept);
        await transaction.CommitAsync(cancel);
        return model.Id;
    }

    /// <summary>Keeps the record of a model that the gate refused, without its content.</summary>
    public async Task<int> RefuseAsync(RecommenderModel model, CancellationToken cancel)
    {
        model.Status = ModelStatus.Refused;
        model.Content = [];
        await using var connection = await source.OpenConnectionAsync(cancel);
        return model.Id = await InsertAsync(connection, model, cancel);
    }

    /// <summary>Puts an earlier version back into service.</summary>
    /// <exception cref="InvalidDataException">That version cannot be loaded.</exception>
    public async Task RollBackAsync(int version, string actor, CancellationToken cancel)
    {
        await LoadAsync(version, cancel);
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await ExecuteAsync(connection, "UPDATE recommender_models SET status = 3 WHERE status = 2", cancel);
        var note = $" Put back into service by {actor} on {clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC.";
        await ExecuteAsync(connection, "UPDATE recommender_models SET status = 2, decision = decision || $2 WHERE id = $1", cancel, version, note);
        await ExecuteAsync(connection, "INSERT INTO audit_entries (at, actor, action, subject) VALUES ($1, $2, 'model.roll-back', $3)", cancel,
            clock.GetUtcNow(), actor, $"model {version}");
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Leaves word for the admin at a model that could not be loaded; once.</summary>
    public async Task NoteAsync(int version, string note, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await ExecuteAsync(connection, "UPDATE recommender_models SET decision = decision || ' ' || $2 WHERE id = $1 AND strpos(decision, $2) = 0", cancel, version, note);
    }

    private static async Task<int> InsertAsync(NpgsqlConnection connection, RecommenderModel m, CancellationToken cancel)
    {
        await using var insert = new NpgsqlCommand(InsertSql, connection);
        foreach (var value in new object[] { m.Trainer, (short)m.Status, m.TrainedAt, m.DataCutOff })
            insert.Parameters.Add(new() { Value = value });
        insert.Parameters.Add(new() { Value = m.Parameters, NpgsqlDbType = NpgsqlDbType.Jsonb });
        insert.Parameters.Add(new() { Value = m.Quality, NpgsqlDbType = NpgsqlDbType.Jsonb });
        foreach (var value in new object[] { m.Decision, m.Trigger, m.InteractionCount, m.ShopperCount, m.ProductCount, m.TrainingTime, m.Content })
            insert.Parameters.Add(new() { Value = value });
        return (int)(await insert.ExecuteScalarAsync(cancel))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
