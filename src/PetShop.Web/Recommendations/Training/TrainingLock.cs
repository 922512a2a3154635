using Npgsql;

namespace PetShop.Web.Recommendations.Training;

/// <summary>The right to train, held by one process among all replicas for as long as its connection lives: a crash sets it free.</summary>
public sealed class TrainingLock : IAsyncDisposable
{
    private const string Key = "hashtextextended('petshop.training', 0)";
    private readonly NpgsqlConnection _connection;

    private TrainingLock(NpgsqlConnection connection) => _connection = connection;

    /// <returns>Null when another process is training.</returns>
    public static async Task<TrainingLock?> TryTakeAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        var connection = await source.OpenConnectionAsync(cancel);
        try
        {
            await using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({Key})", connection);
            if ((bool)(await command.ExecuteScalarAsync(cancel))!)
                return new(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        await connection.DisposeAsync();
        return null;
    }

    /// <summary>Fails when the connection broke meanwhile, so that another process may have begun to train.</summary>
    /// <exception cref="InvalidOperationException">The lock is lost.</exception>
    public async Task RequireAsync(CancellationToken cancel)
    {
        try
        {
            await using var command = new NpgsqlCommand("SELECT 1", _connection);
            await command.ExecuteScalarAsync(cancel);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            throw new InvalidOperationException("The connection that held the right to train was lost; the model is thrown away, because another process may be training.", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await using var command = new NpgsqlCommand($"SELECT pg_advisory_unlock({Key})", _connection);
            await command.ExecuteScalarAsync();
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The server let go of the lock together with the connection.
        }
        await _connection.DisposeAsync();
    }
}
