using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace PetShop.Web.Tracking;

/// <summary>What accounts agreed to, kept in memory; a change is announced to every replica and holds from the next request.</summary>
public sealed partial class ShopperConsents(NpgsqlDataSource source, TimeProvider clock, ILogger<ShopperConsents> logger) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = 50_000 });

    // Answers that are not in the database yet outrank what is.
    private readonly ConcurrentDictionary<Guid, Consent> _held = new();

    /// <summary>The consents of an account; none while they cannot be read, and no profiling of a person under 18.</summary>
    public async ValueTask<Consent> GetAsync(Guid shopperId, CancellationToken cancel) => await FindAsync(shopperId, cancel) ?? Consent.Refused;

    /// <summary>The same; null while they cannot be read.</summary>
    public async ValueTask<Consent?> FindAsync(Guid shopperId, CancellationToken cancel)
    {
        if (_held.TryGetValue(shopperId, out var consent) || _cache.TryGetValue(shopperId, out consent))
            return consent;
        try
        {
            consent = await ReadAsync(shopperId, cancel);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            LogUnreadable(e);
            return null;
        }
        _cache.Set(shopperId, consent, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Kept });
        return consent;
    }

    public void Forget(Guid shopperId) => _cache.Remove(shopperId);

    /// <summary>Makes an answer hold that could not be written down yet.</summary>
    public void Hold(Guid shopperId, Consent consent) => _held[shopperId] = consent;

    /// <summary>The answer is written down: what the database says counts again.</summary>
    public void Release(Guid shopperId)
    {
        _cache.Remove(shopperId);
        _held.TryRemove(shopperId, out _);
    }

    /// <summary>After announcements may have been missed, nothing kept is trusted.</summary>
    public void ForgetAll() => _cache.Clear();

    public void Dispose() => _cache.Dispose();

    private async Task<Consent> ReadAsync(Guid shopperId, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            "SELECT consent_analytics, consent_personalisation, consent_email AND NOT is_suppressed, consent_prices AND NOT is_suppressed, birth_year FROM shoppers WHERE id = $1");
        command.Parameters.Add(new() { Value = shopperId });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel))
            return Consent.Refused;
        // A birth year leaves the birthday open: who may still be 17 counts as 17.
        var isMinor = !reader.IsDBNull(4) && clock.GetUtcNow().Year - reader.GetInt32(4) <= 18;
        return new(reader.GetBoolean(0), reader.GetBoolean(1) && !isMinor, reader.GetBoolean(2), reader.GetBoolean(3) && !isMinor, IsAnswered: true);
    }

    [LoggerMessage(LogLevel.Warning, "Could not read an account's consents; it counts as refusing for this request")]
    private partial void LogUnreadable(Exception exception);
}
