namespace PetShop.Demo.Catalogue.Sheets;

/// <summary>Small pets and birds. The format is explained at <see cref="SheetReader"/>.</summary>
internal static class SmallPetAndBirdSheet
{
    public const string Text = """
        # rabbit-food | rabbit | seed-bag | food complete
        Warren Nuggets Timothy | meadowrun | 1kg 3kg 10kg @6.90 | adult 245kcal high-fibre | Every nugget the same, so nobody picks out the sweet bits. | Timothy hay (60 %), oat hulls, alfalfa, linseed, dandelion, minerals
        Warren Junior Nuggets | meadowrun | 1kg 3kg @7.20 | junior 268kcal high-fibre | Extra protein and calcium for rabbits under six months. | Alfalfa (45 %), timothy hay, oats, linseed, fennel, minerals
        Warren Senior Light | meadowrun | 1kg 3kg @7.40 | senior 228kcal high-fibre weight-control | Low calcium and plenty of fibre for quieter rabbits. | Timothy hay (66 %), oat hulls, apple pomace, camomile, minerals
        Clover Crock Dwarf Rabbit | nibblewood | 800g 2.5kg @4.20 | adult 252kcal high-fibre | Small pellets for lop ears and small jaws. | Meadow grass (55 %), clover, oat bran, carrot, minerals

        # guinea-pig-food | guinea-pig | seed-bag | food complete
        Wheek Nuggets with Vitamin C | meadowrun | 1kg 3kg 10kg @7.20 | adult 248kcal high-fibre | A full day's vitamin C, which guinea pigs cannot make themselves. | Timothy hay (56 %), alfalfa, oat hulls, rosehip, ascorbic acid, minerals
        Wheek Junior Nuggets | meadowrun | 1kg 3kg @7.40 | junior 266kcal high-fibre | For growing guinea pigs and for mothers. | Alfalfa (48 %), timothy hay, oats, rosehip, ascorbic acid, minerals
        Hedgerow Crock Guinea Pig | nibblewood | 800g 2.5kg @4.40 | adult 252kcal high-fibre | Pressed grass with nettle, parsley and vitamin C. | Meadow grass (54 %), oat bran, nettle, parsley, ascorbic acid, minerals

        # rodent-food | hamster+gerbil+mouse+rat | seed-bag | food complete
        Night Shift Hamster Mix | meadowrun | 400g 1kg 2.5kg @4.20 | for:hamster 362kcal | Seeds, grains and mealworms for a pouch that is never full. | Millet, oats, wheat, sunflower seed, dried mealworms (4 %), carrot, linseed
        Dwarf Hamster Fine Seed | meadowrun | 400g 1kg @4.40 | for:hamster 354kcal low-sugar | Little seeds, no fruit sugar, for dwarf hamsters prone to diabetes. | Canary seed, millet, oats, grass seed, dried mealworms, nettle
        Desert Gerbil Mix | meadowrun | 400g 1kg @4.20 | for:gerbil 358kcal | A drier, seedier mix for those who dig. | Millet, oats, barley, linseed, dried mealworms (3 %), marigold
        Rat & Mouse Nuggets | nibblewood | 750g 2.5kg @4.90 | for:rat+mouse 338kcal | Baked nuggets with everything in, because rats choose like children. | Oats, wheat, soya, egg powder, alfalfa, minerals
        Andes Chinchilla & Degu Pellets | meadowrun | 800g 2.5kg @6.20 | for:chinchilla+degu 252kcal high-fibre low-sugar | Plain, low in sugar, long in fibre. | Timothy hay (64 %), alfalfa, oat hulls, rose petals, minerals

        # small-pet-hay | rabbit+guinea-pig+chinchilla+degu | hay | food complementary
        Long Stalk Timothy Hay | meadowrun | 1kg 2.5kg 10kg @7.90 | 190kcal high-fibre | First-cut timothy with the leaf still on. | Timothy hay (100 %)
        High Meadow Mountain Hay | meadowrun | 600g 2kg 5kg @5.40 | 195kcal high-fibre | Sixty grasses and herbs from above a thousand metres. | Mountain meadow hay (100 %)
        Meadow Hay with Marigold | meadowrun | 600g 2kg @5.90 | 196kcal high-fibre | Soft second-cut hay with petals to search for. | Meadow hay (95 %), marigold petals
        Oat Hay Chaffy | nibblewood | 500g 1.5kg @4.60 | 215kcal high-fibre | Crisp green oat hay for hay-weary rabbits. | Green oat hay (100 %)

        # small-pet-treats | rabbit+guinea-pig+hamster+chinchilla+degu | treat-bag | food complementary
        Apple Orchard Sticks | nibblewood | 10pcs 40pcs @3.40 | key:chew 120kcal high-fibre | Unsprayed apple prunings for tooth-long afternoons. | Apple wood (100 %)
        Dandelion & Nettle Leaves | nibblewood | 100g 300g @3.60 | for:rabbit+guinea-pig 210kcal high-fibre | Picked in May, dried in the shade. | Dandelion leaves (60 %), nettle leaves
        Camomile Blossom | nibblewood | 50g 150g @3.40 | 205kcal | Whole flowers to scatter and search. | Camomile blossom (100 %)
        Mealworm Pinch | nibblewood | 40g 120g @3.90 | for:hamster+gerbil+rat+mouse 480kcal high-protein insect-protein | Dried mealworms for omnivores with small hands. | Dried mealworms (100 %)
        Carrot Peel Curls | nibblewood | 100g 250g @3.20 | for:rabbit+guinea-pig 240kcal | Sweet, so a curl or two a day. | Dried carrot (100 %)

        # small-pet-homes | rabbit+guinea-pig+hamster+rat | cage |
        Burrow Bay Hutch | burrowby | 120cm 150cm @189.00 | for:rabbit+guinea-pig ~spring | A larch hutch on legs with a dry upper floor. | Asphalt roof, wire too tight for martens, and a tray that slides out to the side.
        Indoor Run with Floor | burrowby | 140cm 180cm @79.90 | for:rabbit+guinea-pig | Eight panels and a wipe-clean floor, in any shape you need. | Panels clip with pins that do not pinch, and one of them is a door.
        Deep Dig Hamster Home | burrowby | 100cm 120cm @119.00 | for:hamster+gerbil | Glass below for thirty centimetres of bedding, wire above for air. | Deep bedding is the best thing you can give a hamster; this holds it without spilling.
        Rat Tower Four Floors | burrowby | 80cm 100cm @159.00 | for:rat+chinchilla+degu | Four full floors, wide doors, no ramps to slip from. | Bar spacing of twelve millimetres, powder-coated, with pans deep enough to forage in.

        # small-pet-bedding | rabbit+guinea-pig+hamster+gerbil+rat+mouse | substrate-bag |
        Aspen Shavings | burrowby | 1kg 4kg 15kg @5.40 | | Dust-free aspen without resin. | Kinder on small lungs than softwood, and pale enough to see what needs changing.
        Hemp Bed Soft | meadowrun | 2kg 5kg 15kg @7.90 | | Drinks four times its own weight and holds a burrow. | The woody core of hemp, sieved; composts in a season.
        Paper Nest Fluff | burrowby | 500g 1.5kg @5.90 | | White paper floss to line a bedroom with. | Unprinted fibre tears short, so it cannot wind round little feet.
        Straw Pellet Corner Litter | meadowrun | 5kg 15kg @6.90 | for:rabbit+guinea-pig key:litter-bag | Pressed straw for the corner they have already chosen. | Swells as it drinks and stays dry on top.

        # small-pet-hideouts | rabbit+guinea-pig+hamster+gerbil+rat | hideout |
        Two-Door Cottage | burrowby | Small Medium Large @14.90 | | Two doors, so nobody gets cornered. | Untreated spruce with a flat roof, because the roof is where they will sit.
        Willow Tunnel | nibblewood | Small Large @9.90 | | A woven tunnel that is also lunch. | Bends into an arch, a bridge or a den, and gets eaten in that order.
        Cork Log Natural | mossgrotto | Small Medium Large @12.40 | | A half-round of real cork bark. | Heat-treated and brushed; each has its own knots.
        Silent Runner Wheel | burrowby | 21cm 28cm @21.90 | for:hamster+gerbil+mouse key:puzzle-toy | A solid wheel wide enough to keep a back straight. | Ball-bearing quiet at three in the morning. Dwarf hamsters take the smaller, golden ones the larger.
        Sand Bath with Roof | burrowby | Small Large @16.40 | for:hamster+gerbil+chinchilla+degu | A glazed pot with a lid that keeps the sand where it is. | Fill with fine bathing sand, two centimetres deep, and sieve weekly.

        # small-pet-care | rabbit+guinea-pig | brush |
        Rabbit Moult Comb | combe | @8.90 | ~spring ~autumn | Rotating teeth for fur that comes out in clouds. | Hold the skin flat with the other hand; rabbits are thinner-skinned than they look.
        Small Claw Scissors | combe | @7.40 | for:rabbit+guinea-pig+hamster+rat | Curved, tiny and sharp, for claws like rice grains. | The notch holds the claw still, and the handles fit one finger each.
        Bathing Sand Fine | burrowby | 1kg 4kg @4.90 | for:chinchilla+degu+gerbil+hamster key:substrate-bag | Rounded sand that cleans fur without scratching. | Sepiolite-free and washed; a bath a day keeps the coat upright.
        Rabbit Probiotic Paste | vetiva | 15ml 60ml @9.90 | key:supplement-jar food complementary 180kcal sensitive-digestion for:rabbit | A pea-sized dab after stress, travel or a change of hay. | Sunflower oil, inulin, enterococcus faecium, fennel extract

        # bird-seed | budgie | seed-bag | food complete
        Budgie Outback Mix | featherstead | 1kg 2.5kg 10kg @4.90 | for:budgie 372kcal | Millets and grass seed in the wild budgie's own proportions. | White millet, canary seed, red millet, grass seed, oats, niger seed
        Cockatiel Plain Mix | featherstead | 1kg 2.5kg 10kg @5.20 | for:cockatiel 378kcal | Light on sunflower, rich in small seed. | Millet, canary seed, safflower, oats, buckwheat, sunflower seed (4 %)
        Canary Song Mix | featherstead | 1kg 2.5kg @5.40 | for:canary 384kcal | Rape, canary seed and a little niger for song and moult. | Canary seed (62 %), rapeseed, niger seed, linseed, oats
        Parrot Forage Mix | featherstead | 1.5kg 4kg 12kg @12.90 | for:parrot 412kcal | Nuts in the shell, fruit and pulses that take work to eat. | Safflower, buckwheat, peas, walnut, pumpkin seed, papaya, chilli
        Parrot Daily Pellet | perchwell | 1kg 3kg @14.90 | for:parrot 352kcal low-sugar | Cold-pressed pellets for parrots that only eat the peanuts. | Maize, oats, soya, red palm oil, spirulina, minerals
        Finch Fine Mix | featherstead | 1kg 4kg @4.90 | for:finch 368kcal | Small millets for small beaks. | Panicum millet, yellow millet, canary seed, grass seed

        # wild-bird-food | wild-bird | seed-bag | food complementary ~winter ~autumn
        Robin & Friends Soft Mix | featherstead | 1kg 5kg 15kg @5.90 | 420kcal | Soft food for birds that eat from the ground. | Oats, raisins, dried mealworms (6 %), sunflower hearts, rapeseed oil
        Black Sunflower Seed | featherstead | 2kg 10kg 20kg @6.90 | 520kcal | Thin-shelled and oily: the one seed nearly all garden birds eat. | Black sunflower seed (100 %)
        Sunflower Hearts No Mess | featherstead | 1kg 5kg 12kg @6.40 | 584kcal | Shelled hearts, so nothing sprouts under the feeder. | Sunflower hearts (100 %)
        Suet Balls without Nets | featherstead | 6pcs 30pcs 100pcs @4.40 | 560kcal | Winter energy, and no net to catch a claw. | Beef suet, wheat flour, sunflower seed, millet, chalk
        Peanut Whole Bird Grade | featherstead | 1kg 5kg @6.90 | 567kcal | Tested for aflatoxin, as they should be. | Peanuts (100 %)

        # bird-treats | budgie+cockatiel+canary+parrot | treat-bag | food complementary
        Millet Sprays Gold | featherstead | 200g 1kg @4.20 | 340kcal | The bribe that tames budgies. | Millet in the ear (100 %)
        Honey Bar Budgie Pair | featherstead | 2pcs 6pcs @2.90 | for:budgie key:treat-bar 362kcal | Two crunchy bars on a beechwood stick. | Millet, canary seed, honey, egg powder, oats
        Greens & Herbs Dried | nibblewood | 50g 150g @3.60 | 230kcal | Chickweed, parsley and dandelion, rubbed. | Chickweed, dandelion, parsley
        Egg Food for the Moult | featherstead | 400g 1kg @5.40 | for:canary+budgie+finch 402kcal high-protein | A soft crumb for breeding and new feathers. | Wheat flour, egg (20 %), honey, oyster shell
        Parrot Nut Trove | perchwell | 250g 750g @7.90 | for:parrot 640kcal | Whole nuts for clever beaks, one or two a day. | Walnut, almond, hazelnut, pine nut

        # bird-cages | budgie+cockatiel+canary+parrot | cage |
        Long Flight Cage | perchwell | 80cm 100cm @99.00 | for:budgie+canary+finch | Wider than tall, because birds fly sideways. | Horizontal wires on two sides, ten millimetres apart, and a tray that pulls out from the front.
        Aviary Villa on Wheels | perchwell | 100cm 120cm @229.00 | for:budgie+cockatiel | A room of their own that rolls to the window. | Two landing doors, a seed guard all round, and feet that lock.
        Parrot Hall Cage | perchwell | 90cm 120cm @389.00 | for:parrot | Three-millimetre bars and a lock that a parrot cannot pick. | The play top has bowls on swing-out arms, so no hand need enter.
        Travel Perch Box | perchwell | @34.90 | | A quiet, dark box with a perch, for the way to the vet. | One side is mesh, the rest solid: birds travel best when little flies past.

        # bird-perches-toys | budgie+cockatiel+canary+parrot | perch |
        Natural Branch Perches | perchwell | Small Medium Large @7.90 | | Bark-on branches that vary in thickness, as feet prefer. | Screwed on from one side; replace them when the bark is gone, which is the point.
        Foraging Wheel | perchwell | @24.90 | for:parrot+cockatiel key:puzzle-toy | Turn the wheel, find the nut. | Steel rod and clear covers, with a difficulty from 'chick' to 'safe-cracker'.
        Willow Ball Chain | perchwell | Small Large @8.90 | key:bird-toy | A hanging chain of willow to strip and scatter. | Plain willow and paper rope, no dye.
        Swing with Bead Rail | perchwell | Small Medium @7.40 | for:budgie+cockatiel key:bird-toy | A swing with beads to count. | Beech dowel and stainless wire; the beads turn and do not come off.
        Bath House Clip-On | perchwell | @9.90 | for:budgie+canary+finch key:bowl | A clear bath that keeps the splash in. | Hangs in the door of most cages; lukewarm water, a centimetre deep.

        # garden-bird-feeders | wild-bird | feeder | ~winter ~autumn
        Copper Roof Seed Feeder | featherstead | Medium Large @24.90 | | Six ports under a roof that keeps the seed dry. | The base unscrews without tools, so you will really clean it.
        Oak Nest Box | featherstead | 28_mm_hole 32_mm_hole @22.90 | key:hideout ~spring | A nest box of rough oak with a hole sized for tits. | The front swings open for the autumn clean; hang it facing east.
        Suet Ball Cage | featherstead | @12.90 | | Room for five balls, none for a squirrel. | Steel wire, green coating, and a lid with a twist.
        Bird Table on a Post | burrowby | @64.90 | | A slate-roofed table that stands by itself. | Low rim, open corners for the rain to leave, and a ground spike against the wind.

        # bird-care | budgie+cockatiel+canary+parrot | supplement-jar |
        Cuttlefish Bone Pair | featherstead | 2pcs 6pcs @2.90 | key:perch | Calcium to rasp the beak on. | Rinsed and sun-dried, with holders; hang it soft side out.
        Oyster Grit Fine | featherstead | 500g 2kg @3.40 | key:substrate-bag | Grit for the gizzard, with minerals. | Crushed oyster shell and quartz; a teaspoon in a separate dish is enough.
        Anise Bird Sand | featherstead | 2kg 5kg 15kg @2.90 | key:substrate-bag | Washed sand with oyster shell and a breath of anise. | It covers the tray, dries droppings and is easily sieved.
        Feather Moult Vitamins | vetiva | 30ml @9.40 | key:dropper-bottle food complementary 40kcal ~autumn | B vitamins and methionine in the drinking water. | Water, glucose, L-methionine, biotin, zinc chelate
        """;
}
