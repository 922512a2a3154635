using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data;
using PetShop.Targeting.Segments;
using PetShop.Web.Checkout;
using PetShop.Web.Pets;

namespace PetShop.Web.Targeting;

/// <summary>Holds the current segments, banners and offers; the first reader waits for them, later ones never do.</summary>
public sealed partial class ActiveRules(IServiceScopeFactory scopes, IOptions<ShopOptions> shop, ILogger<ActiveRules> logger) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile RuleBook? _book;

    /// <summary>What was read last; nothing while the database has not answered yet.</summary>
    public RuleBook Current => _book ?? RuleBook.Empty;

    public ValueTask<RuleBook> GetAsync(CancellationToken cancel) => _book is { } book ? new(book) : new(FirstAsync(cancel));

    /// <summary>Makes the next page see segments and banners as they are now; call it after an edit.</summary>
    public async Task<RuleBook> RefreshAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
            var lists = await db.ShopperLists.Select(l => new { l.Slug, l.Name }).ToDictionaryAsync(l => l.Slug, l => l.Name, StringComparer.Ordinal, cancel);
            var spoken = new SpokenNames
            {
                Lists = lists, Categories = await CategoriesAsync(db, cancel), Breeds = Breeds.Names, Countries = Countries.Names,
                Brands = await db.Brands.Select(b => new { b.Slug, b.Name }).ToDictionaryAsync(b => b.Slug, b => b.Name, StringComparer.Ordinal, cancel),
            };
            var book = new RuleBook(await db.Segments.AsNoTracking().ToListAsync(cancel), await db.Banners.AsNoTracking().ToListAsync(cancel),
                lists.Keys.ToHashSet(StringComparer.Ordinal), await db.PriceOffers.AsNoTracking().ToListAsync(cancel),
                await db.SegmentSlots.AsNoTracking().ToListAsync(cancel), shop.Value.Zone.Id, spoken);
            foreach (var broken in book.Broken.ExceptBy(Current.Broken.Select(b => (b.Slug, b.Problem)), b => (b.Slug, b.Problem)))
                LogBroken(broken.Slug, broken.Problem);
            foreach (var stopped in book.Offers.All.Where(o => o.IsStopped && Current.Offers.Find(o.Id)?.IsStopped != true))
                LogStopped(stopped.Name, string.Join(" ", stopped.Faults));
            return _book = book;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    // Dogs and cats both have a "Dry food": a name that several share tells whose it is.
    private static async Task<Dictionary<string, string>> CategoriesAsync(PetShopDb db, CancellationToken cancel)
    {
        var all = await db.Categories.Select(c => new { c.Slug, c.Name, c.Department }).ToListAsync(cancel);
        var shared = all.CountBy(c => c.Name, StringComparer.Ordinal).Where(n => n.Value > 1).Select(n => n.Key).ToHashSet(StringComparer.Ordinal);
        var departments = all.Where(c => c.Slug == c.Department).ToDictionary(c => c.Slug, c => c.Name, StringComparer.Ordinal);
        return all.ToDictionary(c => c.Slug, c => shared.Contains(c.Name) && c.Slug != c.Department ? $"{c.Name} ({departments.GetValueOrDefault(c.Department, c.Department)})" : c.Name, StringComparer.Ordinal);
    }

    private async Task<RuleBook> FirstAsync(CancellationToken cancel)
    {
        try
        {
            return await RefreshAsync(cancel);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or InvalidOperationException { InnerException: NpgsqlException })
        {
            LogUnreadable(e.Message);
            return RuleBook.Empty;
        }
    }

    [LoggerMessage(LogLevel.Error, "Segment {Segment} is left out until its rule is mended: {Problem}")]
    private partial void LogBroken(string segment, string problem);

    [LoggerMessage(LogLevel.Warning, "The offer {Offer} is switched on but lowers no price until this is mended: {Problem}")]
    private partial void LogStopped(string offer, string problem);

    [LoggerMessage(LogLevel.Warning, "Segments and banners could not be read; pages do without: {Problem}")]
    private partial void LogUnreadable(string problem);
}
