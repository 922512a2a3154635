namespace PetShop.Demo.Catalogue.Sheets;

/// <summary>Products that joined the range later; appended here, so that the codes of older ones stay.</summary>
internal static class LateArrivalsSheet
{
    public const string Text = """
        # reptile-care | tortoise | brush |
        Shell Brush Soft | dunewell | @7.90 | | Soft bristles for the weekly bath. | Lukewarm water to the chin, ten minutes, and a gentle round with the brush.
        # terrariums | bearded-dragon+leopard-gecko | terrarium |
        Mesh Quarantine Box | dunewell | Medium Large @49.90 | | A bare, easy home for new arrivals. | Keep a newcomer apart for six weeks; every surface here wipes clean.
        # fish-food | goldfish | food-jar | food complete
        Fancy Tail Sinking Gel | lagoona | 80g 200g @6.90 | 210kcal | A soft gel diet that round goldfish can digest. | Fish meal, peas, spinach, agar, spirulina
        # aquariums | betta | aquarium |
        Betta Bay Divided | tidegate | 25_litres 40_litres @99.00 | | Two calm bays behind a planted divider. | The flow is so gentle that long fins hang still.
        # pond-food | pond-fish+goldfish | feed-sack | food complete
        Pond Flakes Small Mouths | lagoona | 500g 2kg @7.90 | 324kcal ~spring ~summer | For young fish and shubunkins. | Fish meal, wheat flour, spirulina, shrimp
        # bird-seed | cockatiel+parrot | seed-bag | food complete
        Sprouting Mix Live Seed | featherstead | 500g 2kg @5.90 | 318kcal | Soak, rinse, wait a day: fresh greens in any month. | Mung beans, wheat, safflower, buckwheat, adzuki beans
        # bird-cages | budgie+finch | cage |
        Balcony Day Aviary | perchwell | 120cm 160cm @249.00 | ~summer | Fresh air behind double mesh. | For mild days and never alone; the roof keeps sun and hawks off one half.
        # wild-bird-food | wild-bird | seed-bag | food complementary ~winter
        Niger Seed Finch Favourite | featherstead | 1kg 5kg @6.90 | 480kcal | Fine black seed for goldfinches. | Niger seed (100 %)
        # rabbit-food | rabbit | seed-bag | food complete
        Forage Bowl No Grain | nibblewood | 750g 2kg @6.40 | adult 232kcal high-fibre grain-free | Loose leaves and stalks instead of pellets. | Meadow grass, plantain, pea flakes, dandelion, carrot, minerals
        # guinea-pig-food | guinea-pig | seed-bag | food complete
        Wheek Senior Soft Nuggets | meadowrun | 1kg 3kg @7.60 | senior 236kcal high-fibre | Softer to chew, with vitamin C for old friends. | Timothy hay (60 %), oat hulls, camomile, rosehip, ascorbic acid, minerals
        # small-pet-homes | guinea-pig+rabbit | cage |
        Garden Grazing Arch | burrowby | 120cm 160cm @69.90 | ~spring ~summer | A run to move over the lawn, a bite at a time. | Folds flat for the winter, and the wire reaches under the rim.
        # small-pet-hay | rabbit+guinea-pig+chinchilla+degu | hay | food complementary
        Orchard Grass Fine | meadowrun | 1kg 2.5kg @8.20 | 192kcal high-fibre | Sweet and soft, for people with hay fever too. | Orchard grass (100 %)
        # cat-wand-toys | cat | wand-toy |
        Moth on a Wire | whiskerlane | @7.40 | | A paper moth that dances by itself. | Spring wire does the work; hold it still and it trembles.
        Door Frame Dangler | whiskerlane | @10.90 | | Bounces from the door when you have no hands free. | Take it down when you leave the house.
        # cat-treats | cat | treat-bag | food complementary
        Rabbit Ribbons | bramblewick | 40g 120g @4.90 | 338kcal grain-free single-protein hypoallergenic | Air-dried ribbons to tear by hand. | Rabbit (96 %), potato starch
        Sardine Silver Bites | fjordpaw | 30g 90g @4.20 | 372kcal grain-free skin-and-coat | Whole tiny fish, dried crisp. | Sardine (100 %)
        # cat-carriers | cat | carrier |
        Train Seat Carrier | trailkind | @69.90 | | Fits under a seat and opens out into a den. | A side panel unfolds on the way, and a mesh roof lets you keep a hand in.
        # cat-grooming | cat | brush |
        Grooming Glove Pair | combe | @11.90 | | For cats who allow hands and nothing else. | Silicone pips on the palm, mesh on the back, one size.
        # dog-training-treats | dog | treat-bag | food complementary
        Venison Confetti | bramblewick | 100g 300g @5.40 | 312kcal grain-free single-protein | Tiny squares for long lessons. | Venison (84 %), potato flour, rosemary extract
        Lamb Buttons Soft | pocketful | 100g 300g @4.30 | 316kcal | Soft lamb for dogs who cannot have poultry. | Lamb (60 %), rice flour, glycerine, parsley
        # dog-wet-food | dog | can | food complete
        Day Boat Tin Mackerel | fjordpaw | 375g 6x375g 12x375g @3.49 | senior adult 102kcal grain-free joint-care | Oily fish for old bones. | Mackerel (52 %), fish broth, sweet potato, green-lipped mussel, minerals
        Meadow Tin Larva & Carrot | greenbowl | 380g 6x380g @3.29 | adult 96kcal insect-protein hypoallergenic grain-free | The insect dinner, in a tin. | Insect larvae (36 %), water, carrot, potato, sunflower oil, minerals
        # dog-dry-food | dog | kibble-bag | food complete
        Giant Steps Puppy Lamb | hartwell | 4kg 12kg @22.90 | puppy large giant 368kcal | Measured calcium for puppies who will be huge. | Dried lamb (26 %), brown rice, oats, lamb fat, linseed, minerals
        Dental Crunch Turkey | vetiva | 2kg 6kg @17.90 | adult 354kcal dental | Large, porous kibble that brushes as it breaks. | Dried turkey (27 %), rice, maize, cellulose, turkey fat, seaweed, minerals
        # dog-balls | dog | ball |
        Puppy Soft Ball | tumblejack | Small @4.90 * Berry, Sky | puppy | Squashy, quiet and kind to milk teeth. | Foam rubber under a brushed cover; rinse and squeeze dry.
        # dog-beds | dog | bed |
        Puppy Crate Pad | wickerfold | Small Medium @24.90 | puppy | A washable pad cut for crates. | Two thin layers dry faster than one thick one, which you will be glad of.
        # horse-treats | horse+pony | treat-bag | food complementary
        Parsnip Chips | oatmere | 1kg 3kg @6.40 | 258kcal low-starch | Dried parsnip, and nothing baked in. | Parsnip (100 %)
        # horse-stable | horse+pony | bucket |
        Heated Water Pail | stablemark | 16_litres @69.90 | ~winter | Keeps water open down to minus fifteen. | Armoured cable, a thermostat, and a rim without edges.
        """;
}
