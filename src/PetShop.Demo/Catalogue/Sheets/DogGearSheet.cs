namespace PetShop.Demo.Catalogue.Sheets;

/// <summary>Everything for dogs that is not eaten. The format is explained at <see cref="SheetReader"/>.</summary>
internal static class DogGearSheet
{
    public const string Text = """
        # dog-balls | dog | ball |
        Skimmer Floating Ball | tumblejack | Small Medium Large @5.90 * Orange, Lagoon | ~summer | Bobs high on the water and shows up in the dusk. | Natural rubber with a hollow core: soft on teeth, bright in waves, and light enough to throw forty times.
        Brickyard Solid Ball | tumblejack | Small Medium Large @6.90 | medium large giant | The ball for dogs who end other balls. | Solid vulcanised rubber with no seam to start on; it bounces oddly, which is half the fun.
        Whistle Ball | tumblejack | Medium Large @7.50 * Coral, Lime | | Sings as it flies, so it can be found by ear. | Two rounded holes make the note and let the ball be rinsed right through.
        Meadow Tennis Trio | trailkind | Small Medium @5.40 | | Three felt balls without the grit that wears teeth. | The felt is woven, not sanded, and the glue contains no solvent you can smell.
        Treat Orbit Ball | tumblejack | Medium Large @9.90 * Orange, Lagoon | key:puzzle-toy | Rolls out a kibble at a time until dinner is done. | Twist the inner disc to set how generous it is; the halves unscrew for washing.
        Long Throw Sling | trailkind | @8.90 | | A throwing arm for people whose dogs have more stamina. | Picks up the ball without touching it and adds about twenty metres to an average throw.

        # dog-rope-toys | dog | rope-toy |
        Loft Tug Three-Knot | knotsworth | Small Medium Large @6.90 | | Cotton rope with three hand-tied knots for tug and carry. | Old sail-loft knots tighten as they are pulled, and the cotton cleans between the teeth.
        Monkey Fist on a Line | knotsworth | Medium Large @9.90 | | The sailors' knot that was made to be thrown. | A dense cotton fist on a metre of line, for retrieving, tugging and general swagger.
        Fleece Plait | tumblejack | Small Medium @7.90 * Berry, Fern | | Stretchy plaited fleece that is kind to young mouths. | Made from the cuttings of bed covers, so no two are quite the same colour.
        Bungee Badger Tug | tumblejack | @13.90 | medium large | A shock-cord tug with a faux-fur end and a soft handle. | The cord takes the jerk out of the game for both shoulders involved.
        Harbour Figure Eight | knotsworth | Medium Large @8.40 | | Two loops, two players, one short argument. | Four-strand rope of recycled polyester that floats and dries overnight.

        # dog-plush-toys | dog | plush |
        Gerald the Goose | wickerfold | @12.90 | | A long-necked goose with a low, dignified honk. | Double-stitched linen-look cloth over a rip-resistant lining, with one honk that can be silenced by a small pocket.
        Mole in a Hole | wickerfold | @16.90 | key:puzzle-toy | Three squeaky moles live in one plush hill; get them out. | Spare moles are sold separately, because one always goes under the sofa for good.
        Flat Fox | tumblejack | Small Large @9.40 | | No stuffing, so none on the carpet. | A crinkle layer and two squeakers stand in for filling, and the seams sit inside.
        Heartbeat Lamb | wickerfold | @24.90 | puppy | Warm, soft, with a steady heartbeat for the first nights away. | A switchable pulse sits in a zipped belly pocket, next to room for a warm pack.
        Turnip the Root Toy | tumblejack | Medium Large @11.40 | | A tough canvas turnip with rope leaves for pulling. | Three layers of canvas and a rope core that runs the whole way through.

        # dog-puzzle-toys | dog | puzzle-toy |
        Slide & Seek Board | tumblejack | @19.90 | | Sliding covers hide ten treats: level one of dog chess. | Start with every cover open and close them as your dog learns; the board grips the floor.
        Orchard Snuffle Mat | wickerfold | Medium Large @22.90 | key:mat | Felt leaves to nose through for a scattered breakfast. | Twenty minutes of sniffing tires many dogs more than a walk round the block.
        Lick Plate Ripple | brightwater | Small Large @8.90 * Sage, Stone | key:bowl | Ripples that make a spoonful of yoghurt last a bath. | Food-grade silicone with suckers beneath, safe in freezer and dishwasher.
        Stuff & Chew Cone | tumblejack | Small Medium Large @8.40 | | A hollow rubber cone to fill, freeze and hand over. | Two openings let it breathe while it is licked, and a bottle brush fits through.
        Rolling Log Feeder | tumblejack | @17.40 | medium large | A beech log with hidden galleries that pays by the turn. | Oiled with linseed only; three plugs set how hard it is.

        # dog-collars | dog | collar |
        Sail Loft Leather Collar | knotsworth | Small Medium Large @24.90 * Chestnut, Black | | Bridle leather with a solid brass buckle. | Cut from one length and waxed along the edge, so that it never needs lining.
        Rope Splice Collar | knotsworth | Small Medium Large @17.90 * Navy, Rust, Moss | | Climbing rope with hand-spliced ends and a brass ring. | Weighs little, dries fast, and cannot be chewed through in one afternoon.
        Ridge Webbing Collar | trailkind | Small Medium Large @12.90 * Fern, Ember, Slate | | Soft-edged webbing with a click buckle and a reflective thread. | The buckle is curved to lie flat, with a separate ring so the tag does not jingle against the lead.
        Puppy First Collar | trailkind | @8.90 * Berry, Sky | puppy | Feather-light, with room to grow eight centimetres. | The buckle opens under a firm jerk, in case a gate or a friend's tooth catches it.
        Night Walk Light Collar | trailkind | Small Large @21.90 | ~autumn ~winter | A ring of light you can see from three fields away. | Charges by USB-C in an hour, glows for eight and blinks for twenty.

        # dog-leads | dog | lead |
        Ridge Webbing Lead | trailkind | 1.2m 2m @14.90 * Fern, Ember, Slate | | A padded handle at one end, a swivel at the other. | A second handle near the clip helps at kerbs and past joggers.
        Rope Splice Lead | knotsworth | 1.2m 2m @21.90 * Navy, Rust, Moss | | The collar's rope, in lead form, with a trigger hook. | Rope this soft stays comfortable even when a squirrel has ideas.
        Sail Loft Leather Lead | knotsworth | 1.2m @34.90 * Chestnut, Black | | Bridle leather that will outlast several collars. | Plaited at both ends rather than riveted, so there is nothing to work loose.
        Recall Long Line | trailkind | 5m 10m @17.90 | | A light, mud-shedding line for learning to come back. | Coated webbing slides through wet grass and wipes clean in one pull.
        Hands-Free Trail Belt | trailkind | @38.90 | medium large | A waist belt and bungee lead for running together. | The belt rides on the hips and releases with one pull if you need it to.

        # dog-harnesses | dog | harness |
        Contour Y-Harness | trailkind | Small Medium Large @34.90 * Fern, Ember, Slate | | A Y-shaped front that leaves the shoulders free. | Five points of adjustment, so it fits a whippet as well as a staffie.
        Puppy Grow Harness | trailkind | Small Medium @21.90 * Berry, Sky | puppy | Soft mesh with straps that let out as your puppy does. | It fastens at neck and belly, so nothing has to be pulled over startled ears.
        Summit Rescue Harness | trailkind | Medium Large @69.90 | medium large giant | A padded handle that takes the whole dog's weight. | Built with a mountain rescue team: lift points on top, abrasion panels beneath.
        City Step-In Harness | knotsworth | Small Medium @29.90 * Navy, Rust | toy small | Two steps, one buckle, out of the door. | Cotton canvas outside and felt inside, light enough to forget.
        Calm Lead Front Clip | trailkind | Small Medium Large @31.90 | | Clips at the chest to turn pulling into walking. | Use the front ring while learning and the back ring when you no longer need it.

        # dog-coats | dog | coat |
        Drizzle Shell | trailkind | Small Medium Large @39.90 * Fern, Ember | ~autumn ~spring | A thin waterproof that packs into its own pocket. | Taped seams and a fleece collar that turns the rain away from the neck.
        Frost Quilt Coat | trailkind | Small Medium Large @54.90 * Slate, Rust | ~winter | Recycled down fill for thin coats and hard frosts. | Covers the chest and the belly, with a lead slot that works over a harness.
        Drying Robe | wickerfold | Small Medium Large @32.90 * Sage, Stone | ~autumn ~winter | A wearable towel for the ride home. | Loopy bamboo terry drinks up a pond while your dog naps in the boot.
        Cooling Bandana Vest | trailkind | Small Medium Large @24.90 | ~summer | Soak, wring and wear: shade you can move about in. | Evaporating water takes the heat away for about two hours of a July walk.
        Trail Booties, Four | trailkind | Small Medium Large @36.90 | ~winter ~summer | Grip and cover against salt, ice and hot pavement. | Sold in fours, with two straps each, because one strap means a lost boot.

        # dog-beds | dog | bed |
        Corner Nest | wickerfold | Small Medium Large @59.90 * Sage, Oat, Plum | | A raised rim on three sides for dogs who like to lean. | Filled with fluff from recycled bottles and covered in a brushed twill that sheds hair.
        Memory Slab | wickerfold | Medium Large @94.90 * Oat, Slate | senior | Orthopaedic foam in two firmnesses for older hips. | Ten centimetres thick, low enough to step on to, under a waterproof inner cover.
        Fireside Rug Bed | wickerfold | Small Medium Large @34.90 * Plum, Sage | ~winter | A thick flat rug that marks out whose spot it is. | Wool-rich pile above, grippy dots beneath, and a roll-up strap for holidays.
        Pond Cool Mat | wickerfold | Small Medium Large @19.90 | key:mat ~summer | A gel mat that cools by contact, no plug and no water. | It recharges in about twenty minutes of nobody lying on it.
        Travel Bedroll | trailkind | Medium Large @44.90 * Fern, Ember | ~summer | A bed that rolls up smaller than a sleeping bag. | Ripstop beneath and soft canvas above; comes with a carry strap and no complaints.

        # dog-bowls | dog | bowl |
        Stoneware Supper Bowl | brightwater | Small Medium Large @12.90 * Sage, Cream, Ink | | Heavy glazed stoneware that stays where it is put. | Lead-free glaze, unglazed foot ring, and room for a name in pencil on the base.
        Slow Maze Bowl | brightwater | Small Large @13.90 * Sage, Stone | | Ridges that turn ten seconds of dinner into ten minutes. | The maze is shallow enough for flat-faced dogs and smooth enough to rinse.
        Steel Bowl on Cork | brightwater | Small Medium Large @10.90 | | Brushed steel with a cork ring that silences it. | The cork lifts off, so the bowl can go in the dishwasher alone.
        Raised Oak Diner | brightwater | Medium Large @49.90 | large giant senior | Two steel bowls at a height that spares the neck. | Oiled oak on rubber feet; the height of the large one is thirty-two centimetres.
        Fold-Flat Trail Bowl | trailkind | 500_ml 1000_ml @9.40 | ~summer | A waxed canvas bowl that clips to a rucksack. | Stands by itself when full and dries in the wind on the way down.

        # dog-travel | dog | carrier |
        Back Seat Hammock | trailkind | @54.90 | | A quilted waterproof cover with sides for the back seat. | Slots for the belts, a window of mesh, and a non-slip base that survives sharp bends.
        Crash-Tested Car Belt | trailkind | @27.90 | key:harness | Links any Y-harness to the buckle of the car. | The webbing gives a little under load, as a climber's sling does.
        Small Dog Sling | wickerfold | @36.90 * Oat, Slate | toy small | A shoulder sling for dogs up to seven kilos. | A hook inside holds the harness, and a zipped pocket holds the bags.
        Boot Crate Collapsible | trailkind | Medium Large @89.90 | | A fabric crate with a steel frame that opens in a second. | Doors at the front, side and roof, each with a cover that rolls away.
        Picnic Water Bottle | brightwater | 350_ml 550_ml @14.90 | key:bowl ~summer | Press to pour into the leaf, release to take it back. | One hand does it all, and no drop is poured away.

        # dog-grooming | dog | brush |
        Undercoat Rake | combe | Small Large @17.90 | ~spring ~autumn | Rotating pins lift loose undercoat without cutting. | For double coats, twice a week in the moult, outdoors if you have any choice.
        Slicker Brush Soft Tip | combe | Small Large @14.90 | | Rounded pins for knots behind ears and elbows. | A cushion beneath the pins gives before the skin has to.
        Oat Milk Dog Shampoo | combe | 250ml 1000ml @9.90 | key:shampoo | Gentle oat lather for itchy or sensitive skin. | Balanced to a dog's pH, rinses out in one go, and smells of very little.
        Pond & Fox Shampoo | combe | 250ml 1000ml @10.40 | key:shampoo | For days when your dog has found the perfume of the woods. | Plant enzymes break down the smell instead of covering it with another.
        Paw Balm Beeswax | combe | 60ml 120ml @9.40 | key:supplement-jar ~winter | A barrier against salt, grit and dry heat. | Beeswax, shea and calendula; a thin coat before the walk is enough.
        Quiet Nail Grinder | combe | @34.90 | | Takes the corner off nails without the click that dogs dread. | Two speeds, a soft light, and a guard that keeps hair away.

        # dog-flea-tick | dog | spot-on | medicine ~spring ~summer
        Spot Shield for Dogs | tickward | 2-10_kg_dog 10-20_kg_dog 20-40_kg_dog @15.90 | adult | A monthly pipette against fleas and ticks, by weight of the dog. | Contains fipronil. Part the hair between the shoulder blades and empty the pipette on the skin; three pipettes to a pack.
        Ward Collar for Dogs | tickward | up_to_8_kg over_8_kg @24.90 | key:collar adult | Up to seven months of slow release against ticks and fleas. | Contains deltamethrin, which is dangerous to cats: choose another product if a cat sleeps beside your dog.
        Tick Lifter Set | tickward | @5.90 | device key:brush | Two sizes of lifter that turn a tick out, head and all. | Slide under, turn, lift; there is nothing to squeeze and nothing to burn.
        Flea Comb & Trap | tickward | @7.90 | device key:brush | A fine steel comb and a plain answer to whether it is fleas. | Comb over damp white paper: specks that turn red mean yes.

        # dog-worming | dog | dewormer-box | medicine
        Worm Clear Tablets for Dogs | tickward | 2tabs 6tabs 20tabs @9.90 | adult small medium large giant | A tablet for each ten kilos of dog against round- and tapeworm. | Contains praziquantel, pyrantel and febantel. Score lines break each tablet into exact quarters.
        Worm Clear Puppy Suspension | tickward | 50ml 100ml @12.90 | puppy | A mild liquid from two weeks of age, dosed by syringe. | Contains pyrantel and febantel. The syringe is marked in kilos rather than millilitres.
        Worm Clear Small Dog | tickward | 2tabs 6tabs @8.40 | toy small adult | Little tablets for dogs between two and ten kilos. | Contains praziquantel and pyrantel. Small enough to hide in one lump of cheese.

        # dog-supplements | dog | supplement-jar | food complementary
        Supple Stride Chews | vetiva | 60pcs 120pcs @22.90 | senior adult 290kcal joint-care | Glucosamine and mussel in a soft chew. | Rice flour, green-lipped mussel (18 %), glucosamine (12 %), glycerine, brewer's yeast
        Bright Coat Salmon Oil | fjordpaw | 250ml 500ml 1000ml @12.90 | 884kcal skin-and-coat | One pump of cold-pressed salmon oil over dinner. | Salmon oil (100 %)
        Good Gut Sachets | vetiva | 10pcs 30pcs @13.90 | 340kcal sensitive-digestion | Friendly bacteria for holidays, new food and antibiotics. | Maltodextrin, enterococcus faecium, inulin
        Calm Evening Drops | vetiva | 30ml 90ml @16.90 | key:dropper-bottle 60kcal ~winter | Valerian and L-tryptophan for fireworks and thunder. | Water, valerian extract, L-tryptophan, glycerine
        Puppy Bones Calcium | vetiva | 150g 400g @11.90 | puppy 85kcal | Measured calcium for home-cooked puppy meals. | Calcium carbonate, dicalcium phosphate, seaweed
        """;
}
