namespace PetShop.Demo.Catalogue.Sheets;

/// <summary>The category tree: "=" starts a department, "-" a group, "." a leaf with two paragraphs of advice for its products.</summary>
internal static class CategorySheet
{
    public const string Text = """
        = dog | Dogs | From the first collar to the last slow walk.
        - dog-food | Food & treats | What goes in the bowl, the pocket and the long gaps of the day.
        . dog-dry-food | Dry food | Complete kibble by age, size and sensitivity. | Change over a week: a quarter of the new food at first, half by day three, all of it by day seven. | Keep the bag closed and cool, and leave the food in it; the date and batch are there when you need them.
        . dog-wet-food | Wet food | Tins and pouches, cooked gently. | Serve at room temperature. An opened tin keeps for two days in the fridge with a lid on. | Mixing with kibble? Leave out about 30 g of kibble for each 100 g of wet food.
        . dog-raw-food | Raw & air-dried | Raw meals and air-dried rolls for those who feed the older way. | Thaw in the fridge overnight, serve the same day and wash bowl and hands as you would after cooking. | Start with one meat for two weeks before you add a second, so that you learn what suits.
        . dog-training-treats | Training treats | Small, soft and quickly swallowed. | Take the day's treats off the day's dinner; a tenth of the calories is a good limit. | Reward within a second of the right answer. Size hardly matters to a dog; timing does.
        . dog-chews | Chews | Natural chews for busy jaws. | Choose a chew longer than your dog's muzzle is wide, and take away the last piece. | Chewing calms. Ten minutes in the evening often does more than another walk.
        . dog-dental-treats | Dental care | Sticks, powders and floss for clean teeth. | Nothing replaces the brush, but a daily chew slows tartar where teeth meet. | Give it after the main meal, with water at hand.
        - dog-play | Play | For paws, jaws and clever noses.
        . dog-balls | Balls & throwers | To fetch, float and fight over. | Pick a ball that cannot pass behind the back teeth; when in doubt, go one size up. | Warm up with a walk before long throws, and stop while your dog still wants one more.
        . dog-rope-toys | Rope & tug | For two players. | Keep tug low and side to side; young necks should not be lifted. | Trim loose threads and retire a rope that has come apart.
        . dog-plush-toys | Soft toys | To carry, cuddle and unstuff. | Wash at 30 degrees in a pillowcase and dry in air. | For dogs who carry rather than shred; look it over now and then for loose seams.
        . dog-puzzle-toys | Puzzles & feeders | Supper that has to be earned. | Begin easy, help with a finger, and make it harder when it becomes dull. | Use part of the daily ration, so that thinking does not lead to rounding.
        - dog-walk | Walking | Collars, leads and coats.
        . dog-collars | Collars | From first collar to night light. | Two fingers should slip under it. Check weekly on a growing dog. | Measure where the collar will sit, then choose the size whose middle you hit.
        . dog-leads | Leads | Short, long and hands-free. | Check hook and stitching now and then, above all after a lunge. | Rinse off salt and sand with clear water, dry in the shade.
        . dog-harnesses | Harnesses | For free shoulders and calm walks. | Measure round the widest part of the chest and choose the size you fall in the middle of. | Take it off for naps; coats need air, and so do armpits.
        . dog-coats | Coats & boots | Against rain, frost and July. | Measure from the base of the neck to the base of the tail, along the back. | Wash without softener, which clogs what keeps rain out.
        - dog-home | At home | Beds, bowls and travel.
        . dog-beds | Beds | For curlers, sprawlers and leaners. | Measure your dog asleep and add twenty centimetres. | A bed belongs where your dog can see you and nobody trips over it.
        . dog-bowls | Bowls | Steel, stoneware and slow feeders. | Wash food bowls daily; the film you can feel is what makes them smell. | A bowl should be as wide as the ears are far apart, roughly.
        . dog-travel | Travel | For car, train and trail. | Let your dog sniff, then eat in it, and only then drive. | Stop every two hours, for both of you.
        - dog-care | Care & health | Grooming, parasites and supplements.
        . dog-grooming | Grooming | Brushes, washes and balms. | Brush before you bathe: water turns a tangle into felt. | End with something good, and the brush will be greeted with a wag.
        . dog-flea-tick | Flea & tick | Protection for dogs only. | Treat every dog in the home, and wash bedding at 60 degrees on the same day. | Search ears, armpits and groin for ticks after each walk in long grass.
        . dog-worming | Worming | By weight and age, for dogs. | Most adult dogs need it four times a year; your vet may advise more, or testing instead. | Note the date. A reminder costs nothing and worms are easily forgotten.
        . dog-supplements | Supplements | Joints, coat, gut and nerves. | Give it six weeks before you judge, and start with half for three days. | A complete food needs no extras for a healthy dog; use these for a reason.
        = cat | Cats | For those who let us live with them.
        - cat-food | Food & treats | For hunters, grazers and critics.
        . cat-dry-food | Dry food | Complete biscuits by age and need. | Weigh the daily portion: a heaped scoop hides a fifth too much. | Offer water away from the food; cats drink more when the two stand apart.
        . cat-wet-food | Wet food | Tins, pouches and little dishes. | Wet food covers much of a cat's thirst, which kidneys are thankful for. | Warm it for ten seconds if it comes from the fridge.
        . cat-treats | Treats | Small bribes. | Three or four pieces a day are enough for a four-kilo cat. | Use them for the basket, the brush and the comb, and each will be forgiven.
        - cat-toilet | Litter | Everything for the quiet corner.
        . cat-litter | Litter | Clay, wood, corn and pearls. | When you change the kind, mix it in over ten days; cats are conservative. | Seven centimetres deep, scooped daily, changed fully once a month.
        . cat-litter-trays | Trays & tools | Trays, scoops and mats. | One tray a cat and one to spare, in different rooms. | It should be one and a half times as long as your cat, without the tail.
        - cat-play | Play & scratch | Hunting without casualties.
        . cat-wand-toys | Wands | Flying, fleeing and fluttering. | Play in short hunts and let your cat win the last one. | Put wands away after play; strings and cats should not be left alone.
        . cat-small-toys | Mice, balls & tunnels | To bat, carry and lose. | Rotate: five toys out, five in a box with catnip. | Look for loose parts now and then; what comes off gets swallowed.
        . cat-scratching-posts | Scratching & climbing | Posts, trees and walls. | Put it where scratching already happens, and move it later by a hand a day. | A post must be tall enough to stretch and too heavy to wobble.
        - cat-home | At home | Sleep, water and travel.
        . cat-beds | Beds & perches | Warm, high or hidden. | Put in a worn jumper for the first week. | Cats choose height and back cover; the corner of a shelf beats the middle of a room.
        . cat-bowls-fountains | Bowls & fountains | Wide rims and moving water. | Wash it daily with hot water; plastic holds smells, ceramic does not. | Place it where your cat can see the door while it eats or drinks.
        . cat-carriers | Carriers & collars | For the road and the garden. | Leave it open in the living room all week, with a blanket and a treat. | Practise with the door open first, then closed, then carried.
        - cat-care | Care & health | Combs, parasites, supplements.
        . cat-grooming | Grooming | Soft brushes and sharp combs. | A minute a day in the direction of the coat, before dinner. | Stop at the first twitch of the tail and finish tomorrow.
        . cat-flea-tick | Flea & tick | Protection made for cats. | Never use a dog product on a cat: some contain permethrin, which can kill. | Treat the home too; most of the fleas are in the carpet.
        . cat-worming | Worming | For hunters and sofa cats. | Hunters need it every three months, indoor cats once or twice a year; ask your vet. | Give it with a treat and stay near for a few minutes.
        . cat-supplements | Supplements | Coat, kidneys, nerves. | Start with a little, mixed in wet food. | If your cat drinks more, eats less or hides, see the vet before you shop.
        = small-pets | Small pets | Rabbits, guinea pigs, hamsters and friends.
        - small-pet-food | Food | Hay first.
        . rabbit-food | Rabbit food | Nuggets for those who live on hay. | An egg-cup a day is plenty; four fifths of the diet is hay. | Change over two weeks: a rabbit's gut likes routine.
        . guinea-pig-food | Guinea pig food | With the vitamin C they need. | Two tablespoons for each animal, daily, beside endless hay. | Vitamin C fades: use an open bag within six weeks.
        . rodent-food | Hamster, rat & chinchilla food | Made for each species. | A tablespoon a day for a golden hamster, scattered rather than bowled. | Check the larder before topping up: full pouches tell no truth.
        . small-pet-hay | Hay | Cut late, dried slowly. | A bundle as large as the animal, each day, always fresh. | Store it in the paper bag, airy and dark; never in plastic.
        . small-pet-treats | Treats & gnaws | Leaves, blossom and sticks. | A pinch a day is a treat, a handful is a meal. | Introduce one new plant at a time.
        - small-pet-living | Living | Homes and what goes inside.
        . small-pet-homes | Homes & runs | Space first. | Read the floor size and not the volume: small pets live on the ground. | Stand it out of draughts and sun, with the back to a wall.
        . small-pet-bedding | Bedding & litter | Aspen, hemp, paper. | Deep is good: a hamster wants thirty centimetres at one end. | Change a third at a time, so that it still smells like home.
        . small-pet-hideouts | Hideouts & play | Tunnels, cottages and wheels. | One hide each, and one over. | Wood will be gnawed. That is what it is for.
        . small-pet-care | Care | Combs, claws and sand. | Work on a towel on the floor: nobody falls, nobody slips. | A rabbit that does not eat for twelve hours is an emergency; call your vet.
        = birds | Birds | In the living room and in the garden.
        - bird-feeding | Feeding | Seed, pellets and garden food.
        . bird-seed | Cage bird food | Mixed for one species each. | Blow off the husks each day: a bowl can look full and be empty. | Offer greens beside it, and fresh water twice a day in summer.
        . wild-bird-food | Garden bird food | Seed, suet and nuts. | Little and daily beats a mountain on Sunday. | Keep the spot clean and move it now and then.
        . bird-treats | Treats & moult food | Sprays, bars and egg food. | From the hand first, from the clip later. | Keep it under a tenth of the day's food.
        - bird-living | Living | Cages, perches, feeders.
        . bird-cages | Cages | Wider than tall. | Place it at eye level with one side to a wall. | The cage is a bedroom: plan for some free flight each day.
        . bird-perches-toys | Perches & toys | Work for feet and beak. | Vary the thickness; equal perches make sore feet. | Swap a toy each week, and leave a favourite.
        . garden-bird-feeders | Feeders & nest boxes | For the garden. | Two metres from a bush: near enough to flee, too far to pounce. | Brush it out with hot water every fortnight.
        . bird-care | Grit & care | Sand, minerals, vitamins. | Offer it in a dish of its own; birds know how much they need. | Change sand weekly and look at the droppings, which tell you a lot.
        = fish | Fish | From nano cube to koi pond.
        - fish-feeding | Feeding | Little jars, right amounts.
        . fish-food | Aquarium food | Flakes, granules, wafers. | Once or twice a day, what they eat in two minutes. One day a week without does no harm. | Close the jar at once and use it up within three months of opening.
        . pond-food | Pond food | By the season. | Feed by water temperature: wheat germ below fifteen degrees, protein above, nothing under eight. | Take out what floats after five minutes.
        - fish-tank | Aquarium | Tanks and technology.
        . aquariums | Aquariums | Sets for starters and planners. | Let it run for three to four weeks before the first fish; test, do not guess. | Water weighs a kilo a litre: check the floor and use a proper stand.
        . aquarium-filters | Filters & air | Clear water, low noise. | Choose one that turns the tank over about three times an hour. | Rinse media in tank water, half at a time.
        . aquarium-heat-light | Heating & lighting | Steady days, steady degrees. | Unplug it before your hands go in the water. | Eight hours of light are enough; algae thank you for more.
        . aquarium-decor | Roots, stone & plants | A streambed indoors. | Rinse in hot water without soap. | Leave open water in front and hiding places behind.
        . water-care | Water care | Tests and conditioners. | A third of the water each week does more than any bottle. | Dose by the true volume: a 100-litre tank with gravel holds about 85.
        = reptiles | Reptiles | Warm stones and steady light.
        - reptile-living | Living | Homes, heat and ground.
        . reptile-food | Food | Leaves and insects. | Dust insects with calcium; offer leaves in the morning. | Gut-load feeder insects for a day before you serve them.
        . terrariums | Terrariums | Made for one species each. | A warm end and a cool end matter more than size alone. | Run it for three days empty and read the thermometers.
        . reptile-light-heat | Light & heat | UVB, basking spots, mats. | Keep the distance printed on the box, and put a guard where an animal could touch. | Twelve hours on, twelve off; a timer is kinder than good intentions.
        . reptile-decor-substrate | Ground & decor | Sand, bark, hides. | Match the ground to the animal: what is right for a gecko is wrong for a tortoise. | Remove soiled spots at once and replace all of it every few months.
        . reptile-care | Care | Calcium and small helpers. | Wash hands after every visit: reptiles can carry salmonella. | Weigh weekly and write it down.
        = horse | Horses | For stable, field and Sunday ride.
        - horse-feeding | Feeding | Forage first.
        . horse-feed | Feed | Muesli, cubes and mash. | Hay first: one and a half to two kilos per hundred kilos of horse and day. | Change over ten days, and split more than two kilos into two meals.
        . horse-treats | Treats & licks | For good manners. | A handful after work, from a flat hand or a bucket. | Count them in if your horse is on a diet.
        . horse-supplements | Supplements | Hooves, joints, stomach. | Feed for at least two months before you judge: hooves grow a centimetre in that time. | Check with your federation before a competition.
        - horse-care | Care | Brushes, flies and worms.
        . horse-grooming | Grooming | For coat, hoof and mane. | From front to back, on both sides, and start where your horse likes it. | Own brushes for each horse keep skin trouble where it is.
        . horse-fly-care | Fly protection | Rugs, masks and sprays. | Start before the first warm evening. | Take masks and rugs off daily and look beneath.
        . horse-worming | Worming | Pastes by body weight. | Count eggs first: most adult horses need less than they get. | Use a weight tape; an underdose breeds resistance.
        - horse-tack | Tack & rugs | For the horse and its stable.
        . horse-halters-leads | Halters & leads | Leather, webbing and rope. | Two fingers under the noseband, two under the throat. | Never turn out in a halter that does not break.
        . horse-rugs-pads | Rugs & pads | Weather and saddle. | Measure from the middle of the chest to the end of the flank. | Look under it daily and leave it off when you can.
        . horse-stable | Stable | Buckets, nets, mangers. | Hang it at chest height, with nothing sharp around it. | Rinse daily; sour feed puts off clever horses.
        """;
}
