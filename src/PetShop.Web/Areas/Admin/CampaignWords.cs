using PetShop.Data.Campaigns;

namespace PetShop.Web.Areas.Admin;

/// <summary>States and times of campaigns as members of staff read them.</summary>
public static class CampaignWords
{
    public static (string Words, string Tone) Say(this Campaign campaign) => campaign.State switch
    {
        CampaignState.Draft => ("Draft", "quiet"),
        CampaignState.Scheduled => ("Waiting for its time", "warn"),
        CampaignState.Sending when campaign.Problem is not null => ("Held up", "bad"),
        CampaignState.Sending => (campaign.Kind == CampaignKind.OnEntry ? "On" : "Being sent", "good"),
        CampaignState.Finished => ("Sent", "quiet"),
        _ => (campaign.Kind == CampaignKind.OnEntry ? "Off" : "Stopped", "quiet"),
    };

    /// <summary>When its letters leave.</summary>
    public static string When(this Campaign campaign, ShopOptions shop) => campaign.Kind == CampaignKind.Once
        ? campaign.SendAt is { } at ? $"once, {shop.Say(at)}" : campaign.StartedAt is { } started ? $"once, {shop.Say(started)}" : "once, when confirmed"
        : campaign.DelayHours == 0 ? "on entry, at once" : $"{Hours(campaign.DelayHours)} after entry";

    public static string Hours(int hours) => hours switch { 1 => "an hour", 24 => "a day", > 24 when hours % 24 == 0 => $"{hours / 24} days", _ => $"{hours} hours" };

    /// <summary>Whether its words and segments may still be changed.</summary>
    public static bool IsDraft(this Campaign campaign) => campaign.State == CampaignState.Draft;

    public static string Link(this Campaign campaign) => campaign.IsDraft() ? $"/admin/campaigns/{campaign.Id}" : $"/admin/campaigns/{campaign.Id}/results";
}
