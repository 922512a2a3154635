using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using PetShop.Web.Database;

namespace PetShop.Web.Catalog;

/// <summary>What pages show of products, and whose hearts are full: kept in memory until a change is announced, and not shown while announcements cannot be heard.</summary>
/// <remarks>What was known when the announcements broke off stays at hand for pages of a shop whose database is away; see <see cref="OutageCover"/>.</remarks>
public sealed class ProductCache(IOptions<CatalogOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<int, Kept<ProductCard>> _cards = new();
    private readonly ConcurrentDictionary<string, Kept<ProductView>> _views = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, string> _slugs = new();
    private readonly ConcurrentDictionary<Guid, Kept<FrozenSet<int>>> _wishes = new();
    private volatile bool _hears;
    private long _changes, _heardSince;

    /// <summary>Counts what was forgotten. Take it before reading the database and give it back with what was read.</summary>
    public long Changes => Volatile.Read(ref _changes);

    /// <summary>Whether changes on other replicas arrive here; what was kept before the way in or out counts only while the database is away.</summary>
    public bool Hears
    {
        get => _hears;
        set
        {
            _hears = value;
            Volatile.Write(ref _heardSince, Interlocked.Increment(ref _changes));
        }
    }

    public ProductCard? Card(int productId) => Get(_cards, productId);

    public ProductView? View(string slug) => Get(_views, slug);

    public FrozenSet<int>? Wishes(Guid shopperId) => Get(_wishes, shopperId);

    /// <summary>The card as it was last known; for a database that is away.</summary>
    public ProductCard? LastCard(int productId) => Last(_cards, productId);

    /// <inheritdoc cref="LastCard"/>
    public ProductView? LastView(string slug) => Last(_views, slug);

    /// <inheritdoc cref="LastCard"/>
    public FrozenSet<int>? LastWishes(Guid shopperId) => Last(_wishes, shopperId);

    /// <param name="since"><see cref="Changes"/> from before the reading: what changed meanwhile may have been read in its old state and is not kept.</param>
    public void Keep(ProductCard card, long since) => Keep(_cards, card.Id, card, since);

    /// <inheritdoc cref="Keep(ProductCard, long)"/>
    public void Keep(ProductView view, long since)
    {
        _slugs[view.Id] = view.Slug;
        Keep(_views, view.Slug, view, since);
    }

    /// <inheritdoc cref="Keep(ProductCard, long)"/>
    public void KeepWishes(Guid shopperId, FrozenSet<int> products, long since) => Keep(_wishes, shopperId, products, since);

    /// <summary>Call it after a change is committed; other replicas hear of it from the database.</summary>
    public void Forget(int productId)
    {
        Interlocked.Increment(ref _changes);
        _cards.TryRemove(productId, out _);
        if (_slugs.TryRemove(productId, out var slug))
            _views.TryRemove(slug, out _);
    }

    /// <inheritdoc cref="Forget(int)"/>
    public void ForgetWishes(Guid shopperId)
    {
        Interlocked.Increment(ref _changes);
        _wishes.TryRemove(shopperId, out _);
    }

    public void Clear()
    {
        Interlocked.Increment(ref _changes);
        _cards.Clear();
        _views.Clear();
        _slugs.Clear();
        _wishes.Clear();
    }

    private T? Get<TKey, T>(ConcurrentDictionary<TKey, Kept<T>> kept, TKey key) where TKey : notnull where T : class =>
        _hears && kept.TryGetValue(key, out var found) && found.Since >= Volatile.Read(ref _heardSince) && clock.GetElapsedTime(found.ReadAt) < options.Value.ProductLifetime
            ? found.Value : null;

    private T? Last<TKey, T>(ConcurrentDictionary<TKey, Kept<T>> kept, TKey key) where TKey : notnull where T : class =>
        kept.TryGetValue(key, out var found) && clock.GetElapsedTime(found.ReadAt) < options.Value.KeptWhileAway ? found.Value : null;

    private void Keep<TKey, T>(ConcurrentDictionary<TKey, Kept<T>> kept, TKey key, T value, long since) where TKey : notnull
    {
        if (!_hears || since != Changes)
            return;
        if (kept.Count >= options.Value.ProductsKept)
            kept.Clear();
        kept[key] = new(value, clock.GetTimestamp(), since);
        // A change announced between the look above and the line before would otherwise be missed.
        if (since != Changes)
            kept.TryRemove(key, out _);
    }

    private readonly record struct Kept<T>(T Value, long ReadAt, long Since);
}
