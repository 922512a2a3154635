using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Tracking;

namespace PetShop.Web.Recommendations.Rails;

/// <summary>The tastes of the people in the shop right now, made once and kept until something they follow from changes.</summary>
public sealed class Tastes : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    private readonly MemoryCache _cache;
    private readonly ModelHolder _holder;
    private readonly LiveHistories _histories;
    private readonly ShopperRecords _records;
    private readonly HouseholdPets _pets;
    private readonly TimeProvider _clock;

    public Tastes(ModelHolder holder, LiveHistories histories, ShopperRecords records, HouseholdPets pets, TimeProvider clock, IOptions<RecommendationOptions> options)
    {
        (_holder, _histories, _records, _pets, _clock) = (holder, histories, records, pets, clock);
        _cache = new(new MemoryCacheOptions { SizeLimit = options.Value.RememberedVisitors });
        histories.Forgotten += Forget;
    }

    /// <summary>Null for whoever must not or cannot be known, their pets included: lists are the same for all of them.</summary>
    public async ValueTask<Taste?> GetAsync(Visitor visitor, CancellationToken cancel)
    {
        if (!visitor.MayPersonalise || visitor.HistoryKey is not { } key)
            return null;
        var (history, record, household) = await ReadAsync(visitor, cancel);
        if (ReferenceEquals(household, Household.Unreadable))
            return null;
        var (state, now) = (_holder.Current, _clock.GetUtcNow());
        if (_cache.TryGetValue(key, out Taste? taste) && taste!.IsFor(state, history, record, household, DateOnly.FromDateTime(now.UtcDateTime)))
            return taste;
        taste = new(state, history, record, household, now);
        _cache.Set(key, taste, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = Idle });
        return taste;
    }

    /// <summary>What somebody's behaviour comes to in another state of the shop; not kept. Null as for <see cref="GetAsync"/>.</summary>
    public async ValueTask<Taste?> UnderAsync(ServingState state, Visitor visitor, CancellationToken cancel)
    {
        if (!visitor.MayPersonalise || visitor.HistoryKey is null)
            return null;
        var (history, record, household) = await ReadAsync(visitor, cancel);
        return ReferenceEquals(household, Household.Unreadable) ? null : new(state, history, record, household, _clock.GetUtcNow());
    }

    private async ValueTask<(VisitorHistory History, ShopperRecord Record, Household Household)> ReadAsync(Visitor visitor, CancellationToken cancel)
    {
        var history = await _histories.GetAsync(visitor, cancel);
        return (history, await _records.GetAsync(visitor, history, cancel), await _pets.GetAsync(visitor, cancel));
    }

    private void Forget(Guid id)
    {
        _cache.Remove(id);
        _records.Forget(id);
        _pets.Forget(id);
    }

    public void Dispose()
    {
        _histories.Forgotten -= Forget;
        _cache.Dispose();
    }
}
