using System.ComponentModel.DataAnnotations;
using PetShop.Targeting.Messages;

namespace PetShop.Web.Campaigns;

/// <summary>Settings of section <c>Campaigns</c>.</summary>
public sealed class CampaignOptions
{
    /// <summary>Pause between two looks for letters that are due.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);
    /// <summary>Letters written in one transaction.</summary>
    [Range(1, 5_000)] public int BatchSize { get; init; } = 200;
    /// <summary>Letters that wait for the mail server at most, so that each is written shortly before it leaves.</summary>
    [Range(1, 1_000_000)] public int MostWaiting { get; init; } = 2_000;

    /// <summary>Least time between two letters to one reader, whatever the campaign.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")] public TimeSpan Cap { get; init; } = TimeSpan.FromDays(7);
    /// <summary>After so long past its time a letter is left out instead of sent.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "60.00:00:00")] public TimeSpan LateBy { get; init; } = TimeSpan.FromDays(7);
    /// <summary>Hour in the shop's time zone at which quiet begins.</summary>
    [Range(0, 23)] public int QuietFrom { get; init; } = 21;
    /// <summary>Hour at which it ends; the same as <see cref="QuietFrom"/> for no quiet hours.</summary>
    [Range(0, 23)] public int QuietUntil { get; init; } = 8;

    /// <summary>Members a segment must have before a letter is sent to it by hand: nobody is picked out.</summary>
    [Range(1, 100_000)] public int SmallestAudience { get; init; } = 50;
    /// <summary>Products in a letter.</summary>
    [Range(1, 8)] public int RailSize { get; init; } = 4;

    /// <summary>When letters may leave.</summary>
    public LetterRules Rules => new(Cap, LateBy, new(QuietFrom, QuietUntil));
}
