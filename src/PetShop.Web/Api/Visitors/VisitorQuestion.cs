using System.ComponentModel;
using System.Text.Json.Serialization;
using PetShop.Targeting.Segments;
using PetShop.Web.Api.Members;
using PetShop.Web.Targeting;

namespace PetShop.Web.Api.Visitors;

/// <summary>Who is asked about, and what is known of the visit.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record VisitorQuestion
{
    [Description("An account; what is stored of it counts, as far as its owner agreed.")] public Guid? ShopperId { get; init; }
    [Description("A browser's id, for who is not signed in; what it agreed to last counts.")] public Guid? VisitorId { get; init; }
    [Description("What the person agreed to: analytics, personalisation, email, prices. Of a stored person it can only take away; of a stranger it is all there is, and nothing unless you say so.")] public IReadOnlyList<string>? Consents { get; init; }
    [Description("phone, tablet or desktop.")] public string? Device { get; init; }
    [Description("Of the visit: two capital letters.")] public string? Country { get; init; }
    [Description("Host of the site they came from.")] public string? Referrer { get; init; }
    [Description("The campaign they came by.")] public string? Campaign { get; init; }
    [Description("The moment to ask about; now unless you say otherwise.")] public DateTimeOffset? At { get; init; }
    [Description("0 to 23: today at this hour by the shop's clock, in place of \"at\".")] public int? Hour { get; init; }
    [Description("In place of the pets that are stored.")] public IReadOnlyList<PetQuestion>? Pets { get; init; }
    [Description("Placements to choose a banner for; all unless you say otherwise.")] public IReadOnlyList<string>? Placements { get; init; }
    [Description("Whether each segment's reasons are wanted; of a stored person this needs members:read as well.")] public bool Explain { get; init; }
}

/// <summary>A pet of the household.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PetQuestion
{
    [Description("dog, cat, small-pet, bird, fish, reptile or horse.")] public required string Species { get; init; }
    public string? Name { get; init; }
    public string? Breed { get; init; }
    public DateOnly? BornOn { get; init; }
    [Description("Grams.")] public int? WeightG { get; init; }
    [Description("Grams, when fully grown.")] public int? AdultWeightG { get; init; }
    public bool? Neutered { get; init; }
    public string? Activity { get; init; }
    public string? Diet { get; init; }
    public IReadOnlyList<string>? Allergies { get; init; }

    [JsonIgnore]
    public PetFacts Facts => new()
    {
        Species = Species, Name = Name, Breed = Breed, BornOn = BornOn, WeightG = WeightG, AdultWeightG = AdultWeightG, Neutered = Neutered, Activity = Activity, Diet = Diet, Allergies = Allergies ?? [],
    };
}

/// <summary>What fits a visitor.</summary>
public sealed record VisitorAnswer
{
    public required DateTimeOffset At { get; init; }
    [Description("What the person agreed to, as it was applied.")] public required IReadOnlyList<string> Consents { get; init; }
    [Description("The segments that are on and hold the visitor.")] public required IReadOnlyList<Membership> Memberships { get; init; }
    public required IReadOnlyList<Choice> Banners { get; init; }
    [Description("The offers that lower prices for the visitor; of those that cover a product the cheapest holds.")] public required IReadOnlyList<Offer> Prices { get; init; }
    [Description("With explain: every segment that is on, with what it asks and what is known.")] public IReadOnlyList<Reason>? Reasons { get; init; }

    public sealed record Membership(string Key, string Name);

    /// <param name="Shown">Null where none fits.</param>
    /// <param name="Considered">Every banner of the placement, the best first, and its fate.</param>
    public sealed record Choice(string Placement, Banner? Shown, IReadOnlyList<Fate> Considered);

    public sealed record Banner(int Id, string Title, string Text, string Illustration, string Link, string LinkLabel)
    {
        public static Banner Of(BannerCard card) => new(card.Id, card.Title, card.Text, card.Illustration, card.LinkUrl, card.LinkLabel);
    }

    public sealed record Fate(int Banner, string Why);

    /// <param name="Kind">percent, amount or fixed.</param>
    /// <param name="Size">Per mille off the public price, minor units off it, or the price itself in minor units.</param>
    public sealed record Offer(int Id, string Reason, string Kind, long Size, DateTimeOffset? Until);

    public sealed record Reason(string Segment, bool IsMember, ReasonResource Why);
}
