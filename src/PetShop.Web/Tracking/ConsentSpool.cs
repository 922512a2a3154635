using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Web.Database;

namespace PetShop.Web.Tracking;

/// <summary>Keeps refusals and withdrawals that were given while PostgreSQL was away, one file each; on this replica they hold at once.</summary>
public sealed class ConsentSpool
{
    private readonly string _folder;
    private readonly string _prefix;
    private readonly ShopperConsents _shopperConsents;

    public ConsentSpool(NpgsqlDataSource source, ShopperConsents shopperConsents, IHostEnvironment environment, IOptions<TrackingOptions> options)
    {
        _shopperConsents = shopperConsents;
        _folder = options.Value.SpoolFolder is { } set ? Path.Combine(environment.ContentRootPath, set) : Path.Combine(ShopDatabase.DataFolder(environment), "spool");
        var database = new NpgsqlConnectionStringBuilder(source.ConnectionString).Database ?? "";
        _prefix = $"consent-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(database)).AsSpan(0, 6))}-";
    }

    /// <returns>False when the disk does not take it, so that the answer must be given again.</returns>
    public bool Add(GivenConsent given)
    {
        try
        {
            Directory.CreateDirectory(_folder);
            var path = Path.Combine(_folder, $"{_prefix}{given.Id:N}");
            using (var file = new FileStream(path + ".part", FileMode.CreateNew, FileAccess.Write))
            {
                JsonSerializer.Serialize(file, given);
                file.Flush(flushToDisk: true);
            }
            // A reader sees the whole file or none.
            File.Move(path + ".part", path + ".json");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        Hold(given);
        return true;
    }

    /// <summary>The answers that wait, oldest first, with their files.</summary>
    public List<(string Path, GivenConsent Given)> Waiting()
    {
        List<(string, GivenConsent)> waiting = [];
        if (!Directory.Exists(_folder))
            return waiting;
        foreach (var path in Directory.EnumerateFiles(_folder, _prefix + "*.json").Order(StringComparer.Ordinal))
        {
            try
            {
                if (JsonSerializer.Deserialize<GivenConsent>(File.ReadAllText(path)) is not { } given)
                    continue;
                Hold(given);
                waiting.Add((path, given));
            }
            catch (FileNotFoundException)
            {
                // Another replica has just written it down.
            }
        }
        return waiting;
    }

    /// <summary>The answer is in the database now.</summary>
    public void Remove(string path, GivenConsent given)
    {
        File.Delete(path);
        if (given.ShopperId is { } shopper)
            _shopperConsents.Release(shopper);
    }

    private void Hold(GivenConsent given)
    {
        if (given.ShopperId is { } shopper)
            _shopperConsents.Hold(shopper, given.Consent);
    }
}
