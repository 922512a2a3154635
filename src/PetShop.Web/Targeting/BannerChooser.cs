using PetShop.Data.Events;
using PetShop.Targeting.Banners;
using PetShop.Targeting.Segments;
using PetShop.Web.Tracking;

namespace PetShop.Web.Targeting;

/// <summary>Chooses the banner of a placement for a profile.</summary>
public static class BannerChooser
{
    /// <summary>The banner to show, or null where none fits.</summary>
    public static BannerCard? Choose(VisitorProfile profile, string placement) =>
        BannerChoice.Choose(profile.Rules.Banners, placement, profile.At.AsOf, profile.Memberships, ShownToday(profile.History, profile.At)) is { } chosen
            ? profile.Rules.Cards[chosen.Id] : null;

    /// <summary>Impressions of each banner since the shop's midnight.</summary>
    public static Dictionary<int, int> ShownToday(VisitorHistory history, Moment at)
    {
        var shown = new Dictionary<int, int>();
        var midnight = at.AsOf - at.Local.TimeOfDay;
        foreach (var e in history.Events)
        {
            if (e.OccurredAt < midnight)
                break;
            if (e is { Type: EventType.BannerImpression, BannerId: { } banner })
                shown[banner] = shown.GetValueOrDefault(banner) + 1;
        }
        return shown;
    }
}
