using Npgsql;

namespace PetShop.LocalPostgres;

/// <summary>Makes, copies and drops databases of one server.</summary>
internal sealed class Databases(Func<string, string> connectionString)
{
    /// <summary>The database that orders to the server as a whole are given in.</summary>
    public const string Maintenance = "postgres";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan CopyLimit = TimeSpan.FromSeconds(20);

    /// <summary>Waits until the server accepts connections: after a crash it first replays its log.</summary>
    public async Task AwaitAnswerAsync(CancellationToken cancel)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                await using var _ = await OpenAsync(cancel);
                return;
            }
            catch (NpgsqlException e) when (waited < AnswerLimit && e is not PostgresException { SqlState: PostgresErrorCodes.InvalidPassword })
            {
                await Task.Delay(Pause, cancel);
            }
        }
    }

    public async Task EnsureAsync(string name, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        await LockAsync(connection, name, cancel);
        if (!await ExistsAsync(connection, name, cancel))
            await ExecuteAsync(connection, $"CREATE DATABASE {Quote(name)}", cancel);
    }

    public async Task CopyAsync(string template, string name, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        await LockAsync(connection, template, cancel);
        await AloneAsync(connection, template, $"CREATE DATABASE {Quote(name)} TEMPLATE {Quote(template)}", cancel);
    }

    public async Task DropAsync(string name, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        await ExecuteAsync(connection, $"DROP DATABASE IF EXISTS {Quote(name)} WITH (FORCE)", cancel);
    }

    /// <summary>Runs a statement that no connection to the database may stand beside; ends the idle ones and waits for the rest.</summary>
    private static async Task AloneAsync(NpgsqlConnection connection, string database, string sql, CancellationToken cancel)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                await ExecuteAsync(connection, sql, cancel);
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ObjectInUse && waited < CopyLimit)
            {
                await using var end = new NpgsqlCommand(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND state = 'idle'", connection)
                { Parameters = { new() { Value = database } } };
                await end.ExecuteNonQueryAsync(cancel);
                await Task.Delay(Pause, cancel);
            }
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancel)
    {
        // Unpooled: closing gives back the lock, and a stop of the server leaves no dead connection behind.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString(Maintenance)) { Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancel);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // Held until the connection closes: CREATE DATABASE may not run in a transaction.
    private static async Task LockAsync(NpgsqlConnection connection, string name, CancellationToken cancel) =>
        await CallAsync(connection, "SELECT pg_advisory_lock(hashtextextended($1, 0))", name, cancel);

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, string name, CancellationToken cancel) =>
        await CallAsync(connection, "SELECT 1 FROM pg_database WHERE datname = $1", name, cancel) is not null;

    private static async Task<object?> CallAsync(NpgsqlConnection connection, string sql, string name, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = name } }, CommandTimeout = 300 };
        return await command.ExecuteScalarAsync(cancel);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
