using PetShop.Demo.Catalogue;

namespace PetShop.Demo.Simulation;

/// <summary>Lets a buyer say what they think: stars from the hidden quality, words from stock phrases by kind of product.</summary>
internal static class ReviewWriter
{
    private sealed record Phrases(string[] Titles, string[] Openings, string[] Reasons);

    private static readonly Phrases GoodFood = new(
        ["Empty bowl every time", "Agrees with us", "Back for more", "A keeper", "Good stuff", "Finally found it", "Happy eater", "Worth it"],
        ["{0} licks the bowl across the kitchen.", "{0} ate it from the first day.", "We changed over slowly and {0} never looked back.", "{0} hears the bag from two rooms away.", "This is our fourth pack for {0}.", "{0} is a fussy one and still finishes it."],
        ["The coat has a shine again after a few weeks.", "No tummy trouble at all.", "The pieces have a good size.", "It smells like food and not like a factory.", "The larger pack is the better buy.", "The list of ingredients is short, which I like.", "Portions on the pack were right for us.", "Delivery was quick and the bag intact."]);

    private static readonly Phrases PoorFood = new(
        ["Not for us", "Left in the bowl", "Hoped for more", "Mixed feelings", "Would not reorder"],
        ["{0} sniffed it and walked off.", "{0} ate it for three days and then stopped.", "{0} picks out half and leaves the rest.", "It did not agree with {0}."],
        ["A lot of crumbs at the bottom of the bag.", "Pity, because the ingredients look good.", "The smell is strong even for us.", "Perhaps it suits others better.", "For this price I expected more."]);

    private static readonly Phrases GoodThing = new(
        ["Just right", "Well made", "Better than our last one", "Does what it says", "Thought through", "Lovely", "In use daily", "Recommended"],
        ["{0} took to it within the hour.", "{0} uses it every day.", "Solid work, and {0} approves.", "We bought it for {0} and now have two.", "{0} would not share it with anyone.", "Looks good at home, and {0} likes it too."],
        ["It cleans easily.", "The size chart was right.", "Nothing has come loose so far.", "The colour is as in the picture.", "Simple to set up.", "Sturdier than it looks.", "Half a year on it is as good as new.", "A little dearer, but it lasts."]);

    private static readonly Phrases PoorThing = new(
        ["Did not last", "Runs small", "Not convinced", "Fine idea, weak execution", "Sent back"],
        ["{0} gave it one look.", "It held out against {0} for a week.", "We tried, but {0} does not care for it.", "{0} prefers the box it came in."],
        ["The stitching could be better.", "Measure twice: it comes out small.", "Harder to clean than I thought.", "It wobbles.", "It was cheaper elsewhere after all."]);

    private static readonly string[] Middling = ["All in all it is fine.", "Neither great nor bad.", "It does the job.", "Three stars from us, maybe more later."];

    public static SimulatedReview Write(Chance chance, Household household, ShelfItem item, double liking, HiddenPet? pet, DateTimeOffset at)
    {
        var rating = (int)Math.Clamp(Math.Round(4.05 + (0.7 * item.Quality) + (0.12 * Math.Clamp(liking, -2, 3)) + (0.7 * chance.Normal())), 1, 5);
        var isFood = item.Product.Ration != Ration.None;
        var phrases = (isFood, rating >= 4 || (rating == 3 && chance.Happens(0.5))) switch { (true, true) => GoodFood, (true, false) => PoorFood, (false, true) => GoodThing, _ => PoorThing };
        var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, chance.Pick(phrases.Openings), Called(pet, chance)) + " " + chance.Pick(phrases.Reasons);
        if (rating == 3)
            text += " " + chance.Pick(Middling);
        return new(chance.NextGuid(at), household.Shopper!.Id, item.Product.Slug, rating, rating == 3 ? "Fine" : chance.Pick(phrases.Titles), text, at);
    }

    private static string Called(HiddenPet? pet, Chance chance) => pet switch
    {
        null => chance.Pick<string>(["Our pet", "My sister's pet", "The little one"]),
        { Species: "tropical-fish" or "goldfish" or "pond-fish" or "koi" or "shrimp" } => "Our tank crew",
        { IsPublic: false } => "Our garden crowd",
        _ => pet.Name,
    };
}
