using Npgsql;
using PetShop.Data.Events;

namespace PetShop.Web.Targeting.Members;

/// <summary>The right to write memberships, held by one process among all replicas while its connection lives: a crash sets it free. Meanwhile nobody is erased.</summary>
public sealed class MembershipLock : IAsyncDisposable
{
    private const string Key = "hashtextextended('petshop.members', 0)";
    private const string Erasure = $"hashtext('{EventTable.ErasureLock}')";

    private MembershipLock(NpgsqlConnection connection) => Connection = connection;

    /// <summary>The connection that holds it, and that its holder works with.</summary>
    public NpgsqlConnection Connection { get; }

    /// <param name="patience">How long to wait for a turn; null for not at all.</param>
    /// <returns>Null when another process is at it.</returns>
    public static async Task<MembershipLock?> TakeAsync(NpgsqlDataSource source, TimeSpan? patience, CancellationToken cancel)
    {
        var connection = await source.OpenConnectionAsync(cancel);
        try
        {
            // The lock comes before the snapshot of the work, or the work would not see what the holder before it wrote.
            if (!await TakenAsync(connection, patience, cancel))
            {
                await connection.DisposeAsync();
                return null;
            }
            await using var erasure = new NpgsqlCommand($"SELECT pg_advisory_lock_shared({Erasure})", connection);
            await erasure.ExecuteNonQueryAsync(cancel);
            return new(connection);
        }
        catch
        {
            await ReleaseAsync(connection);
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await ReleaseAsync(Connection);

    private static async Task<bool> TakenAsync(NpgsqlConnection connection, TimeSpan? patience, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(patience is null ? $"SELECT pg_try_advisory_lock({Key})" : $"SELECT true FROM pg_advisory_lock({Key})", connection);
        if (patience is { } time)
            command.CommandTimeout = (int)Math.Ceiling(time.TotalSeconds);
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    private static async Task ReleaseAsync(NpgsqlConnection connection)
    {
        try
        {
            // Of this session; a lock it does not hold is a warning, not an error.
            await using var command = new NpgsqlCommand($"SELECT pg_advisory_unlock({Key}), pg_advisory_unlock_shared({Erasure})", connection);
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The server let go of the locks together with the connection.
        }
        await connection.DisposeAsync();
    }
}
