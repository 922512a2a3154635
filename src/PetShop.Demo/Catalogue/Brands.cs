namespace PetShop.Demo.Catalogue;

/// <summary>The invented brands, with the closing words each would print on its pack.</summary>
internal static class Brands
{
    /// <summary>Price level: 0 plain, 1 middle, 2 fine. Shoppers feel it; the shop only sees prices.</summary>
    internal sealed record Voice(Brand Brand, int Tier, string[] Closings);

    public static IReadOnlyList<Voice> All { get; } =
    [
        Of("hartwell", "Hartwell & Moss", 1, 28, 95, "A family mill that has fed working dogs since the days of the cart horse.",
            "Hartwell & Moss still mills in small batches, and still prints the batch baker's initials by the seam.", "If your pet turns up its nose, send us the bag and Hartwell & Moss will refund it. It happens twice a year or so."),
        Of("bramblewick", "Bramblewick", 2, 330, 140, "Grain-free recipes with hedgerow fruit and one honest meat at a time.",
            "Bramblewick names every meat on the front of the bag, because nobody should need a magnifying glass to shop.", "Every Bramblewick recipe starts with one meat and stops when there is nothing left to improve."),
        Of("fjordpaw", "Fjordpaw", 2, 215, 195, "Cold-water fish for dogs and cats, landed and cooked within two days.",
            "Fjordpaw buys from day boats only, so recipes pause in a storm rather than change.", "The smell when you open a Fjordpaw bag is fish, and we will not apologise for it."),
        Of("old-orchard", "Old Orchard Kitchen", 1, 12, 80, "Slow-cooked dinners with vegetables you can still recognise.",
            "Old Orchard Kitchen cooks in open pans, the way you would, only in rather bigger pans.", "No jelly powder, no caramel colour: what Old Orchard puts in the pan is what you see in the bowl."),
        Of("sable-and-thyme", "Sable & Thyme", 2, 280, 45, "Small dishes for cats with large opinions.",
            "Sable & Thyme tests each dish on eleven cats, three of whom have never liked anything before.", "Serve it at room temperature. Sable & Thyme cats insist."),
        Of("purrington", "Purrington", 0, 350, 30, "Everyday cat food and litter at an everyday price.",
            "Purrington keeps the recipe good and the box plain, so the price can stay where it is.", "A Purrington cat is fed well on a Tuesday, not only on Sundays."),
        Of("vetiva", "Vetiva", 2, 175, 210, "Diets and supplements drawn up with practising vets.",
            "Vetiva publishes the analysis of each batch on its site; the code is beside the date.", "Talk to your vet before changing a diet for medical reasons. Vetiva would say so even if it were not the law."),
        Of("rawdale", "Rawdale", 2, 0, 20, "Raw meals, frozen within hours, traceable to the farm.",
            "Each Rawdale pack carries the name of the farm and the day it was frozen.", "Rawdale meals travel frozen and should go straight into your freezer when they arrive."),
        Of("pocketful", "Pocketful", 1, 50, 20, "Little rewards made for the left-hand coat pocket.",
            "Pocketful treats never crumble into lint. We wear the coats ourselves.", "Pocketful says: pay promptly, pay little, pay often."),
        Of("gnawbury", "Gnawbury", 1, 25, 35, "Long-lasting chews, dried slowly and never bleached.",
            "Gnawbury dries at low heat for up to a week, which is why the bag costs more and lasts longer.", "As with every chew: stay in the room, offer water, and take the last stub away."),
        Of("greenbowl", "Greenbowl", 1, 120, 65, "Plant and insect recipes for sensitive dogs and lighter footprints.",
            "Greenbowl balances every recipe with a nutritionist and prints the amino acids in full.", "Greenbowl bags go in the paper bin, ink and all."),
        Of("tumblejack", "Tumblejack", 1, 35, 190, "Toys tested by dogs who break toys for fun.",
            "If it fails in its first thirty days, Tumblejack sends another. The testers need work.", "Tumblejack rubber is natural, unscented and recycled into playground floors when it comes back."),
        Of("wickerfold", "Wickerfold", 2, 40, 300, "Beds and soft things for the best corner of the house.",
            "Wickerfold covers come off with one zip and fit a household washing machine.", "Sewn in a workshop of nine people, by Wickerfold, for animals who sleep eighteen hours a day."),
        Of("trailkind", "Trailkind", 2, 155, 35, "Kit for wet mornings, long ridges and muddy car boots.",
            "Trailkind repairs its own buckles and seams for the price of the postage.", "Bar-tacked where it matters and reflective where it counts: Trailkind kit is walked in before it is sold."),
        Of("knotsworth", "Knotsworth", 1, 20, 220, "Leather, rope and brass from a former sail loft.",
            "Knotsworth leather darkens with age and softens with every walk.", "Splices are made by hand in the Knotsworth loft, one at a time, by people who know boats."),
        Of("whiskerlane", "Whiskerlane", 1, 310, 180, "Games for cats who live indoors and think outdoors.",
            "Whiskerlane toys hide no bells that cannot be removed. You are welcome.", "Put half of your Whiskerlane toys away and swap them weekly; to a cat, old is new."),
        Of("clawford", "Clawford", 1, 85, 30, "Scratching furniture that stands still when a cat does not.",
            "Clawford sells every post and cushion as a spare, so a tree need never be thrown out whole.", "Clawford bases are weighed, not guessed: each passes a five-kilo jump from the side."),
        Of("pebblepan", "Pebblepan", 0, 200, 60, "Litter, trays and the tools that go with them.",
            "Pebblepan sieves its litter twice so that the dust stays with us.", "Fill Pebblepan litter to about seven centimetres and scoop daily; the bag will then last as printed."),
        Of("brightwater", "Brightwater Home", 1, 190, 240, "Bowls, fountains and feeders that clean easily.",
            "Everything Brightwater makes for food or water survives the dishwasher, or says plainly that it does not.", "Spare seals, pumps and filters from Brightwater are kept for at least eight years."),
        Of("combe", "Combe & Co", 1, 265, 20, "Brushes and washes from a grooming salon with a long queue.",
            "Combe & Co began behind a salon counter, and the groomers still refuse anything that drags.", "Little and often is the Combe & Co rule: three minutes a day beats an hour on Sunday."),
        Of("tickward", "Tickward", 1, 5, 150, "Parasite care for one species at a time.",
            "Weigh your pet before you dose, read the leaflet, and keep the pack out of reach of children and animals. Tickward prints the species large on every side for a reason.", "Ask your vet if your animal is ill, pregnant or very young. Tickward's helpline answers the rest."),
        Of("meadowrun", "Meadowrun", 1, 100, 50, "Hay and feed for those who nibble, from unsprayed meadows.",
            "Meadowrun cuts late, dries slowly and turns away any bale that smells of nothing.", "Hay first, greens second, pellets third: Meadowrun sells all three and means it."),
        Of("burrowby", "Burrowby", 1, 30, 110, "Homes and hideouts at the height of a guinea pig.",
            "Burrowby joins its timber without nails, so there is nothing sharp to chew down to.", "Flat-packed with all its screws and two spare: Burrowby has been there too."),
        Of("nibblewood", "Nibblewood", 0, 75, 15, "Leaves, blossoms and sticks to keep small teeth busy.",
            "Nibblewood picks, dries and packs; that is the whole process.", "Offer Nibblewood snacks by hand in the first week and you will be met at the door in the second."),
        Of("featherstead", "Featherstead", 1, 55, 205, "Seed for cage birds and garden birds, cleaned three times.",
            "Featherstead germinates a sample from every lot: live seed is good seed.", "Store it dry and dark, says Featherstead, and sniff before you pour: good seed smells of almost nothing."),
        Of("perchwell", "Perchwell", 1, 165, 345, "Cages, perches and play for birds who think.",
            "Perchwell measures bar spacing with a caliper, so that you need not.", "No zinc and no lead in any wire, clip or bell from Perchwell."),
        Of("lagoona", "Lagoona", 1, 185, 15, "Fish food and water care in sensible amounts.",
            "Feed what is gone in two minutes. Lagoona would sell more if it said three, but the water would not thank you.", "Lagoona jars are small on purpose: vitamins fade once the lid is off."),
        Of("tidegate", "Tidegate", 1, 225, 170, "Quiet aquarium technology with spare parts.",
            "Tidegate prints power draw and noise on the box, measured and not wished for.", "Hoses, impellers and suction cups for every Tidegate model since the first are still in stock."),
        Of("mossgrotto", "Mossgrotto", 1, 145, 30, "Roots, rocks and hides shaped after real streams and deserts.",
            "Mossgrotto casts from real stones, then washes every piece for a day so that it cannot cloud the water.", "Each Mossgrotto piece differs a little from the picture; nature did the first draft."),
        Of("dunewell", "Dunewell", 1, 38, 130, "Food and homes for reptiles, checked by keepers.",
            "Dunewell writes its care notes with keepers who have had the same tortoise for thirty years.", "Gut-load feeders and dust them with calcium: Dunewell repeats it on every tub because it works."),
        Of("baskline", "Baskline", 1, 18, 280, "Heat and light that reptiles can trust.",
            "Measure with a thermometer and never by hand, says Baskline, and always run heat through a thermostat.", "Baskline stamps the date of first use on every UV tube, so you know when a year is up."),
        Of("oatmere", "Oatmere", 1, 48, 120, "Horse feed and treats milled beside the fields it comes from.",
            "Oatmere lists starch and sugar on the front of the sack, where you need them.", "Feed by weight and not by scoop: Oatmere prints what its own scoop holds on every bag."),
        Of("ridingholt", "Ridingholt", 2, 230, 25, "Halters, rugs and pads made for daily use.",
            "Ridingholt fits its patterns on eleven real horses, from a cob to a thoroughbred with views.", "Every Ridingholt rug can be sent back to be washed, proofed and mended."),
        Of("stablemark", "Stablemark", 1, 135, 5, "Brushes, buckets and care for the yard.",
            "Stablemark makes yard things in colours you can see in the straw.", "Left out in the rain? Most of the Stablemark range was, in testing, for a winter."),
    ];

    public static IReadOnlyDictionary<string, Voice> BySlug { get; } = All.ToDictionary(voice => voice.Brand.Slug);

    private static Voice Of(string slug, string name, int tier, int hue, int secondaryHue, string blurb, params string[] closings) =>
        new(new(slug, name, blurb, hue, secondaryHue), tier, closings);
}
