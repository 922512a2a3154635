using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PetShop.Web.Importing;

/// <summary>How a foreign file reads as ours: which of its columns are which, how its dates look, what its missing values are.</summary>
public sealed record ImportMapping
{
    /// <summary>Our column to the file's column, for the product file.</summary>
    public IReadOnlyDictionary<string, string> Products { get; init; } = new Dictionary<string, string>();

    /// <summary>Our column to the file's column, for the order file.</summary>
    public IReadOnlyDictionary<string, string> Orders { get; init; } = new Dictionary<string, string>();

    /// <summary>Our column to the value used where a row has none; for a column that the file lacks, of products that are new.</summary>
    public IReadOnlyDictionary<string, string> Defaults { get; init; } = new Dictionary<string, string>();

    /// <summary>.NET format of <c>placed_at</c>; null takes ISO 8601.</summary>
    public string? DateFormat { get; init; }

    /// <summary>IANA zone of dates that name none.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>ISO 4217 code of the file's prices; null takes them for the shop's.</summary>
    public string? Currency { get; init; }

    /// <summary>Codes that are no products (postage, fees): their rows are passed over and counted.</summary>
    public IReadOnlyList<string> IgnoredSkus { get; init; } = [];

    /// <summary>Products without a price take that of their newest order line.</summary>
    public bool PricesFromOrders { get; init; }

    /// <summary>
    /// Moves the whole history by whole days so that its last order lies in the day before now: for showing a shop with the orders of years ago,
    /// whose customers would all count as long lost. Never set it for a history that is to be kept.
    /// </summary>
    public bool MoveToNow { get; init; }

    /// <summary>
    /// What the customers of the file are known to have agreed to: analytics, personalisation, email, prices.
    /// Empty means nothing: their orders are kept, but nobody is profiled by them.
    /// </summary>
    public IReadOnlyList<string> Consents { get; init; } = [];

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Reads a mapping file and checks every name in it.</summary>
    /// <exception cref="InvalidOperationException">The file is no mapping; the message says where and what would be right.</exception>
    public static ImportMapping Read(string path)
    {
        try
        {
            var mapping = JsonSerializer.Deserialize<ImportMapping>(File.ReadAllText(path), Json) ?? new ImportMapping();
            mapping.Check(path);
            return mapping;
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"{path} is not a mapping: {e.Message}", e);
        }
    }

    /// <summary>Prices are kept without being converted, so those of another currency would only look right.</summary>
    /// <exception cref="InvalidOperationException">The shop sells in another currency than the file; the message says what to set.</exception>
    public void CheckCurrency(string ofShop)
    {
        if (Currency is { } ofFile && !ofFile.Equals(ofShop, StringComparison.OrdinalIgnoreCase))
            throw new InvalidOperationException($"The mapping says that the file's prices are {ofFile}, and this shop sells in {ofShop}. Set Shop__Currency={ofFile} here and where the shop is served; nothing was imported.");
    }

    private void Check(string path)
    {
        CheckNames(path, "products", Products.Keys, ImportColumns.Products);
        CheckNames(path, "orders", Orders.Keys, ImportColumns.Orders);
        CheckNames(path, "defaults", Defaults.Keys, [.. ImportColumns.Products, .. ImportColumns.Orders]);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
            throw new InvalidOperationException($"{path}: timeZone '{TimeZone}' is unknown; use an IANA name such as Europe/London.");
        string[] purposes = ["analytics", "personalisation", "email", "prices"];
        if (Consents.FirstOrDefault(c => !purposes.Contains(c)) is { } unknown)
            throw new InvalidOperationException($"{path}: consents holds '{unknown}'; known are {string.Join(", ", purposes)}.");
    }

    private static void CheckNames(string path, string section, IEnumerable<string> names, IReadOnlyList<ImportColumn> known)
    {
        foreach (var name in names)
            if (known.All(c => c.Name != name))
                throw new InvalidOperationException($"{path}: {section} names the column '{name}'; known are {string.Join(", ", known.Select(c => c.Name).Distinct())}.");
    }

    /// <summary>Parses a date of the file; a date without an offset is of <see cref="TimeZone"/>.</summary>
    public bool TryParseDate(string text, out DateTimeOffset instant)
    {
        instant = default;
        if (DateFormat is null && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var withOffset) && HasOffset(text))
        {
            instant = withOffset.ToUniversalTime();
            return true;
        }
        var parsed = DateFormat is null
            ? DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            : DateTime.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out local);
        if (!parsed)
            return false;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        // An hour that daylight saving skips is read as the hour after it.
        if (zone.IsInvalidTime(local))
            local = local.AddHours(1);
        instant = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        return true;
    }

    private static bool HasOffset(string text) => text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf(':', StringComparison.Ordinal);
}
