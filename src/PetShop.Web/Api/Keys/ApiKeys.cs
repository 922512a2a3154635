using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Api;

namespace PetShop.Web.Api.Keys;

/// <summary>Makes keys, revokes them and knows them again.</summary>
public sealed class ApiKeys(PetShopDb db, TimeProvider clock)
{
    private const string Mark = "psk_";
    private const int PrefixLength = 12;
    private const int KeyLength = PrefixLength + 1 + 64;

    // A busy key is not worth a write at every request.
    private static readonly TimeSpan UseNoted = TimeSpan.FromHours(1);

    /// <summary>Makes a key.</summary>
    /// <returns>The whole key as text: shown once, kept nowhere.</returns>
    public async Task<string> MakeAsync(string name, IReadOnlyCollection<string> scopes, DateTimeOffset? expiresAt, string who, CancellationToken cancel)
    {
        var prefix = Mark + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        var text = $"{prefix}_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}";
        var now = clock.GetUtcNow();
        db.ApiKeys.Add(new() { Name = name, Prefix = prefix, Hash = HashOf(text), Scopes = [.. scopes], CreatedAt = now, CreatedBy = who, ExpiresAt = expiresAt });
        db.AuditEntries.Add(new() { At = now, Actor = who, Action = $"API key made: {string.Join(", ", scopes)}", Subject = $"key {prefix}" });
        await db.SaveChangesAsync(cancel);
        return text;
    }

    /// <summary>Ends a key at once.</summary>
    /// <returns>False when there is no such key in force.</returns>
    public async Task<bool> RevokeAsync(int id, string who, CancellationToken cancel)
    {
        if (await db.ApiKeys.SingleOrDefaultAsync(k => k.Id == id && k.RevokedAt == null, cancel) is not { } key)
            return false;
        var now = clock.GetUtcNow();
        key.RevokedAt = now;
        db.AuditEntries.Add(new() { At = now, Actor = who, Action = "API key revoked", Subject = $"key {key.Prefix}" });
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>Knows a key by its text, or says why it does not count.</summary>
    public async Task<(ApiKey? Key, string Problem)> FindAsync(string text, CancellationToken cancel)
    {
        const string Unknown = "This key is not known. Compare it with the one that was shown when it was made, or make a new one under /admin/api.";
        if (text.Length != KeyLength || !text.StartsWith(Mark, StringComparison.Ordinal) || text[PrefixLength] != '_')
            return (null, $"A key looks like {Mark}1a2b3c4d_ and 64 more letters and digits; this is something else.");
        var prefix = text[..PrefixLength];
        var key = await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Prefix == prefix, cancel);
        // The comparison takes as long whether the first byte differs or the last.
        if (key is null || !CryptographicOperations.FixedTimeEquals(key.Hash, HashOf(text)))
            return (null, Unknown);
        var now = clock.GetUtcNow();
        if (key.RevokedAt is not null)
            return (null, $"The key {prefix} was revoked. Make a new one under /admin/api.");
        if (key.ExpiresAt <= now)
            return (null, $"The key {prefix} has expired. Make a new one under /admin/api.");
        await NoteUseAsync(key, now, cancel);
        return (key, "");
    }

    private async Task NoteUseAsync(ApiKey key, DateTimeOffset now, CancellationToken cancel)
    {
        if (key.LastUsedAt is { } last && now - last < UseNoted)
            return;
        var before = now - UseNoted;
        await db.ApiKeys.Where(k => k.Id == key.Id && (k.LastUsedAt == null || k.LastUsedAt <= before)).ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, now), cancel);
    }

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
