namespace PetShop.Demo.Catalogue.Sheets;

/// <summary>Everything for horses. The format is explained at <see cref="SheetReader"/>.</summary>
internal static class HorseSheet
{
    public const string Text = """
        # horse-feed | horse+pony | feed-sack | food complementary
        Meadow Muesli Plain | oatmere | 15kg 20kg @16.90 | adult 285kcal | Oat-free muesli for horses in light work. | Barley flakes, alfalfa, maize flakes, linseed, carrot, minerals
        Steady Mash No Oats | oatmere | 5kg 15kg @12.90 | senior adult 262kcal high-fibre low-starch | A warm mash in ten minutes, even for poor teeth. | Beet pulp (42 %), alfalfa, grass meal, linseed, fenugreek
        Native Pony Balancer | oatmere | 10kg 20kg @24.90 | for:pony 248kcal low-starch low-sugar | A mug a day with everything that grass lacks. | Grass meal, soya, linseed, brewer's yeast, minerals
        Foal & Yearling Cubes | oatmere | 20kg 25kg @21.90 | junior 305kcal | Lysine and copper for straight legs. | Oats, soya, alfalfa, milk powder, linseed, minerals
        Senior Soft Fibre | oatmere | 15kg 20kg @18.90 | senior 270kcal high-fibre | Replaces hay where teeth cannot. | Timothy hay, beet pulp, alfalfa, linseed oil, minerals
        Sport Oat Cubes | oatmere | 20kg 25kg @19.90 | adult for:horse 318kcal | Quick and slow energy for horses in real work. | Oats (48 %), barley, beet pulp, vegetable oil, minerals
        Alfalfa Chaff Unmolassed | meadowrun | 15kg 20kg @17.90 | 225kcal high-fibre low-sugar | Slows down bolters and steadies the stomach. | Alfalfa (100 %)

        # horse-treats | horse+pony | treat-bag | food complementary
        Orchard Rounds Apple | oatmere | 1kg 3kg 10kg @5.40 | 290kcal | Crunchy rounds that survive a jacket pocket. | Oat bran, grass meal, apple (12 %), linseed
        Garden Rounds Carrot | oatmere | 1kg 3kg 10kg @5.40 | 286kcal | The classic, minus the mud. | Oat bran, grass meal, carrot (12 %), linseed
        Mint Pennies No Sugar | oatmere | 1kg 3kg @5.90 | 262kcal low-sugar low-starch | Mint and hay for those on a careful diet. | Timothy hay, grass meal, peppermint (3 %), linseed
        Rosehip Handful | nibblewood | 1kg 4kg @9.90 | 230kcal ~winter | Whole dried rosehips, sharp and sweet. | Rosehips (100 %)
        Himal Salt Lick on a Rope | stablemark | 1kg 3kg @5.90 | key:treat-bar 0kcal | Rock salt to lick at leisure. | Rock salt (100 %)

        # horse-supplements | horse+pony | supplement-jar | food complementary
        Electro Balance | stablemark | 1.5kg 4kg @19.90 | 180kcal ~summer | Electrolytes for long rides and warm nights. | Salt, dextrose, potassium chloride, magnesium
        Hoof Biotin Plus | stablemark | 1kg 3kg @29.90 | 210kcal | Biotin, zinc and methionine for brittle hooves. | Grass meal, biotin, zinc chelate, L-methionine, linseed
        Joint Devil's Claw Free | stablemark | 1kg 2.5kg @44.90 | senior adult 220kcal joint-care | Competition-safe glucosamine and mussel. | Glucosamine, green-lipped mussel, rosehip, linseed
        Linseed Oil Cold-Pressed | oatmere | 1000ml 5000ml @12.90 | key:dropper-bottle 884kcal skin-and-coat | Shine, and energy without starch. | Linseed oil (100 %)
        Breathe Easy Herbs | stablemark | 1kg 3kg @18.90 | 205kcal ~winter | Thyme, mallow and fennel for dusty weeks. | Thyme, mallow root, fennel, ribwort
        Stomach Calm Pellets | vetiva | 1.5kg 5kg @34.90 | 232kcal sensitive-digestion low-starch | Calcium, pectin and liquorice before work. | Alfalfa, apple pectin, calcium carbonate, liquorice

        # horse-grooming | horse+pony | brush |
        Body Brush Beech & Boar-Free | stablemark | Small Large @12.90 * Moss, Berry | | Dense soft bristle for the last polish. | Plant and nylon fibre set in oiled beech, with a strap that fits a gloved hand.
        Dandy Brush Stiff | stablemark | @8.90 * Moss, Berry, Sky | | Flicks off dried mud at arm's length. | Long rice-root bristles; short strokes, away from you.
        Moult Curry Comb | stablemark | @9.40 * Moss, Berry | ~spring | Rubber pips that lift a winter coat in rounds. | Bends with the ribs and bangs clean on the wall.
        Mane & Tail Detangler | stablemark | 500ml 1000ml @11.90 | key:shampoo | Slips through burrs, silicone-free. | Spray, wait a minute, start at the ends.
        Hoof Pick with Brush | stablemark | @4.90 * Moss, Berry, Sky | | A pick that you can find in the straw. | Steel hook, stiff brush, and a loop to hang it by the door.
        Show Shine Shampoo | stablemark | 500ml 2500ml @10.90 | key:shampoo ~summer | A mild wash for greys with a past. | Violet-toned for light coats and rinses fast, because horses do not wait.

        # horse-fly-care | horse+pony | dropper-bottle | ~summer ~spring
        Fly Veil Spray | stablemark | 500ml 2500ml @16.90 | | Eight hours of peace with plant oils. | Lemon eucalyptus in a lotion base that stays on; patch-test on the shoulder.
        Summer Mesh Rug | ridingholt | 125cm 135cm 145cm @69.90 | key:rug | Fine mesh with a belly flap and a neck. | White reflects the sun, and gussets let a horse gallop in it.
        Fly Mask with Ears | ridingholt | Pony Cob Full @24.90 | key:halter | Shaped darts keep the mesh off the eyes. | Filters about seven tenths of the UV, with soft edging that does not rub.
        Sweet Itch Lotion | stablemark | 500ml @18.90 | | Cools and coats a bitten crest and tail. | Zinc, lavender and a little tea tree; work in daily before it starts.

        # horse-worming | horse+pony | dewormer-box | medicine
        Worm Clear Horse Paste | tickward | 1_syringe 3_syringes @17.90 | adult | An oral paste dosed by body weight up to seven hundred kilos. | Contains ivermectin. Deadly to dogs that lick up a spill: wipe the yard. Test droppings first, then treat.
        Worm Clear Tapeworm Paste | tickward | 1_syringe 3_syringes @21.90 | adult ~autumn | For the yearly tapeworm treatment after the first frost. | Contains praziquantel. Each notch on the plunger is fifty kilos.
        Worm Clear Foal Paste | tickward | 1_syringe @13.90 | junior | A gentle dose for foals from four weeks. | Contains pyrantel. Ask your vet for a plan that covers the mare as well.

        # horse-halters-leads | horse+pony | halter |
        Paddock Halter Padded | ridingholt | Pony Cob Full @19.90 * Navy, Moss, Berry | | Soft lining where the bone is near. | Adjusts at nose and poll, with a throat snap for quick dressing.
        Leather Head Collar | ridingholt | Pony Cob Full @64.90 * Chestnut, Black | | Breaks before a neck does, looks good until then. | English leather with brass, stitched and not riveted.
        Yard Rope Lead | knotsworth | 2m 3m @12.90 * Navy, Rust, Moss | key:lead | A thick, soft lead with a panic hook. | The splice behind the hook is done by hand and checked under load.
        Groundwork Rope Halter | knotsworth | Pony Cob Full @16.90 * Navy, Rust | | Knotted from one line for clear, light signals. | For training under your eye only; never tie or travel a horse in it.

        # horse-rugs-pads | horse+pony | rug |
        Downpour Turnout Light | ridingholt | 125cm 135cm 145cm @99.00 | ~autumn ~spring | No fill, full rain: the rug for changeable months. | Twelve-hundred-denier shell, with darts at the shoulder that let a stride through.
        Downpour Turnout Winter | ridingholt | 125cm 135cm 145cm @149.00 | ~winter | Two hundred grams of fill for clipped horses. | The tail flap is long, the neck is separate, the straps are spare parts.
        Stable Quilt | ridingholt | 125cm 135cm 145cm @79.90 | ~winter | Warmth for the box, breathable and light. | A satin lining lies flat on the coat and keeps shoulders from rubbing.
        Cooler Fleece | ridingholt | 125cm 135cm 145cm @49.90 * Navy, Moss | ~autumn ~winter | Draws sweat outwards while you walk home. | Machine-washable, with a loop to hang it on the door.
        Close Contact Saddle Pad | ridingholt | Pony Full @39.90 * Navy, Berry, Cream | key:saddle-pad | A swept-back pad that stays clear of the withers. | Diamond-quilted cotton above, moisture-wicking below, with girth loops that unpick.
        Half Pad Lambswool-Free | ridingholt | Pony Full @59.90 | key:saddle-pad | Pressure-spreading foam under a vegan fleece. | Pockets take shims of three thicknesses, for backs that change with the season.

        # horse-stable | horse+pony | bucket |
        Flat-Back Feed Bucket | stablemark | 12_litres 18_litres @9.90 * Moss, Berry, Sky | | Hangs flat, tips little, bends instead of cracking. | Rubbery plastic that survives a kick in February.
        Slow Hay Net | stablemark | Small Large @13.90 | key:hay | Small mesh that makes a breakfast last till lunch. | Knotless cord, three-centimetre holes; hang it at wither height.
        Treat Ball for Stalls | stablemark | @22.90 | key:ball | Rolls out a handful of cubes at the pace of a nose. | The opening adjusts to low-sugar pellets, and there are no handles to catch a hoof in.
        Corner Manger | stablemark | @34.90 | key:feeder | Rounded, rimmed and easy to unhook. | The lip keeps feed in when a hungry nose shovels.
        Yard First Aid Box | stablemark | @49.90 | key:dewormer-box | Bandages, thermometer and a list in large print. | Packed in the order in which you will want it, with room for your vet's number on the lid.
        """;
}
