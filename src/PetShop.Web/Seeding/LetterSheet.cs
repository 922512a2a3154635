using PetShop.Data.Campaigns;

namespace PetShop.Web.Seeding;

/// <summary>Letters that the demo opens with, all of them drafts: nobody gets one before a member of staff has looked at it and sent it.</summary>
internal static class LetterSheet
{
    /// <param name="For">Slugs of segments, parted by blanks.</param>
    public sealed record DemoLetter(string Name, string For, string NotFor, CampaignKind Kind, int DelayHours, string Subject, string? OtherSubject, string Body, string Label, string Link, string? Rail, short HoldoutPercent);

    public static IReadOnlyList<DemoLetter> All { get; } =
    [
        new("Winter for large dogs", "large-dog-households", "puppy-owners", CampaignKind.Once, 0, "Cold floors, warm joints", "What {pets|a large dog} would ask for in winter",
            """
            Hello {name|there},

            large dogs feel the cold in their **hips and elbows** first. Three things help, and two of them cost nothing:

            - short walks more often, rather than one long one
            - a towel for wet bellies before the sofa is discovered
            - a bed that keeps {pets|your dog} off the floor, thick enough that you cannot feel the ground with your fist

            For the last one there are our [dog beds](/shop/dog/dog-beds). Joints like a little help from inside, too: the [supplements](/shop/dog/dog-supplements) say what is in them, and for whom.
            """, "See the beds", "/shop/dog/dog-beds", "letter-for-you", 10),
        new("Is the bag getting light?", "lapsing-dog-food", "", CampaignKind.OnEntry, 24, "Is the bag getting light?", null,
            """
            Hello {name|there},

            it has been a while since the last bag of dog food went out to you. If {pets|your dog} moved on to something else, all is well, and you need do nothing.

            If not: what you bought is in stock, and the big packs still win on price per kilo.
            """, "Your earlier orders", "/account/orders", "letter-buy-again", 10),
        new("Who lives with you?", "newcomers", "", CampaignKind.OnEntry, 48, "Tell us who lives with you", null,
            """
            Hello {name|there},

            nice that you are here. Two minutes about your pets, and the shop stops showing you things that are for somebody else's:

            1. Say who they are and how old.
            2. Say what they must not eat.
            3. That is all. Food that holds it never stands among your suggestions again.

            You can change or erase all of it at any time.
            """, "Introduce your pets", "/account/pets", null, 0),
    ];
}
