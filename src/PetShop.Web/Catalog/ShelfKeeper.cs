using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Npgsql;

namespace PetShop.Web.Catalog;

/// <summary>How the catalogue is kept in memory: section <c>Catalog</c>.</summary>
public sealed class CatalogOptions
{
    /// <summary>Age at which the shelf is read again in the background.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ShelfLifetime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Age at which cards and product pages are read again even when no change of theirs was announced.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan ProductLifetime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Age at which a card or product page is too old to be shown even while the database is away.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan KeptWhileAway { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Cards, product pages and wish lists kept in memory, of each this many; a card takes about 5 KB, a page 10 KB.</summary>
    [Range(0, 1_000_000)]
    public int ProductsKept { get; init; } = 10_000;
}

/// <summary>Holds the current shelf; the first reader waits for it, later ones never do.</summary>
public sealed partial class ShelfKeeper(NpgsqlDataSource source, IOptions<CatalogOptions> options, TimeProvider clock, ILogger<ShelfKeeper> logger) : IDisposable
{
    private readonly ShelfReader _reader = new(source);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile Shelf? _shelf;
    private long _readAt;

    /// <summary>The shelf if one was read already, else an empty one; for menus, which must render without a database.</summary>
    public Shelf Current => _shelf ?? Shelf.Empty;

    public ValueTask<Shelf> GetAsync(CancellationToken cancel)
    {
        if (_shelf is not { } shelf)
            return new(FirstAsync(cancel));
        if (clock.GetElapsedTime(Volatile.Read(ref _readAt)) > options.Value.ShelfLifetime && _turn.Wait(0, CancellationToken.None))
            _ = Task.Run(RenewAsync, CancellationToken.None);
        return new(shelf);
    }

    /// <summary>Makes the next reader see the catalogue as it is now; for edits and tests.</summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try { await ReadAsync(cancel); }
        finally { _turn.Release(); }
    }

    /// <summary>The same, unless nobody has asked for the catalogue yet.</summary>
    public Task RefreshIfReadAsync(CancellationToken cancel) => _shelf is null ? Task.CompletedTask : RefreshAsync(cancel);

    public void Dispose() => _turn.Dispose();

    private async Task<Shelf> FirstAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try { return _shelf ?? await ReadAsync(cancel); }
        finally { _turn.Release(); }
    }

    private async Task RenewAsync()
    {
        try { await ReadAsync(CancellationToken.None); }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            // The old shelf serves on; the next try is a lifetime away.
            Volatile.Write(ref _readAt, clock.GetTimestamp());
            LogNotRead(e);
        }
        finally { _turn.Release(); }
    }

    private async Task<Shelf> ReadAsync(CancellationToken cancel)
    {
        var shelf = await _reader.ReadAsync(cancel);
        Volatile.Write(ref _readAt, clock.GetTimestamp());
        // An empty shop is asked again each time: it is about to be filled.
        _shelf = shelf.ProductIds.Length > 0 || shelf.Categories.Count > 0 ? shelf : null;
        return shelf;
    }

    [LoggerMessage(LogLevel.Warning, "The catalogue could not be read again; the one in memory serves on")]
    private partial void LogNotRead(Exception exception);
}
