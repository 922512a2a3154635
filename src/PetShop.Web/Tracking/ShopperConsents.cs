using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Tracking;

/// <summary>What counts of accounts' answers, kept in memory; a change is announced to every replica and holds from the next request.</summary>
public sealed partial class ShopperConsents(NpgsqlDataSource source, TimeProvider clock, ILogger<ShopperConsents> logger) : IDisposable
{
    /// <summary>Columns of shoppers s, as <see cref="Counting"/> reads them.</summary>
    public const string Columns = "s.consent_analytics, s.consent_personalisation, s.consent_email, s.consent_prices, s.is_suppressed, s.birth_year";

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = 50_000 });

    // Answers that are not in the database yet outrank what is.
    private readonly ConcurrentDictionary<Guid, Consent> _held = new();

    /// <summary>The consents of an account that count; none while they cannot be read.</summary>
    public async ValueTask<Consent> GetAsync(Guid shopperId, CancellationToken cancel) => await FindAsync(shopperId, cancel) ?? Consent.Refused;

    /// <summary>The same; null while they cannot be read.</summary>
    public async ValueTask<Consent?> FindAsync(Guid shopperId, CancellationToken cancel)
    {
        return _held.TryGetValue(shopperId, out var consent) ? consent : (await AccountAsync(shopperId, cancel))?.Consent;
    }

    /// <summary>Whether the account certainly is no more: cookies in other browsers outlive an erasure.</summary>
    public async ValueTask<bool> IsGoneAsync(Guid shopperId, CancellationToken cancel) => await AccountAsync(shopperId, cancel) is { Exists: false };

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

    /// <summary>What an account agreed to and neither age nor suppression closes at a moment.</summary>
    /// <param name="row">With <see cref="Columns"/> from <paramref name="first"/> on.</param>
    public static Consent Counting(NpgsqlDataReader row, int first, DateTimeOffset at)
    {
        var given = new Consent(row.GetBoolean(first), row.GetBoolean(first + 1), row.GetBoolean(first + 2), row.GetBoolean(first + 3), IsAnswered: true);
        return Consent.To(ConsentBars.Left(given.Purposes, row.IsDBNull(first + 5) ? null : row.GetInt32(first + 5), row.GetBoolean(first + 4), at));
    }

    private async ValueTask<Account?> AccountAsync(Guid shopperId, CancellationToken cancel)
    {
        if (_cache.TryGetValue(shopperId, out Account? account))
            return account;
        try
        {
            account = await ReadAsync(shopperId, cancel);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            LogUnreadable(e);
            return null;
        }
        if (account.Exists)
            _cache.Set(shopperId, account, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Kept });
        return account;
    }

    private async Task<Account> ReadAsync(Guid shopperId, CancellationToken cancel)
    {
        await using var command = source.CreateCommand($"SELECT {Columns} FROM shoppers s WHERE s.id = $1");
        command.Parameters.Add(new() { Value = shopperId });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? new(Counting(reader, 0, clock.GetUtcNow()), Exists: true) : new(Consent.Refused, Exists: false);
    }

    private sealed record Account(Consent Consent, bool Exists);

    [LoggerMessage(LogLevel.Warning, "Could not read an account's consents; it counts as refusing for this request")]
    private partial void LogUnreadable(Exception exception);
}
