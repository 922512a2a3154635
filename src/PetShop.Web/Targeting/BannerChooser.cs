using PetShop.Data.Events;
using PetShop.Targeting.Banners;
using PetShop.Targeting.Segments;
using PetShop.Web.Tracking;

namespace PetShop.Web.Targeting;

/// <summary>What a placement shows a visitor.</summary>
/// <param name="Card">The banner; null where none fits.</param>
/// <param name="Withheld">Banners that would stand there, were the visitor not of the share that they are kept from: id and what is reported of it.</param>
public sealed record BannerPick(BannerCard? Card, IReadOnlyList<(int Banner, string Mark)> Withheld);

/// <summary>Chooses the banner of a placement for a profile.</summary>
public static class BannerChooser
{
    /// <param name="visitorKey">Of <see cref="KeyOf"/>.</param>
    public static BannerPick Choose(VisitorProfile profile, string placement, string? visitorKey)
    {
        var (rules, asOf, shown) = (profile.Rules, profile.At.AsOf, ShownToday(profile.History, profile.At));
        var chosen = BannerChoice.Choose(rules.Banners, placement, asOf, profile.Memberships, shown, visitorKey);
        var withheld = rules.HoldsOut ? BannerChoice.Withheld(rules.Banners, placement, asOf, profile.Memberships, shown, visitorKey, chosen) : [];
        return new(chosen is null ? null : rules.Card(chosen, visitorKey), [.. withheld.Select(b => (b.Id, rules.HoldoutMark(b)))]);
    }

    /// <summary>What shares a visitor out: the first id they were ever seen under. Null for who is not recognised: nobody draws lots for them, and nothing is counted.</summary>
    public static string? KeyOf(Visitor visitor, VisitorProfile profile) =>
        visitor.Id is { } id && !visitor.IsBot ? profile.Facts.RolloutKey ?? id.ToString("N") : null;

    /// <summary>Impressions of each banner since the shop's midnight; who is held out of one meets it as often as the others see it.</summary>
    public static Dictionary<int, int> ShownToday(VisitorHistory history, Moment at)
    {
        var shown = new Dictionary<int, int>();
        var midnight = at.Midnight;
        foreach (var e in history.Events)
        {
            if (e.OccurredAt < midnight)
                break;
            if (e is { Type: EventType.BannerImpression or EventType.BannerWithheld, BannerId: { } banner })
                shown[banner] = shown.GetValueOrDefault(banner) + 1;
        }
        return shown;
    }
}
