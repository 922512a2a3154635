using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Campaigns;

/// <summary>When the letters of a campaign are written.</summary>
public enum CampaignKind : short { Once = 1, OnEntry = 2 }

/// <summary>How far a campaign is. Only a draft is edited; one that is sent once ends by itself, one that waits for entries runs until somebody stops it.</summary>
public enum CampaignState : short { Draft = 0, Scheduled = 1, Sending = 2, Finished = 3, Stopped = 4 }

/// <summary>A letter by e-mail to the members of segments.</summary>
public sealed class Campaign
{
    public int Id { get; set; }
    /// <summary>What merchandisers call it; never shown to shoppers.</summary>
    public required string Name { get; set; }
    /// <summary>Who answers for it.</summary>
    public string Owner { get; set; } = "";
    public CampaignKind Kind { get; set; } = CampaignKind.Once;
    public CampaignState State { get; set; }
    public string Subject { get; set; } = "";
    /// <summary>Half of the readers get this one instead; null where there is but one.</summary>
    public string? OtherSubject { get; set; }
    /// <summary>Markdown, with gaps such as {pets|your pets}.</summary>
    public string Body { get; set; } = "";
    public string ButtonLabel { get; set; } = "";
    public string ButtonLink { get; set; } = "";
    /// <summary>Placement of the recommender whose products stand in the letter; null for none.</summary>
    public string? Rail { get; set; }
    /// <summary>Ids of segments of which the reader must be in any; empty means everyone who agreed to letters.</summary>
    public int[] SegmentIds { get; set; } = [];
    /// <summary>Ids of segments whose members never get it.</summary>
    public int[] ExcludedSegmentIds { get; set; } = [];
    /// <summary>Of a letter that is sent once; null for as soon as it is confirmed.</summary>
    public DateTimeOffset? SendAt { get; set; }
    /// <summary>Between an entry and its letter.</summary>
    public int DelayHours { get; set; }
    /// <summary>Who enters again gets the letter again after so many days; null for never.</summary>
    public int? AgainAfterDays { get; set; }
    /// <summary>Share of the readers who get nothing, for comparison.</summary>
    public short HoldoutPercent { get; set; }
    /// <summary>Address of the shop that links start with, such as https://petshop.example.</summary>
    public string RootUrl { get; set; } = "";
    public DateTimeOffset? ConfirmedAt { get; set; }
    public string ConfirmedBy { get; set; } = "";
    /// <summary>From when on entries count, or letters are written.</summary>
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string EndedBy { get; set; } = "";
    /// <summary>What keeps it from going on, in a sentence; null when nothing does.</summary>
    public string? Problem { get; set; }
    /// <summary>Readers who were erased since.</summary>
    public int Erased { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public string UpdatedBy { get; set; } = "";
}

internal sealed class CampaignMapping : IEntityTypeConfiguration<Campaign>
{
    public void Configure(EntityTypeBuilder<Campaign> campaign) => campaign.HasIndex(c => c.State);
}
