using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data.Events;
using PetShop.Targeting.Segments;
using PetShop.Web.Database;
using PetShop.Web.Tracking;

namespace PetShop.Web.Targeting;

/// <summary>The profiles of the people in the shop right now: read once, kept in memory, and true to the last click.</summary>
public sealed partial class VisitorProfiles : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    private readonly MemoryCache _cache;
    private readonly ProfileReader _reader;
    private readonly LiveHistories _histories;
    private readonly ActiveRules _rules;
    private readonly ProductTraits _products;
    private readonly TimeProvider _clock;
    private readonly TimeZoneInfo _zone;
    private readonly TargetingOptions _options;
    private readonly int _historyLength;
    private readonly LongHistories _long;
    private readonly OutageCover _cover;
    private readonly ILogger<VisitorProfiles> _logger;

    public VisitorProfiles(
        NpgsqlDataSource source, LiveHistories histories, ActiveRules rules, ProductTraits products, TimeProvider clock, IOptions<ShopOptions> shop,
        IOptions<TargetingOptions> options, IOptions<TrackingOptions> tracking, OutageCover cover, ILogger<VisitorProfiles> logger)
    {
        (_histories, _rules, _products, _clock, _zone, _options, _cover, _logger) =
            (histories, rules, products, clock, shop.Value.Zone, options.Value, cover, logger);
        (_reader, _long, _historyLength) = (new(source), new(source, _options.CountPatience), tracking.Value.HistoryLength);
        _cache = new(new MemoryCacheOptions { SizeLimit = _options.ProfilesKept });
        histories.Forgotten += Forget;
    }

    /// <summary>The profile of this request's visitor, made once a request.</summary>
    public async ValueTask<VisitorProfile> GetAsync(HttpContext http, CancellationToken cancel)
    {
        var visitor = http.Visitor();
        if (http.Features.Get<RequestProfile>() is { } kept && ReferenceEquals(kept.Visitor, visitor))
            return kept.Profile;
        var profile = await GetAsync(visitor, cancel);
        http.Features.Set(new RequestProfile(visitor, profile));
        return profile;
    }

    /// <summary>Makes this the profile of a request: a preview looks with another's eyes.</summary>
    public static void Set(HttpContext http, Visitor visitor, VisitorProfile profile) => http.Features.Set(new RequestProfile(visitor, profile));

    /// <summary>The profile as of now: no query when warm, one round trip beside the history's when cold.</summary>
    public async ValueTask<VisitorProfile> GetAsync(Visitor visitor, CancellationToken cancel)
    {
        var rules = await _rules.GetAsync(cancel);
        var at = new Moment(_clock.GetUtcNow(), _zone);
        var (facts, pets, history) = await FactsAsync(visitor, cancel);
        facts = facts with
        {
            Consents = visitor.Consent.Purposes,
            Visit = new VisitContext { Device = visitor.Device, Country = visitor.Country, ReferrerHost = visitor.ReferrerHost, Campaign = visitor.Campaign },
        };
        var profile = new VisitorProfile(facts, pets, history, rules.MembershipsOf(facts, at), rules, at);
        return visitor.ShopperId is { } shopper && LongHistories.Beyond(rules, history, _historyLength, at) is { Count: > 0 } beyond ? await WithStoredAsync(profile, beyond, shopper, cancel) : profile;
    }

    /// <summary>The profile as the database sees it where the events at hand do not reach.</summary>
    private async Task<VisitorProfile> WithStoredAsync(VisitorProfile profile, List<CompiledSegment> beyond, Guid shopper, CancellationToken cancel)
    {
        var kept = Find(shopper);
        try
        {
            if (kept.Holding is not { } known || known.Rules != profile.Rules || known.At + _options.ProfileRefresh <= profile.At.AsOf)
                kept.Holding = known = new(profile.Rules, profile.At.AsOf, await _long.HoldingAsync(beyond, profile.Rules.Segments, shopper, profile.At, cancel));
            var slugs = beyond.Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
            var holding = profile.Rules.Active.Where(s => slugs.Contains(s.Slug) && known.Segments.Contains(s.Slug) && s.IsOn(profile.At.AsOf) && s.Compiled.Admits(profile.Facts, profile.At)).Select(s => s.Slug);
            return profile with { Memberships = profile.Memberships.Except(slugs).Concat(holding).ToHashSet(StringComparer.Ordinal), LookedUp = slugs };
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            LogUnreadable(e.Message);
            _cover.Note();
            return profile;
        }
    }

    /// <summary>Drops what is kept of a visitor or shopper; the next request reads it again. For edits of pets and accounts.</summary>
    public void Forget(Guid id) => _cache.Remove(id);

    public void Dispose()
    {
        _histories.Forgotten -= Forget;
        _cache.Dispose();
    }

    private async ValueTask<(VisitorFacts Facts, IReadOnlyList<LivingPet> Pets, VisitorHistory History)> FactsAsync(Visitor visitor, CancellationToken cancel)
    {
        // A browser that did not agree is nobody; of an account only its id and rollout key count then, the gate keeps every other rule shut.
        if (visitor.IsBot || visitor.HistoryKey is not { } key || (visitor.ShopperId is null && !visitor.MayPersonalise))
            return (VisitorFacts.Unknown, [], VisitorHistory.Empty);
        var kept = Find(key);
        var stored = kept.StoredAt + _options.ProfileRefresh > _clock.GetUtcNow() ? kept.Stored : null;
        var reading = stored is null ? ReadAsync(kept, visitor, cancel) : null;
        var history = await _histories.GetAsync(visitor, cancel);
        stored ??= await reading!;
        if (!visitor.MayPersonalise)
            return (stored.Facts, [], history);
        var facts = kept.FactsWith(stored, history, await _products.GetAsync(cancel), _products, _clock.GetUtcNow());
        return (facts, stored.Pets, history);
    }

    private async Task<StoredFacts> ReadAsync(KeptProfile kept, Visitor visitor, CancellationToken cancel)
    {
        try
        {
            var startedAt = _clock.GetUtcNow();
            kept.Stored = await _reader.ReadAsync(visitor, cancel);
            kept.StoredAt = startedAt;
            return kept.Stored;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            LogUnreadable(e.Message);
            _cover.Note();
            return kept.Stored ?? StoredFacts.Nothing;
        }
    }

    private KeptProfile Find(Guid key)
    {
        if (_cache.TryGetValue(key, out KeptProfile? kept) && kept is not null)
            return kept;
        kept = new();
        _cache.Set(key, kept, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = Idle });
        return kept;
    }

    private sealed record RequestProfile(Visitor Visitor, VisitorProfile Profile);

    [LoggerMessage(LogLevel.Warning, "Could not read a visitor's profile; the page is chosen without it: {Problem}")]
    private partial void LogUnreadable(string problem);
}

/// <summary>One person's stored facts in memory, with the facts of the newest history worked out once.</summary>
internal sealed class KeptProfile
{
    private Derived? _derived;

    public StoredFacts? Stored { get; set; }
    public DateTimeOffset StoredAt { get; set; } = DateTimeOffset.MinValue;
    /// <summary>What the database said of segments that look back further than the events at hand; null where that was not asked.</summary>
    public HeldSegments? Holding { get; set; }

    public VisitorFacts FactsWith(StoredFacts stored, VisitorHistory history, ProductTraitTable table, ProductTraits products, DateTimeOffset now)
    {
        if (_derived is { } known && ReferenceEquals(known.Stored, stored) && ReferenceEquals(known.History, history) && ReferenceEquals(known.Table, table))
            return known.Facts;
        var behaviour = Behaviour.Of(history, table, _derived?.Table == table ? _derived.Behaviour : null);
        if (behaviour.MetUnknownProduct)
            products.Outdate();
        var facts = RecentVisits.Upon(stored.Facts, history, now) with { Events = behaviour.Facts };
        _derived = new(stored, history, table, behaviour, facts);
        return facts;
    }

    private sealed record Derived(StoredFacts Stored, VisitorHistory History, ProductTraitTable Table, Behaviour Behaviour, VisitorFacts Facts);
}

/// <summary>The segments whose rule held somebody at a moment.</summary>
internal sealed record HeldSegments(RuleBook Rules, DateTimeOffset At, HashSet<string> Segments);
