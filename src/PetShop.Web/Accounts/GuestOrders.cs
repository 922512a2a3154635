using Npgsql;

namespace PetShop.Web.Accounts;

/// <summary>Makes what was ordered as a guest with an account's address that account's own.</summary>
/// <remarks>Only a proven address does; an unproven one would open strangers' orders.</remarks>
public sealed class GuestOrders(NpgsqlDataSource source)
{
    public async Task AdoptAsync(Guid shopperId, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await AdoptAsync(connection, shopperId, cancel);
    }

    /// <summary>Within the transaction of the connection, if it has one.</summary>
    public static async Task AdoptAsync(NpgsqlConnection connection, Guid shopperId, CancellationToken cancel)
    {
        await using var ask = new NpgsqlCommand("SELECT email FROM shoppers WHERE id = $1 AND email_confirmed AND email <> ''", connection);
        ask.Parameters.Add(new() { Value = shopperId });
        if (await ask.ExecuteScalarAsync(cancel) is not string email)
            return;
        await using var adopt = new NpgsqlCommand("UPDATE orders SET shopper_id = $1 WHERE shopper_id IS NULL AND email = $2", connection);
        adopt.Parameters.Add(new() { Value = shopperId });
        adopt.Parameters.Add(new() { Value = email.ToLowerInvariant() });
        await adopt.ExecuteNonQueryAsync(cancel);
    }
}
