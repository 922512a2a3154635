using System.Collections.Frozen;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Targeting.Banners;
using PetShop.Targeting.Segments;
using PetShop.Web.Api.Keys;
using PetShop.Web.Api.Members;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Pricing;
using PetShop.Web.Tracking;

namespace PetShop.Web.Api.Visitors;

/// <summary>Answers which segments, banners and prices fit a visitor; nothing is recorded.</summary>
public sealed class VisitorEndpoint(ProfilePreview preview, VisitorProfiles profiles, VisitorPrices prices, NpgsqlDataSource source, IOptions<ShopOptions> shop, TimeProvider clock)
{
    private static readonly string[] Devices = ["phone", "tablet", "desktop"];
    private static readonly ConsentPurposes[] Purposes = [ConsentPurposes.Analytics, ConsentPurposes.Personalisation, ConsentPurposes.Email, ConsentPurposes.Prices];

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/visitors/evaluate", (VisitorQuestion question, VisitorEndpoint endpoint, HttpContext http, CancellationToken cancel) => endpoint.EvaluateAsync(question, http, cancel))
            .RequireScope(ApiScope.EvaluateVisitors).Fails(400, 404, 415, 422).RequireRateLimiting(ApiLimits.Evaluations)
            .Tells("evaluateVisitor", "Ask which segments, banners and prices fit a visitor", "For an account, a browser, or a stranger of whom only the visit is known. Consent counts as it does on a page: without it the rules that rest on it hold nobody. Nothing is recorded.")
            .Shows(Samples.VisitorQuestion, Samples.VisitorAnswer);

    private async Task<Results<Ok<VisitorAnswer>, ProblemHttpResult>> EvaluateAsync(VisitorQuestion question, HttpContext http, CancellationToken cancel)
    {
        if (Faults(question) is { Count: > 0 } faults)
            return Problem.Unsound(faults);
        var isStored = question.ShopperId is not null || question.VisitorId is not null;
        if (question.Explain && isStored && !http.User.HasClaim(ApiScopes.Claim, ApiScope.ReadMembers.Name))
            return Problem.Of(403, "scope_missing", "The reasons of a stored person need the scope members:read beside visitors:evaluate. Ask without \"explain\", or with another key.");
        if (await VisitorAsync(question, cancel) is not { } visitor)
            return Problem.NoShopper(question.ShopperId!.Value);
        var profile = Asked(await profiles.GetAsync(visitor, cancel), question);
        return TypedResults.Ok(Answer(profile, question, BannerChooser.KeyOf(visitor, profile), await prices.OfAsync(visitor, profile, cancel)));
    }

    private static VisitorAnswer Answer(VisitorProfile profile, VisitorQuestion question, string? visitorKey, PriceSheet prices) => new()
    {
        At = profile.At.AsOf,
        Consents = [.. Purposes.Where(p => profile.Facts.PurposesAt(profile.At).HasFlag(p)).Select(Word)],
        Memberships = [.. profile.Rules.Active.Where(s => profile.IsIn(s.Slug)).Select(s => new VisitorAnswer.Membership(s.Slug, s.Name))],
        Banners = [.. (question.Placements ?? [.. Placement.All.Select(p => p.Key)]).Distinct().Select(p => Choose(profile, p, visitorKey))],
        Prices = [.. prices.Held.Select(o => new VisitorAnswer.Offer(o.Id, o.Reason, o.Cut.Kind.ToString().ToLowerInvariant(), o.Cut.Size, o.EndsAt))],
        Reasons = question.Explain ? [.. ProfilePreview.Explain(profile).Select(e => new VisitorAnswer.Reason(e.Segment.Slug, e.IsMember, ReasonResource.Of(e.Why)))] : null,
    };

    private static VisitorAnswer.Choice Choose(VisitorProfile profile, string placement, string? visitorKey)
    {
        var fates = BannerChoice.Explain(profile.Rules.Banners, placement, profile.At, profile.Memberships, BannerChooser.ShownToday(profile.History, profile.At), visitorKey);
        return new(placement, BannerChooser.Choose(profile, placement, visitorKey).Card is { } card ? VisitorAnswer.Banner.Of(card) : null, [.. fates.Select(f => new VisitorAnswer.Fate(f.Banner.Id, f.Sentence(SpokenNames.None)))]);
    }

    /// <summary>The profile at the moment and with the pets that are asked about.</summary>
    private VisitorProfile Asked(VisitorProfile profile, VisitorQuestion question)
    {
        if (question is { At: null, Hour: null, Pets: null })
            return profile;
        var zone = shop.Value.Zone;
        var at = question.At is { } instant ? new(instant.ToUniversalTime(), zone) : question.Hour is { } hour ? new(TodayAt(hour, zone), zone) : profile.At;
        var facts = question.Pets is { } pets ? profile.Facts with { Pets = [.. pets.Select(p => p.Facts)] } : profile.Facts;
        return profile with { Facts = facts, At = at, Memberships = profile.Rules.MembershipsOf(facts, at), LookedUp = FrozenSet<string>.Empty };
    }

    // An hour that the clock skips counts as the next.
    private DateTimeOffset TodayAt(int hour, TimeZoneInfo zone)
    {
        var wall = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).Date.AddHours(hour);
        wall = zone.IsInvalidTime(wall) ? wall.AddHours(1) : wall;
        return new DateTimeOffset(wall, zone.GetUtcOffset(wall)).ToUniversalTime();
    }

    private async Task<Visitor?> VisitorAsync(VisitorQuestion question, CancellationToken cancel)
    {
        var given = question.Consents is { } words ? ConsentOf(words) : (Consent?)null;
        var device = question.Device ?? "desktop";
        if (question.ShopperId is { } shopper)
            return await preview.VisitorAsync(shopper, device, question.At?.ToUniversalTime(), cancel) is { } known ? Visit(known.Id, shopper, Narrowed(known.Consent, given), question.Country ?? known.Country, question) : null;
        if (question.VisitorId is { } browser)
            return Visit(browser, null, Narrowed(await ConsentAsync(browser, cancel), given), question.Country, question);
        return Visit(null, null, given ?? Consent.Refused, question.Country, question);
    }

    private static Visitor Visit(Guid? id, Guid? shopper, Consent consent, string? country, VisitorQuestion question) => new()
    {
        Id = consent.NeedsIdentity ? id : null, ShopperId = shopper, Consent = consent, Device = question.Device ?? "desktop", Country = country, ReferrerHost = question.Referrer, Campaign = question.Campaign,
    };

    /// <summary>What a browser answered last; nothing where it was never asked or belongs to an account, whose answer counts then.</summary>
    private async Task<Consent> ConsentAsync(Guid browser, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            "SELECT analytics, personalisation, email, prices FROM consent_receipts WHERE visitor_id = $1 ORDER BY given_at DESC, id DESC LIMIT 1");
        command.Parameters.Add(new() { Value = browser });
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? new(row.GetBoolean(0), row.GetBoolean(1), row.GetBoolean(2), row.GetBoolean(3), IsAnswered: true) : Consent.Refused;
    }

    private static Consent Narrowed(Consent stored, Consent? given) => given is { } g
        ? new(stored.Analytics && g.Analytics, stored.Personalisation && g.Personalisation, stored.Email && g.Email, stored.Prices && g.Prices, IsAnswered: true) : stored;

    private static Consent ConsentOf(IReadOnlyList<string> words) =>
        new(words.Contains("analytics"), words.Contains("personalisation"), words.Contains("email"), words.Contains("prices"), IsAnswered: true);

    private static string Word(ConsentPurposes purpose) => purpose.ToString().ToLowerInvariant();

    private static List<Fault> Faults(VisitorQuestion q)
    {
        var faults = new List<Fault>();
        if (q.ShopperId is not null && q.VisitorId is not null)
            faults.Add(new("$.visitorId", "An account and a browser are both named.", "Name the account of who is signed in, otherwise the browser."));
        if (q.Device is { } device && !Devices.Contains(device))
            faults.Add(new("$.device", $"'{device}' is no device.", "Say phone, tablet or desktop."));
        if (q.Country is { } country && !(country.Length == 2 && country.All(char.IsAsciiLetterUpper)))
            faults.Add(new("$.country", $"'{country}' is no country.", "Use two capital letters such as NL."));
        if (q.Hour is < 0 or > 23)
            faults.Add(new("$.hour", $"{q.Hour} is no hour.", "Use 0 to 23."));
        if (q.Hour is not null && q.At is not null)
            faults.Add(new("$.hour", "A moment and an hour are both named.", "Leave one of them out."));
        faults.AddRange((q.Consents ?? []).Where(c => !Purposes.Any(p => Word(p) == c)).Select(c => new Fault("$.consents", $"'{c}' is no purpose.", $"Use {string.Join(", ", Purposes.Select(Word))}.")));
        faults.AddRange((q.Placements ?? []).Where(p => Placement.Find(p) is null).Select(p => new Fault("$.placements", $"There is no placement '{p}'.", $"Use {string.Join(", ", Placement.All.Select(x => x.Key))}.")));
        return faults;
    }
}
