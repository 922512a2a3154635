using System.Collections.Frozen;
using Npgsql;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting;

/// <summary>What rules may ask of a product, for every product ever sold, the inactive ones too.</summary>
public sealed record ProductTraitTable(FrozenDictionary<int, (string Brand, ValueList<string> Path)> Products, FrozenDictionary<int, ValueList<string>> Categories)
{
    public static ProductTraitTable Empty { get; } = new(FrozenDictionary<int, (string, ValueList<string>)>.Empty, FrozenDictionary<int, ValueList<string>>.Empty);
}

/// <summary>Keeps brands and category paths of products in memory, so that turning an event into facts asks no database.</summary>
public sealed class ProductTraits(NpgsqlDataSource source, TimeProvider clock) : IDisposable
{
    private const string Sql = """
        SELECT id, path FROM categories;
        SELECT p.id, b.slug, p.category_id FROM products p JOIN brands b ON b.id = p.brand_id
        """;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile ProductTraitTable? _table;
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;

    public ValueTask<ProductTraitTable> GetAsync(CancellationToken cancel) => _table is { } table ? new(table) : new(ReadAsync(onlyFirst: true, cancel));

    /// <summary>Makes the next round of <see cref="RefreshIfOldAsync"/> read again: the catalogue changed, or a product was met that is not in the table.</summary>
    public void Outdate() => _readAt = DateTimeOffset.MinValue;

    public async Task RefreshIfOldAsync(CancellationToken cancel)
    {
        if (clock.GetUtcNow() - _readAt > Lifetime)
            await ReadAsync(onlyFirst: false, cancel);
    }

    public void Dispose() => _turn.Dispose();

    private async Task<ProductTraitTable> ReadAsync(bool onlyFirst, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (onlyFirst && _table is { } known)
                return known;
            _readAt = clock.GetUtcNow();
            return _table = await ReadTableAsync(cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<ProductTraitTable> ReadTableAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Sql);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var categories = new Dictionary<int, ValueList<string>>();
        while (await reader.ReadAsync(cancel))
            categories.Add(reader.GetInt32(0), new(reader.GetFieldValue<string[]>(1)));
        await reader.NextResultAsync(cancel);
        var brands = new Dictionary<string, string>(StringComparer.Ordinal);
        var products = new Dictionary<int, (string, ValueList<string>)>();
        while (await reader.ReadAsync(cancel))
        {
            var brand = reader.GetString(1);
            if (!brands.TryGetValue(brand, out var shared))
                brands.Add(brand, shared = brand);
            products.Add(reader.GetInt32(0), (shared, categories.GetValueOrDefault(reader.GetInt32(2)) ?? []));
        }
        return new(products.ToFrozenDictionary(), categories.ToFrozenDictionary());
    }
}
