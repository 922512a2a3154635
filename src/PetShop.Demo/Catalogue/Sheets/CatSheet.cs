namespace PetShop.Demo.Catalogue.Sheets;

/// <summary>Everything for cats. The format is explained at <see cref="SheetReader"/>.</summary>
internal static class CatSheet
{
    public const string Text = """
        # cat-dry-food | cat | kibble-bag | food complete
        Everyday Chicken | purrington | 1.5kg 4kg 10kg @8.90 | adult 368kcal | Good plain chicken biscuits for good plain Tuesdays. | Dried chicken (26 %), maize, rice, chicken fat, beet pulp, brewer's yeast, taurine, minerals
        Everyday Salmon | purrington | 1.5kg 4kg 10kg @9.20 | adult 366kcal | The everyday biscuit with salmon for the fish-minded. | Dried salmon (24 %), maize, rice, salmon oil, beet pulp, taurine, minerals
        Indoor Ease Chicken & Fibre | purrington | 1.5kg 4kg 10kg @9.90 | adult 342kcal hairball sterilised | Fewer calories and more fibre for cats whose hunting ground is the sofa. | Dried chicken (28 %), rice, cellulose, beet pulp, chicken fat, psyllium, taurine, minerals
        Kitten Everyday Chicken & Milk | purrington | 750g 2kg 4kg @5.90 | kitten 402kcal | Tiny biscuits with chicken and milk for the wobbly months. | Dried chicken (31 %), rice, chicken fat, milk powder, egg powder, taurine, minerals
        Hedge Hunter Duck | bramblewick | 750g 2kg 5kg @11.40 | adult 392kcal grain-free single-protein high-protein | Sixty parts duck, no grain, and a hint of catnip. | Dried duck (48 %), pea protein, sweet potato, duck fat, catnip, taurine, minerals
        Hedge Hunter Turkey & Cranberry | bramblewick | 750g 2kg 5kg @11.20 | adult sterilised 354kcal grain-free single-protein | Lean turkey for neutered cats who would like seconds. | Dried turkey (46 %), peas, sweet potato, cranberry, chicory, taurine, minerals
        Hedge Kitten Turkey | bramblewick | 750g 2kg @11.60 | kitten 408kcal grain-free single-protein | Turkey and algae oil for small hunters in training. | Dried turkey (49 %), sweet potato, turkey fat, algae oil, taurine, minerals
        Quayside Salmon & Trout | fjordpaw | 750g 2kg 5kg @11.90 | adult 386kcal grain-free skin-and-coat | Salmon and trout, for cats who wait at the kitchen tap. | Dried salmon (34 %), dried trout (10 %), potato, salmon oil, kelp, taurine, minerals
        Quayside Kitten Herring | fjordpaw | 750g 2kg @11.40 | kitten 404kcal skin-and-coat | Oily herring in pieces a kitten can carry off. | Dried herring (38 %), oats, herring oil, egg powder, taurine, minerals
        Silver Paws Senior White Fish | fjordpaw | 750g 2kg 5kg @11.20 | senior 362kcal joint-care | Low in phosphorus, high in comfort, for cats from ten years up. | Dried whitefish (36 %), potato, oats, salmon oil, green-lipped mussel, taurine, minerals
        Clear Stream Urinary | vetiva | 1.5kg 3kg 7kg @21.90 | adult 372kcal urinary | Controlled minerals and more thirst, for cats with sensitive bladders. | Dried turkey (30 %), rice, maize gluten, turkey fat, salt, cranberry, taurine, minerals
        Light Paw Weight Care | vetiva | 1.5kg 3kg 7kg @20.90 | adult 312kcal weight-control sterilised | For the cat whose collar was let out twice. | Dried turkey (38 %), cellulose, barley, psyllium, L-carnitine, taurine, minerals
        Single Note Rabbit & Pea | vetiva | 1.5kg 3kg @22.40 | adult 374kcal hypoallergenic single-protein grain-free sensitive-digestion | One uncommon meat for cats who react to the common ones. | Dried rabbit (40 %), peas, pea starch, sunflower oil, taurine, minerals

        # cat-wet-food | cat | can | food complete
        Everyday Tin Chicken in Gravy | purrington | 400g 6x400g 12x400g @1.69 | adult 82kcal | Chunks in gravy, in a tin that feeds two. | Chicken (32 %), chicken broth, pork liver, wheat flour, taurine, minerals
        Everyday Tin Ocean Fish | purrington | 400g 6x400g 12x400g @1.79 | adult 79kcal | Mixed white fish in a light jelly. | Whitefish (30 %), fish broth, tuna (4 %), rice flour, taurine, minerals
        Everyday Pouch Beef in Jelly | purrington | 85g 12x85g 48x85g @0.69 | key:pouch adult 81kcal | The pouch by the box, for cats who eat at seven sharp. | Beef (34 %), beef broth, beef liver, agar, taurine, minerals
        Dish No. 1 Chicken & Saffron Broth | sable-and-thyme | 70g 8x70g 24x70g @1.79 | key:pouch adult 74kcal grain-free | Hand-torn breast in a golden broth. | Chicken breast (55 %), chicken broth, saffron, taurine, minerals
        Dish No. 2 Tuna & Prawn | sable-and-thyme | 70g 8x70g 24x70g @1.99 | key:pouch adult 71kcal grain-free | Pole-caught tuna with three prawns, counted. | Tuna (52 %), prawn (6 %), fish broth, taurine, minerals
        Dish No. 3 Duck & Orange Thyme | sable-and-thyme | 70g 8x70g 24x70g @1.99 | key:pouch adult 83kcal grain-free single-protein | Duck shredded by hand, in a thyme-scented glaze. | Duck (50 %), duck broth, tapioca, thyme, taurine, minerals
        Dish No. 4 Quail Mousse | sable-and-thyme | 70g 8x70g @2.19 | key:pouch senior adult 92kcal grain-free | So soft that it hardly needs teeth. | Quail (48 %), quail broth, quail egg, taurine, minerals
        Kitten Mousse Chicken & Cream | sable-and-thyme | 70g 8x70g 24x70g @1.89 | key:pouch kitten 104kcal | Whipped chicken with a little cream for first spoonfuls. | Chicken (49 %), chicken broth, cream (4 %), egg, taurine, minerals
        Harbour Cat Salmon Flakes | fjordpaw | 185g 6x185g 12x185g @2.39 | adult 94kcal grain-free skin-and-coat | Big flakes of salmon with nothing between them. | Salmon (62 %), fish broth, salmon oil, taurine, minerals
        Harbour Kitten Cod & Milk | fjordpaw | 185g 6x185g @2.49 | kitten 98kcal | Mild cod in a milky sauce. | Cod (54 %), fish broth, milk powder, salmon oil, taurine, minerals
        Pure Pot Rabbit for Cats | bramblewick | 200g 6x200g 12x200g @2.89 | adult 101kcal grain-free single-protein hypoallergenic | One wild meat, served as a pâté. | Rabbit (68 %), rabbit broth, cranberry, sunflower oil, taurine, minerals
        Clear Stream Urinary Pouch | vetiva | 85g 12x85g @1.69 | key:pouch adult 84kcal urinary | The wet half of a bladder-friendly day. | Turkey (42 %), turkey broth, rice flour, cranberry, taurine, minerals
        Light Paw Pouch | vetiva | 85g 12x85g @1.65 | key:pouch adult 62kcal weight-control sterilised | A whole pouch for fifty calories and a bit. | Turkey (36 %), turkey broth, cellulose, pumpkin, taurine, minerals

        # cat-treats | cat | treat-bag | food complementary
        Paper Bag Chicken Cubes | sable-and-thyme | 40g 120g @4.90 | 402kcal grain-free high-protein | Freeze-dried breast; shake the bag once. | Chicken breast (100 %)
        Prawn Curls | sable-and-thyme | 25g 75g @5.40 | 345kcal grain-free | Whole freeze-dried prawns that crunch like crisps. | Prawn (100 %)
        Lick Stick Tuna | purrington | 6pcs 30pcs @2.90 | key:pouch 68kcal | A creamy stick to squeeze, lick by lick. | Tuna (48 %), fish broth, tapioca, taurine
        Lick Stick Chicken | purrington | 6pcs 30pcs @2.90 | key:pouch 72kcal | The chicken stick for making friends with shy cats. | Chicken (50 %), chicken broth, tapioca, taurine
        Crunch Pillows Cheese & Malt | purrington | 60g 200g @1.99 | 388kcal hairball | Crisp outside, malt paste inside, for cats in the moult. | Wheat flour, chicken meal, malt extract (12 %), cheese (4 %), chicken fat
        Dental Crunch for Cats | vetiva | 60g 180g @4.20 | 336kcal dental | Large, porous biscuits that make cats chew. | Rice flour, turkey meal, cellulose, seaweed, taurine
        Catnip & Silver Vine Sticks | whiskerlane | 5pcs 15pcs @4.40 | key:chew vegetarian 20kcal dental | Twigs that clean teeth and remove all dignity. | Silver vine wood (98 %), catnip

        # cat-litter | cat | litter-bag |
        Fine Clay Clumping | pebblepan | 6kg 12kg 24kg @7.90 | | Tight clumps, low dust, no perfume. | Bentonite granules as fine as coarse sand, which most cats prefer under their feet.
        Wood Whisper Pellets | pebblepan | 4kg 8kg 20kg @6.40 | | Spruce offcuts that smell of the forest and then of nothing. | Falls apart into sawdust when wet; one bag lasts one cat about a month.
        Tofu Clump Green Tea | pebblepan | 3kg 7kg 14kg @9.90 | | Plant pellets that clump and flush a little at a time. | Made of pea fibre and a trace of green tea; stays out of paws and off the stairs.
        Silica Pearls | pebblepan | 2kg 5kg @8.90 | | Four weeks of pearls that drink and do not clump. | Stir daily and scoop solids; change the lot when the pearls turn yellow.
        Corn Cloud Clumping | purrington | 3kg 7kg 14kg @8.40 | | Featherlight corn that clumps like clay. | Weighs half as much on the stairs, and the used clumps may go in the garden waste.
        Kitten Soft Paper Litter | purrington | 3kg 8kg @6.90 | kitten | Non-clumping paper, safe if a kitten tastes it. | Soft enough for new paws and after operations; pale, so that you can see what you need to.

        # cat-litter-trays | cat | litter-tray |
        Low Step Tray | pebblepan | Medium Large @12.90 * Slate, Sand | kitten senior | A cut-away front for short or stiff legs. | High at the back, low at the door, and smooth inside so that nothing sticks in a corner.
        Lighthouse Top-Entry | pebblepan | @39.90 * Slate, Sand | adult | The hole is in the lid, and the litter stays below it. | Ridges on the lid comb the paws on the way out.
        Hooded Tray with Charcoal | pebblepan | Medium Large @29.90 | adult | Privacy for the cat, a charcoal filter for everyone else. | The front half lifts right off, so cleaning does not mean crawling.
        Sifting Tray Trio | pebblepan | @24.90 | | Lift, shake, done: three nested trays and no scoop. | For pellets and clumping litter; the two solid trays take turns.
        Metal Scoop with Stand | pebblepan | @9.90 | | A scoop that does not bend, in a stand that does not drip. | Slots are cut for fine clay on one side and for pellets on the other.
        Paw Catcher Mat | pebblepan | Medium Large @16.90 | key:mat | A honeycomb doormat that returns the litter. | Open it like a book and pour what it caught back in the tray.

        # cat-wand-toys | cat | wand-toy |
        Kingfisher Wand | whiskerlane | @9.90 | | Real guinea-fowl feathers on a line that whirrs. | The lure spins as it flies; refills snap on without a knot.
        Velvet Snake Wand | whiskerlane | @8.40 | | A metre of velvet that slithers round door frames. | No hook, no feather and no bell: the quiet one for late evenings.
        Long Reach Rod | whiskerlane | @12.40 | | A two-part rod that exercises the cat and spares the armchair. | Glass fibre with a cork grip, long enough to play from the sofa.
        Lure Refill Trio | whiskerlane | @6.90 | | Moth, beetle and sparrow for any of our wands. | They clip on to the same ring, and go back in the tin when the game is done.

        # cat-small-toys | cat | toy-mouse |
        Felt Mice, Family of Five | whiskerlane | @7.90 | | Wool-felt mice in five greys, one of which is always missing. | Stuffed with wool and a pinch of catnip; the tails are stitched through and through.
        Valerian Cushion | whiskerlane | @6.40 | key:plush | For the one cat in three whom catnip leaves cold. | A palm-sized cushion with dried valerian root; keep it in its jar between parties.
        Crackle Tunnel | whiskerlane | 90cm 130cm @17.90 | key:hideout | A spring tunnel that rustles at every paw. | Folds flat with two ties, opens with a leap, and has a spyhole half-way.
        Puzzle Box with Nine Holes | whiskerlane | @19.90 | key:puzzle-toy | A birch box that asks cats to fish for their supper. | Fill it with kibble, balls or both; one side has larger holes for beginners.
        Cork Chaser Balls | whiskerlane | 3pcs 6pcs @5.40 | key:ball | Balls of natural cork that are light, quiet and good to carry. | They skitter on wood, bounce on stairs and do no harm to a piano.
        Catnip Kicker Trout | whiskerlane | @9.40 | key:plush | A forearm-long trout to hug and kick. | Tightly woven cotton holds up to hind claws, with organic catnip inside.

        # cat-scratching-posts | cat | scratching-post |
        Bollard Sisal Post | clawford | 60cm 90cm @39.90 | | A thick post tall enough for a proper stretch. | Sisal rope is wound by hand on to a beech core and screwed to a base of eight kilos.
        Harbour Tree | clawford | 120cm 160cm @89.90 * Oat, Slate | | Two decks, a den and a crow's nest. | Every part comes off with the same key, and every part is sold as a spare.
        Window Wedge | clawford | @29.90 | | A sloping cardboard lounge that forgives claws. | Corrugated card from recycled boxes; turn it over when the first side is in ribbons.
        Wall Steps, Set of Three | clawford | @64.90 | | A staircase for cats on the wall above your sofa. | Birch ply with felt treads; holds fifteen kilos a step when screwed into brick.
        Corner Saver Panel | clawford | Medium Large @24.90 | | A sisal panel for the one corner of the sofa. | It wraps round the arm and is held down by the sofa's own weight.
        Cat Barrel Hideaway | clawford | 70cm 100cm @99.90 | key:hideout adult | A sisal-covered barrel with three floors. | Stable enough for a Maine Coon at full gallop, with cushions that go in the wash.

        # cat-beds | cat | bed |
        Felt Cave | wickerfold | Medium Large @44.90 * Oat, Plum, Slate | | A seamless cave of merino felt. | Push the roof in and it becomes a bowl; cats seem to have a view on which.
        Radiator Hammock | wickerfold | @27.90 | ~winter | Hooks on to the radiator, warms from below. | The frame adjusts to most panels, and the fleece unbuttons for washing.
        Sunday Cushion | wickerfold | Medium Large @29.90 * Sage, Plum | | Deep, round and filled until it sighs. | A buckwheat layer keeps its shape under the usual kneading.
        Window Perch | clawford | @34.90 | key:perch | A seat at the window held up by four strong suckers. | Tested to twelve kilos on clean glass; wipe, wet, press and wait an hour.
        Warm Pad Self-Heating | wickerfold | @19.90 | key:mat senior ~winter | Reflects a cat's own warmth, no cable needed. | A thin foil layer inside does the work, and it does not crackle.

        # cat-bowls-fountains | cat | bowl |
        Whisker-Wide Dish | brightwater | 2pcs 4pcs @14.90 | | A shallow plate that whiskers never touch. | Matt stoneware with a rim just high enough to stop a sliding pouch.
        Trickle Fountain | brightwater | 1.5_litres 2.5_litres @39.90 | key:fountain | A quiet ceramic spring for cats who ignore still water. | The pump hums below twenty-five decibels and stops when the water runs low.
        Trickle Fountain Filters | brightwater | 3pcs 6pcs @9.90 | key:filter | Charcoal and foam for the Trickle Fountain. | Change each month; write the date on the tab with any pencil.
        Chip Feeder | brightwater | @79.90 | key:feeder | Opens for one cat's microchip and for nobody else. | For households with one diet cat and one opportunist; learns up to thirty chips.
        Tilted Ceramic Bowl | brightwater | Small Large @12.40 * Cream, Ink | | Leans towards flat faces and older necks. | Fifteen degrees of tilt and a heavy foot, so it stays where it stands.

        # cat-carriers | cat | carrier |
        Top & Front Carrier | trailkind | Medium Large @39.90 * Slate, Fern | | Opens above as well, so the vet can work in the basket. | The two halves come apart with four clips, and a towel fits between them.
        Weekend Cat Rucksack | trailkind | @59.90 | | A ventilated rucksack with a roof that unzips. | The back panel is stiff, the floor is padded, and a short leash clips inside.
        Soft Tote Carrier | wickerfold | @49.90 * Oat, Plum | | A felt tote that can live in the hall as a bed. | Cats travel better in something that already smells of home.
        Safety Collar with Bell | whiskerlane | @6.90 * Coral, Mint, Ink | key:collar | A buckle that lets go when a branch does not. | Elastic-free, reflective, and the bell unscrews if your birds can look after themselves.

        # cat-grooming | cat | brush |
        Soft Moult Brush | combe | @12.90 | ~spring ~autumn | Rubber fingers that feel like a stroke and work like a rake. | For short coats, wet or dry; the hair comes off in one felt.
        Long Coat Comb | combe | @9.90 | | Two spacings of rounded teeth for silky coats. | Wide teeth first, fine teeth after, and stop while everyone is still friends.
        Knot Cutter | combe | @13.40 | | Guarded blades that open a mat without pulling. | The points are blunt, so the skin under a knot is safe.
        Waterless Foam Wash | combe | 150ml 400ml @9.40 | key:shampoo | A rinse-free foam for cats who have seen the bath and declined. | Rub in, comb through, leave to dry; safe to lick after.
        Claw Clipper with Guide | combe | @8.90 | | A small guillotine with a stop at two millimetres. | Take the tip and no more; the guide keeps you away from the quick.

        # cat-flea-tick | cat | spot-on | medicine ~spring ~summer
        Spot Shield for Cats | tickward | 3pcs 6pcs @14.90 | adult | A monthly pipette against fleas and ticks, made for cats. | Contains fipronil in a dose for cats from one kilo. Put it on the skin at the base of the skull.
        Ward Collar for Cats | tickward | @22.90 | key:collar adult | A safety-release collar with eight months' protection. | Contains imidacloprid and flumethrin. It opens if a cat is caught by it.
        Home Spray Barrier | tickward | 250ml 500ml @12.40 | device key:dropper-bottle | A silicone film for carpets, sofas and skirting boards. | Works physically and not chemically: fleas stick and dry out. Air the room before the cat returns.

        # cat-worming | cat | dewormer-box | medicine
        Worm Clear Tablets for Cats | tickward | 2tabs 4tabs @9.40 | adult | One small coated tablet for four kilos of cat. | Contains praziquantel and pyrantel. The coating hides the taste for as long as most cats take to swallow.
        Worm Clear Spot-On for Cats | tickward | 2pcs 4pcs @13.90 | key:spot-on adult | For cats who can find a tablet in anything. | Contains emodepside and praziquantel. Part the hair at the neck and empty the pipette on the skin.
        Worm Clear Kitten Paste | tickward | 10ml @8.90 | kitten | A mild paste from three weeks of age. | Contains pyrantel. Each click of the syringe is half a kilo of kitten.

        # cat-supplements | cat | supplement-jar | food complementary
        Malt Paste Hairball | vetiva | 50g 100g @6.90 | 310kcal hairball | A finger's width of malt to keep hair moving. | Malt extract (42 %), sunflower oil, cellulose, brewer's yeast
        Omega Drops for Cats | fjordpaw | 50ml 150ml @9.90 | key:dropper-bottle 884kcal skin-and-coat | Cold-pressed fish oil in a bottle that counts for you. | Anchovy fish oil (100 %)
        Cat Calm Bites | vetiva | 30pcs 60pcs @11.90 | 345kcal | Milk peptide and L-theanine for moves, guests and baskets. | Rice flour, milk protein hydrolysate (6 %), turkey meal, L-theanine
        Kidney Ease Powder | vetiva | 50g 150g @17.90 | senior 90kcal | Binds phosphate in the food of older cats; ask your vet first. | Calcium carbonate, chitosan, cellulose
        """;
}
