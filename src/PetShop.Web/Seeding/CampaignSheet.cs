namespace PetShop.Web.Seeding;

/// <summary>Segments and banners of the demo; every link leads to a page of the demo catalogue.</summary>
internal static class CampaignSheet
{
    public sealed record DemoSegment(string Slug, string Name, string Description, string Rule);

    /// <param name="For">Slugs of segments, parted by blanks; empty for everyone.</param>
    /// <param name="NotFor">Slugs of segments that never see it.</param>
    public sealed record DemoBanner(
        string Name, string Placement, int Priority, string For, string Title, string Text, string Label, string Link, string Illustration, short Hue, string NotFor = "", short? DailyCap = null);

    public static IReadOnlyList<DemoSegment> Segments { get; } =
    [
        new("puppy-owners", "Puppy owners", "A young dog lives here: first food, first chews, first collar.",
            """{"v":1,"attr":"pet.any","where":{"all":[{"attr":"species","op":"is","value":"dog"},{"attr":"life_stage","op":"is","value":"young"}]}}"""),
        new("large-dog-households", "Large-dog households", "A dog of 25 kg and more when grown: big bags, long beds, joints to look after.",
            """{"v":1,"attr":"pet.any","where":{"all":[{"attr":"species","op":"is","value":"dog"},{"attr":"adult_weight_g","op":">=","value":25000}]}}"""),
        new("cat-and-dog-homes", "Cat and dog homes", "Both under one roof, so both shopping lists in one cart.",
            """{"v":1,"all":[{"attr":"pet.any","where":{"attr":"species","op":"is","value":"cat"}},{"attr":"pet.any","where":{"attr":"species","op":"is","value":"dog"}}]}"""),
        new("lapsing-dog-food", "Lapsing dog-food buyers", "Bought dog food at least twice in half a year, and none for 45 days: the bowl is being filled elsewhere.",
            """{"v":1,"all":[{"event":"purchased","where":{"attr":"category","op":"in_tree","value":"dog-food"},"count":{"op":">=","value":2},"within":{"last":180,"unit":"calendar_day"}},{"not":{"event":"purchased","where":{"attr":"category","op":"in_tree","value":"dog-food"},"count":{"op":">=","value":1},"within":{"last":45,"unit":"calendar_day"}}}]}"""),
        new("newcomers", "Newcomers", "Registered, looking around, not bought yet.",
            """{"v":1,"all":[{"attr":"lifecycle.stage","op":"is","value":"newcomer"},{"attr":"lifecycle.registered_days","op":"<=","value":60}]}"""),
        new("big-baskets", "Big baskets", "Three orders or more of 60 euros and over on average.",
            """{"v":1,"all":[{"attr":"orders.count","op":">=","value":3},{"attr":"orders.average_minor","op":">=","value":6000}]}"""),
        new("vets-and-shelters", "Vets and shelters", "Those who care for many animals at once.",
            """{"v":1,"attr":"organisation.kind","op":"in","value":["vet","shelter"]}"""),
        new("allergy-aware", "Allergy-aware", "A pet with a known allergy, or a liking for grain-free and single-protein food.",
            """{"v":1,"any":[{"attr":"pet.any","where":{"attr":"allergies","op":"known"}},{"attr":"pet.any","where":{"attr":"diet","op":"in","value":["grain-free","single-protein","hypoallergenic"]}}]}"""),
        new("evening-phone", "Evening phone browsers", "On the sofa with a phone, from six in the evening. Known only while they visit.",
            """{"v":1,"all":[{"attr":"visit.device","op":"is","value":"phone"},{"attr":"visit.hour","op":">=","value":18}]}"""),
        new("price-minded", "Price-minded", "Said that price matters, or looked at reduced things again and again without buying.",
            """{"v":1,"any":[{"attr":"quiz.values","op":"has","value":"price"},{"all":[{"event":"product_viewed","count":{"op":">=","value":12},"within":{"last":14,"unit":"day"}},{"not":{"event":"purchased","count":{"op":">=","value":1},"within":{"last":14,"unit":"day"}}}]}]}"""),
    ];

    public static IReadOnlyList<DemoBanner> Banners { get; } =
    [
        new("Home for everyone", "home-hero", 0, "", "Everything they would put in the cart themselves", "Good food, honest facts and things to chew on, for the pets you live with.",
            "Tell us about your pets", "/account/pets", "hero-family", 75),
        new("Puppy start", "home-hero", 50, "puppy-owners", "Small paws, big plans", "Food that grows with them, toys that survive teething, and a first collar that is not too grown-up.",
            "See what puppies need", "/shop/dog/dog-food?age=puppy", "hero-dog", 75),
        new("Cat and dog under one roof", "home-hero", 40, "cat-and-dog-homes", "One cart for the whole gang", "Kibble for one, biscuits for the other, and a bed they will fight over all the same.",
            "Fill both bowls", "/search?q=food", "hero-family", 25),
        new("Home of large dogs", "home-hero", 30, "large-dog-households", "Long legs, big heart, bigger bowl", "Beds that fit all of them, packs that last, and food that looks after the joints.",
            "See what fits large dogs", "/shop/dog/dog-beds", "hero-dog", 60),
        new("Come back for the big bag", "home-hero", 60, "lapsing-dog-food", "Is the bag getting light?", "The dry food you know is in stock, and the big packs still win on price per kilo.",
            "Refill the bowl", "/shop/dog/dog-dry-food", "hero-dog", 40, DailyCap: 4),
        new("First order", "home-strip", 30, "newcomers", "New here? Start with who is at home", "Two minutes about your pets, and the shop stops showing you things for somebody else's.",
            "Tell us about your pets", "/account/pets", "portrait-dog", 195, DailyCap: 6),
        new("Thank you, big baskets", "home-strip", 20, "big-baskets", "You carry a lot home", "Beds, trees and other large things come to your door as well; somebody else does the stairs.",
            "Beds for long legs", "/shop/dog/dog-beds", "bed", 150),
        new("Hay season", "home-strip", 0, "", "Fresh hay is in", "Cut late and dried slowly, for everyone whose dinner crunches.",
            "See the hay", "/shop/small-pets/small-pet-hay", "portrait-small-pet", 115, NotFor: "cat-and-dog-homes"),
        new("Joints of large dogs", "department-top", 40, "large-dog-households", "Long legs, hard-working joints", "Supplements, orthopaedic beds and food for dogs of 25 kilos and more.",
            "Care for large dogs", "/shop/dog/dog-supplements", "portrait-dog", 75),
        new("Department default", "department-top", 0, "", "Not sure what fits?", "Every food page says who it is for, how much a day, and what is in it.",
            "Find food by need", "/search?q=sensitive", "parcel", 195),
        new("Fewer ingredients", "category-strip", 40, "allergy-aware", "One protein, nothing to hide", "Food with few ingredients, and the allergens named before anything else.",
            "Grain-free food", "/search?q=grain-free", "portrait-cat", 150),
        new("Big packs, small price", "category-strip", 20, "price-minded", "The price per kilo tells the truth", "Sorted from the lowest price up, so that the big pack has to prove itself.",
            "Dry food by price", "/shop/dog/dog-dry-food?sort=price", "kibble-bag", 75),
        new("Evening read", "product-side", 20, "evening-phone", "Sleep on it", "Put it on the wish list with the heart above; it will wait until morning, on any device.",
            "Your wish list", "/account/wish-list", "portrait-cat", 240, DailyCap: 8),
        new("For those who care for many", "product-side", 40, "vets-and-shelters", "For many mouths", "Large packs and restocking in a few clicks: your earlier orders are one button away.",
            "Order again", "/account/orders", "portrait-dog", 195),
        new("Cart: something to chew", "cart-top", 0, "", "Room for something small?", "Chews and treats travel well in the same parcel.",
            "Add a chew", "/shop/dog/dog-chews", "portrait-dog", 50, DailyCap: 5),
        new("Account: pets", "account-top", 0, "", "Has somebody grown?", "Update weight and age, and portions and suggestions follow.",
            "Look after the profiles", "/account/pets", "portrait-dog", 75, DailyCap: 5),
    ];
}
