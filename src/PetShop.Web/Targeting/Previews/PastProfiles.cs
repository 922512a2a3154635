using System.Globalization;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data;
using PetShop.Targeting.Segments;
using PetShop.Web.Tracking;

namespace PetShop.Web.Targeting.Previews;

/// <summary>A profile as it was, or will be, at a moment.</summary>
/// <param name="Visitor">Who looks, with what they had agreed to then.</param>
/// <param name="Notes">What is not known of that moment, as sentences.</param>
/// <param name="Names">Of the banners as they were called then; null for those of now.</param>
public sealed record PastProfile(Visitor Visitor, VisitorProfile Profile, IReadOnlyList<string> Notes, IReadOnlyDictionary<int, string>? Names);

/// <summary>Profiles at another time: for the past with the rules, events, orders and pets of then; for the future with those of now.</summary>
public sealed class PastProfiles(
    ProfilePreview preview, NpgsqlDataSource source, ProductTraits products, IServiceScopeFactory scopes, IOptions<TrackingOptions> tracking, IOptions<ShopOptions> shop, TimeProvider clock)
{
    private readonly PastFacts _facts = new(source);
    private readonly PastConsents _consents = new(source);
    private readonly HistoryReader _histories = new(source, tracking.Value);

    /// <param name="at">Null for now.</param>
    /// <param name="segments">To put a stranger into, by hand.</param>
    public async Task<PastProfile> AtAsync(Visitor visitor, DateTimeOffset? at, IReadOnlyCollection<string> segments, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var moment = new Moment(at ?? now, shop.Value.Zone);
        var profile = await preview.AtAsync(visitor, moment, segments, cancel);
        if (at is not { } then || then >= now)
            return new(visitor, profile, at is null ? [] : ["What they will have done by then is not known: what is known now is asked at that time."], null);
        await using var scope = scopes.CreateAsyncScope();
        var rules = await PastRules.ReadAsync(scope.ServiceProvider.GetRequiredService<PetShopDb>(), then, Say, cancel);
        var notes = rules.Notes.ToList();
        if (visitor.ShopperId is { } shopper)
        {
            visitor = await _consents.AtAsync(visitor, shopper, then, notes, cancel);
            profile = profile with { Facts = profile.Facts with { Consents = visitor.Consent.Purposes } };
            notes.Add("Fields of the account (address, age, language, organisation, quiz answers) are those of today, as are rails, prices and stock.");
        }
        var (facts, pets, history) = await FactsAsync(profile, visitor, moment, notes, cancel);
        var known = rules.Book.Active.Select(s => s.Slug).Intersect(segments, StringComparer.Ordinal);
        var members = rules.Book.MembershipsOf(facts, moment).Union(known).ToHashSet(StringComparer.Ordinal);
        return new(visitor, new(facts, pets, history, members, rules.Book, moment), notes, rules.Names);
    }

    private string Say(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, shop.Value.Zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    private async Task<(VisitorFacts, IReadOnlyList<LivingPet>, VisitorHistory)> FactsAsync(VisitorProfile now, Visitor visitor, Moment at, List<string> notes, CancellationToken cancel)
    {
        if (visitor.ShopperId is not { } shopper)
            return (now.Facts, now.Pets, VisitorHistory.Empty);
        if (!visitor.MayPersonalise)
            return (now.Facts with { Pets = [], Events = [] }, [], VisitorHistory.Empty);
        var stored = await _facts.ReadAsync(new(now.Facts, now.Pets), shopper, at, notes, cancel);
        var history = new VisitorHistory(await _histories.ReadBeforeAsync(visitor, at.AsOf, cancel));
        var behaviour = Behaviour.Of(history, await products.GetAsync(cancel), null);
        return (stored.Facts with { Events = behaviour.Facts }, stored.Pets, history);
    }
}
