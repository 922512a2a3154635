namespace PetShop.Demo.Catalogue.Sheets;

/// <summary>Fish and reptiles. The format is explained at <see cref="SheetReader"/>.</summary>
internal static class WaterAndWarmthSheet
{
    public const string Text = """
        # fish-food | tropical-fish | food-jar | food complete
        Current Flakes Tropical | lagoona | 20g 50g 150g @3.90 | 352kcal | Thin flakes that hang in the water long enough for slow eaters. | Fish meal, wheat flour, shrimp, spirulina, yeast, minerals
        Micro Granules Community | lagoona | 45g 120g @5.40 | 358kcal | Slow-sinking crumbs for tetras and other small mouths. | Fish meal, krill, wheat flour, garlic, spirulina
        Gold Crown Goldfish Pellets | lagoona | 60g 150g 400g @4.40 | for:goldfish 334kcal | Sinking pellets, so that goldfish need not gulp air. | Wheat germ, fish meal, soya, spirulina, carrot
        Catfish Wafers | lagoona | 50g 150g @4.90 | 328kcal | Wafers that hold for hours, for those who eat at night. | Spirulina, fish meal, wheat flour, courgette, beech wood fibre
        Betta Pearls | lagoona | 25g @4.20 | for:betta 372kcal high-protein | Floating pearls of insect and krill. | Dried insect larvae (32 %), krill, wheat flour, paprika
        Shrimp Leaves & Dust | lagoona | 20g 60g @5.90 | for:shrimp 280kcal high-fibre | Nettle and mulberry that shrimp graze for a day. | Nettle, mulberry leaf, chlorella, calcium carbonate
        Bloodworm Freeze-Dried | lagoona | 10g 30g @4.90 | complementary high-protein 395kcal | A Sunday treat; soak for a minute first. | Red mosquito larvae (100 %)

        # pond-food | pond-fish | feed-sack | food complete
        Pond Sticks Daily | lagoona | 1kg 5kg 15kg @8.90 | 318kcal ~spring ~summer | Light sticks that float, so you see who is at the table. | Wheat flour, fish meal, soya, spirulina, minerals
        Koi Growth Pellets | lagoona | 1.5kg 5kg 15kg @15.90 | for:koi 364kcal high-protein ~summer | High protein for warm months. | Fish meal (42 %), wheat, krill, fish oil, spirulina
        Koi Wheatgerm Cold Water | lagoona | 1.5kg 5kg 15kg @13.90 | for:koi 322kcal ~autumn ~spring | Easily digested below fifteen degrees. | Wheat germ (48 %), wheat flour, fish meal, garlic

        # aquariums | tropical-fish+betta+shrimp | aquarium |
        Still Cube Nano Set | tidegate | 20_litres 30_litres @89.00 | for:betta+shrimp | A rimless cube with filter and light for shrimp or one betta. | Optically clear front, foam mat included; add plants before you add anyone with fins.
        Clearwater Starter Set | tidegate | 60_litres 112_litres @149.00 | | Tank, lid, light, filter and heater in one box. | Sized so that a beginner's mistakes dilute; the book inside covers the first six weeks.
        Long Reach Panorama | tidegate | 180_litres 240_litres @429.00 | | A long tank with a light for serious planting. | The oak cabinet is braced and levelled, and there are no visible cables.
        Goldfish Wide Basin | tidegate | 120_litres @239.00 | for:goldfish | Low and wide, with the swimming space that goldfish really need. | No heater, strong filter, and a cover because goldfish do jump.

        # aquarium-filters | tropical-fish+goldfish | filter |
        Murmur Internal Filter | tidegate | 60_litres 120_litres 200_litres @24.90 | | A quiet corner filter with an adjustable outlet. | Two chambers, foam below and biology above, and one hand opens it.
        Murmur Replacement Cartridges | tidegate | 3pcs 6pcs @8.90 | | Foam and charcoal for the Murmur. | Change one at a time, so that the good bacteria can move across.
        Undertow External Filter | tidegate | 200_litres 400_litres @119.00 | | Four baskets under the tank, priming at the push of a button. | Self-sealing taps mean that you carry the canister and not the water.
        Undertow Filter Media Set | tidegate | 1L_rings 3L_rings @14.90 | | Ceramic rings, fleece and foam for the Undertow. | Rinse in tank water and never under the tap, to keep what lives in it.
        Nano Sponge Filter | tidegate | @12.90 | for:betta+shrimp | Air-driven and gentle: shrimp fry stay out of it. | Needs an air pump; squeeze it out every other week.
        Air Pump Whisper Duo | tidegate | @22.90 | | Two outlets, rubber feet, barely a hum. | Non-return valves are in the box, where they belong.

        # aquarium-heat-light | tropical-fish+betta | heater |
        Steady Glass Heater | tidegate | 50_watt 100_watt 200_watt @21.90 | ~winter | A shatter-resistant rod that holds half a degree. | Switches itself off if it is lifted dry; a watt a litre is plenty.
        Slim Digital Thermometer | tidegate | @9.90 | | Reads to a tenth and sticks outside the glass. | The probe is sealed, the display large, the battery ordinary.
        Daybreak LED Bar | tidegate | 45cm 60cm 100cm @54.90 | key:lamp | Dawn, noon and dusk on a plant-friendly spectrum. | It dims over half an hour, so that nobody startles.
        Nano Clip Light | tidegate | @29.90 | for:betta+shrimp key:lamp | A small warm light for cubes. | Clips to rimless glass up to eight millimetres.

        # aquarium-decor | tropical-fish+goldfish+shrimp | tank-decor |
        Spider Root Real Wood | mossgrotto | Small Medium Large @14.90 | | A branching root that sinks after a soak. | Colours the water like weak tea at first, which most fish love.
        Slate Stack Cave | mossgrotto | Medium Large @19.90 | | Natural slate, stacked and bonded, with three ways in. | Edges are tumbled, so fins stay whole.
        River Gravel Rounded | mossgrotto | 5kg 10kg 20kg @7.40 * Sand, Slate | key:substrate-bag | Washed pebbles of three to five millimetres. | Rounded enough for the whiskers of bottom dwellers.
        Plant Soil Dark | mossgrotto | 3kg 9kg @14.90 | key:substrate-bag | A nutrient soil that lowers hardness for plants and shrimp. | Do not rinse it; fill the tank slowly over a plate.
        Silk Fern Group | mossgrotto | Small Large @9.90 | | Soft silk leaves for tanks where real ones get eaten. | Weighted with slate and dyed fast.
        Almond Leaves | mossgrotto | 10pcs 40pcs @4.90 | for:betta+shrimp+tropical-fish | Tropical leaves that calm bettas and feed shrimp. | Lay one on the surface; it sinks within the day and lasts a month.

        # water-care | tropical-fish+goldfish+pond-fish | dropper-bottle |
        Tap to Tank Conditioner | lagoona | 100ml 500ml 2000ml @5.90 | | Binds chlorine and metals before the fish meet them. | Dose at every water change; a cap is five millilitres.
        First Week Bacteria | lagoona | 100ml 250ml @7.90 | | Living cultures that give a new filter its start. | Shake, pour by the filter, and still wait and test before adding fish.
        Six-in-One Test Strips | lagoona | 25pcs 50pcs @11.90 | key:supplement-jar | Nitrite, nitrate, pH, hardness and chlorine in a minute. | Colour chart on the tube, dates on the cap.
        Pond Clear Barley Extract | lagoona | 500ml 1000ml @12.90 | for:pond-fish+koi ~spring ~summer | Barley straw, in a bottle, against green water. | Slow and gentle: start in April and keep on.
        Gravel Cleaner with Bulb | tidegate | Small Large @12.90 | for:tropical-fish+goldfish key:bucket | Starts with a squeeze and lifts dirt, not gravel. | The wide tube lets pebbles fall back before they reach the hose.

        # reptile-food | bearded-dragon | food-jar | food complementary
        Dragon Greens Topper | dunewell | 60g 200g @6.90 | for:bearded-dragon 240kcal high-fibre | Dried leaves and petals to shake over salad. | Dandelion, plantain, hibiscus, marigold, squash
        Tortoise Meadow Pellets | dunewell | 400g 1kg 4kg @6.90 | for:tortoise complete 220kcal high-fibre low-sugar | Soak to a meadow: long fibre, no fruit. | Timothy hay (70 %), dandelion, plantain, calcium carbonate
        Tortoise Herb Hay | dunewell | 500g 1.5kg @6.40 | for:tortoise key:hay 190kcal high-fibre | Short-cut hay with the weeds a tortoise would pick. | Meadow hay (80 %), ribwort, dandelion, mallow
        Cricket Canister Freeze-Dried | dunewell | 40g 120g @6.90 | for:bearded-dragon+leopard-gecko 410kcal insect-protein high-protein | For the days the live ones escaped. | Crickets (100 %)
        Calcium Larvae Calci-Grub | dunewell | 50g 150g @7.40 | for:bearded-dragon+leopard-gecko 430kcal insect-protein | Naturally rich in calcium: no dusting needed. | Dried insect larvae (100 %)

        # terrariums | bearded-dragon | terrarium |
        Desert Oak Vivarium | dunewell | 120cm 150cm @229.00 | for:bearded-dragon | Wood on three sides holds the warmth in. | Sealed edges, four vents and glass runners with a lock.
        Gecko Glass House | dunewell | 60cm 90cm @139.00 | for:leopard-gecko | Front-opening glass with a deep tray for substrate. | Cable channels at the back take probes without pinching them.
        Tortoise Table Pine | dunewell | 100cm 120cm @129.00 | for:tortoise ~spring | An open table with a sleeping end. | Lined inside, low in front to watch, high at the sides to stay put.
        Snake Long Vivarium | dunewell | 100cm 120cm @199.00 | for:corn-snake | Low, long and tight at every joint. | A corn snake tests every gap; this one was sealed with that in mind.

        # reptile-light-heat | bearded-dragon+leopard-gecko+corn-snake+tortoise | lamp |
        Sunline UVB Tube Desert | baskline | 54cm 86cm @39.90 | for:bearded-dragon+tortoise | Desert-strength UVB along the whole basking end. | Change it after twelve months, even though it will still look bright.
        Basking Spot Bulb | baskline | 50_watt 75_watt 100_watt @8.90 | for:bearded-dragon+tortoise | A tight beam for a stone worth lying on. | Pair it with a dimming thermostat and a thermometer at lizard height.
        Night Ember Ceramic | baskline | 60_watt 100_watt @19.90 | ~winter | Heat without light for cold nights. | Needs a ceramic fitting and a guard; it outlives ten bulbs.
        Ground Warm Mat | baskline | 28cm 42cm @22.90 | for:leopard-gecko+corn-snake key:mat | Belly heat for geckos and snakes. | Goes under a third of the floor, always with a thermostat.
        Pulse Thermostat | baskline | @44.90 | key:heater | One dial, one probe, no cooked pets. | Handles up to six hundred watts and beeps if the probe comes loose.

        # reptile-decor-substrate | bearded-dragon+leopard-gecko+corn-snake+tortoise | substrate-bag |
        Desert Clay Sand | dunewell | 5kg 15kg @9.90 | for:bearded-dragon+leopard-gecko | Packs hard, so burrows hold and crickets do not. | Wet, shape and let dry into caves.
        Coco Bark Chips | dunewell | 4kg 12kg @10.90 | for:corn-snake | Holds humidity, smells clean. | Spot-clean weekly and change every two months.
        Tortoise Topsoil Mix | dunewell | 10kg 25kg @9.40 | for:tortoise | Loam and sand for diggers with shells. | Unfertilised; keep a corner moist.
        Basking Slab Resin Rock | mossgrotto | Medium Large @24.90 | key:tank-decor | Holds warmth, files claws. | Two ledges and a hide beneath; wipe with hot water.
        Humid Hide | mossgrotto | Small Medium Large @14.90 | for:leopard-gecko+corn-snake key:hideout | A moss-lined hide for clean sheds. | The lid lifts, so you can peek without moving the house.

        # reptile-care | bearded-dragon+leopard-gecko+corn-snake+tortoise | supplement-jar |
        Calcium Dust Pure | dunewell | 100g 400g @6.90 | food complementary 10kcal | Phosphorus-free calcium for every feed. | Calcium carbonate (100 %)
        Calcium Dust with D3 | dunewell | 100g 400g @7.90 | for:bearded-dragon+leopard-gecko food complementary 12kcal | For lizards that see little of the sun. | Calcium carbonate (99 %), vitamin D3
        Shed Ease Spray | dunewell | 150ml 400ml @8.90 | for:leopard-gecko+corn-snake key:dropper-bottle | Aloe mist for stuck toes and tail tips. | Mist the evening before a shed is due and let the humid hide do the rest.
        Feeding Tongs Bamboo | dunewell | @6.90 | key:brush | Long enough that fingers do not look like food. | Soft tips spare teeth and jaws.
        Cricket Keeper Box | dunewell | Small Large @14.90 | for:bearded-dragon+leopard-gecko key:hideout | Tubes that fill with crickets and pour like a shaker. | With a feeding dish for gut-loading and a lid that seals.
        """;
}
