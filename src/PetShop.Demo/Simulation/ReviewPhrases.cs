using PetShop.Demo.Catalogue;

namespace PetShop.Demo.Simulation;

/// <summary>What buyers say of a kind of product: {0} is who it was bought for.</summary>
internal sealed record ReviewPhrases(string[] Titles, string[] Openings, string[] Reasons)
{
    private sealed record Kind(ReviewPhrases Pleased, ReviewPhrases Disappointed);

    private static readonly Kind Food = new(
        new(["Empty bowl every time", "Agrees with us", "Back for more", "A keeper", "Good stuff", "Finally found it", "Happy eater", "Worth it"],
            ["{0} licks the bowl across the kitchen.", "{0} ate it from the first day.", "We changed over slowly and {0} never looked back.", "{0} hears the pack from two rooms away.", "This is our fourth pack for {0}.", "{0} is a fussy one and still finishes it."],
            ["No trouble with digestion at all.", "The pieces have a good size.", "It smells like food and not like a factory.", "The larger pack is the better buy.", "The list of ingredients is short, which I like.", "Portions on the pack were right for us.", "Delivery was quick and the pack intact."]),
        new(["Not for us", "Left in the bowl", "Hoped for more", "Mixed feelings", "Would not reorder"],
            ["{0} sniffed it and walked off.", "{0} ate it for three days and then stopped.", "{0} picks out half and leaves the rest.", "It did not agree with {0}."],
            ["A lot of crumbs at the bottom.", "Pity, because the ingredients look good.", "The smell is strong even for us.", "Perhaps it suits others better.", "For this price I expected more."]));

    private static readonly Kind Textile = new(
        new(["Just right", "Well sewn", "Better than our last one", "Lovely", "In use daily", "Recommended"],
            ["{0} took to it within the hour.", "{0} uses it every day.", "Solid work, and {0} approves.", "We bought it for {0} and now have two.", "Looks good, and {0} likes it too."],
            ["The size chart was right.", "It has been washed ten times and keeps its shape.", "Nothing has come loose so far.", "The colour is as in the picture.", "Half a year on it is as good as new.", "A little dearer, but it lasts."]),
        new(["Did not last", "Runs small", "Not convinced", "Sent back"],
            ["{0} gave it one look.", "It held out against {0} for a week.", "We tried, but {0} does not care for it."],
            ["The stitching could be better.", "Measure twice: it comes out small.", "The colour ran in the first wash.", "It was cheaper elsewhere after all."]));

    private static readonly Kind Toy = new(
        new(["Favourite of the month", "Still whole", "Endless fun", "A hit", "Worth every cent"],
            ["{0} would not share it with anyone.", "{0} carries it from room to room.", "{0} took to it within the hour.", "It keeps {0} busy while I work.", "The third one we buy, because {0} loves it."],
            ["Sturdier than it looks.", "It rinses clean.", "Nothing has come off so far.", "A good size.", "Quiet enough for the evening."]),
        new(["A short romance", "Did not last", "Ignored", "Fine idea, weak execution"],
            ["It held out against {0} for a week.", "{0} prefers the box it came in.", "{0} gave it one look."],
            ["Bits came off, so I took it away.", "Louder than I hoped.", "Smaller than I thought.", "For this price I expected more."]));

    private static readonly Kind Bedding = new(
        new(["No smell, no dust", "Lasts longer than ours did", "Back for more", "Does what it says", "A clean corner"],
            ["{0} accepted it without a fuss.", "We changed over for {0} and stay with it.", "{0} digs in it with pleasure."],
            ["It clumps well and scoops in one piece.", "Hardly any dust when pouring.", "Little of it gets carried through the flat.", "One bag lasts us a month.", "The bag has a handle, a blessing on the stairs."]),
        new(["Too dusty for us", "Not for us", "Back to the old one"],
            ["{0} would not go near it.", "We tried it for two weeks with {0}."],
            ["It dusts when poured.", "It ended up all over the flat.", "It needs changing sooner than the bag says."]));

    private static readonly Kind Equipment = new(
        new(["Quiet and steady", "Well thought through", "Does what it says", "Easy to set up", "Recommended"],
            ["Running for {0} since the day it came.", "Bought for {0}, set up in half an hour.", "{0} settled in at once."],
            ["It is quiet enough for the living room.", "Cleaning takes five minutes.", "The instructions are clear.", "Spare parts are easy to get.", "It keeps its setting day and night."]),
        new(["Not convinced", "Noisy", "Sent back", "Fine idea, weak execution"],
            ["We wanted it for {0} and went back to the old one.", "It worked for {0} for a month."],
            ["It hums at night.", "The seal leaked a little.", "Harder to clean than I thought.", "The instructions are a puzzle."]));

    private static readonly Kind Care = new(
        new(["Works for us", "Gentle and good", "Does what it says", "Always in the cupboard"],
            ["{0} holds still for it, which says a lot.", "We have used it on {0} for months.", "Our vet suggested it for {0}."],
            ["A little goes a long way.", "The smell is mild.", "Easy to dose.", "We saw a difference after two weeks.", "The leaflet is clear."]),
        new(["No difference", "Not for us", "Hoped for more"],
            ["We used it on {0} as the leaflet says.", "{0} disliked it from the start."],
            ["We saw no difference.", "The smell is strong.", "Hard to dose from that bottle."]));

    private static readonly Kind Furnishing = new(
        new(["Solid", "Well made", "Thought through", "In use daily", "Recommended"],
            ["{0} took to it within the hour.", "{0} uses it every day.", "{0} has claimed it for good."],
            ["It cleans easily.", "Simple to put together.", "Sturdier than it looks.", "Half a year on it is as good as new.", "It looks good at home, too."]),
        new(["Wobbly", "Not convinced", "Sent back"],
            ["{0} gave it one look.", "{0} prefers the box it came in."],
            ["It wobbles.", "Harder to clean than I thought.", "One part was scratched.", "It was cheaper elsewhere after all."]));

    /// <summary>The words that suit the product and the mood.</summary>
    public static ReviewPhrases Of(Product product, bool isPleased)
    {
        var kind = KindOf(product);
        return isPleased ? kind.Pleased : kind.Disappointed;
    }

    private static Kind KindOf(Product product) => product.Illustration switch
    {
        "shampoo" or "brush" or "spot-on" or "dewormer-box" or "supplement-jar" or "dropper-bottle" => Care,
        _ when product.Ration != Ration.None => Food,
        "collar" or "lead" or "harness" or "coat" or "carrier" or "halter" or "saddle-pad" or "rug" or "bed" or "mat" => Textile,
        "ball" or "rope-toy" or "plush" or "puzzle-toy" or "wand-toy" or "toy-mouse" or "bird-toy" => Toy,
        "litter-bag" or "substrate-bag" or "hay" => Bedding,
        "aquarium" or "filter" or "heater" or "lamp" or "terrarium" or "fountain" => Equipment,
        _ => Furnishing,
    };
}
