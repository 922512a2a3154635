namespace PetShop.Demo.Catalogue.Sheets;

/// <summary>Dog food and treats. The format is explained at <see cref="SheetReader"/>.</summary>
internal static class DogFoodSheet
{
    public const string Text = """
        # dog-dry-food | dog | kibble-bag | food complete
        Mill Day Chicken & Barley | hartwell | 2kg 6kg 12kg @10.90 | adult 362kcal | The plain, good bag: chicken, barley and a little linseed for the coat. | Dried chicken (24 %), barley, brown rice, chicken fat, beet pulp, linseed, brewer's yeast, minerals
        Mill Day Beef & Oats | hartwell | 2kg 6kg 12kg @11.20 | adult 358kcal | Beef and whole oats for dogs who work up an honest appetite. | Dried beef (22 %), oats, barley, beef fat, peas, linseed, carrot, minerals
        First Paws Puppy Chicken | hartwell | 1kg 3kg 10kg @7.40 | puppy 392kcal | Small crunchy rounds with chicken and rice for the first busy year. | Dried chicken (28 %), brown rice, chicken fat, oats, egg powder, salmon oil, beet pulp, minerals
        Slow Walks Senior Chicken & Rice | hartwell | 2kg 6kg 12kg @11.90 | senior 338kcal joint-care | Fewer calories, softer pieces and green-lipped mussel for older joints. | Dried chicken (21 %), brown rice, oats, peas, green-lipped mussel (0.5 %), chicken fat, chicory, minerals
        Field Trial Active Beef | hartwell | 5kg 12kg @24.90 | adult medium large 412kcal high-protein | High energy for sled, scent and field dogs in season. | Dried beef (30 %), brown rice, beef fat, maize, egg powder, salmon oil, minerals
        Hedgerow Duck & Blackberry | bramblewick | 2kg 6kg 12kg @17.40 | adult 376kcal grain-free single-protein | Duck as the only meat, sweet potato for slow energy, and berries because dogs like them. | Dried duck (32 %), sweet potato, peas, duck fat, blackberry, apple, linseed, minerals
        Hedgerow Lamb & Rosehip | bramblewick | 2kg 6kg 12kg @17.90 | adult 371kcal grain-free single-protein | Pasture lamb and rosehip in a bag without a grain in it. | Dried lamb (31 %), potato, peas, lamb fat, rosehip, carrot, chicory, minerals
        Hedgerow Puppy Turkey & Bilberry | bramblewick | 1kg 3kg 10kg @10.40 | puppy 398kcal grain-free single-protein | Gentle turkey for growing bones, with bilberry and no grain. | Dried turkey (34 %), sweet potato, peas, turkey fat, bilberry, algae oil, minerals
        Bramble Small Breed Venison | bramblewick | 1kg 3kg 7kg @11.20 | adult toy small 388kcal grain-free single-protein | Pea-sized kibble with venison for small mouths and grand tastes. | Dried venison (30 %), sweet potato, chickpeas, sunflower oil, blackberry, linseed, minerals
        Day Boat Salmon & Potato | fjordpaw | 2kg 6kg 12kg @17.90 | adult 374kcal grain-free skin-and-coat | Salmon in every piece, and the shine to prove it. | Dried salmon (33 %), potato, peas, salmon oil, kelp, cranberry, minerals
        Day Boat Puppy Salmon | fjordpaw | 1kg 3kg 10kg @10.90 | puppy 396kcal skin-and-coat | Salmon and oats for puppies, rich in the oils that growing brains use. | Dried salmon (32 %), oats, potato, salmon oil, kelp, egg powder, minerals
        Harbour Herring & Oats | fjordpaw | 2kg 6kg 12kg @15.90 | adult 366kcal | North-sea herring and rolled oats, as simple as a fisherman's breakfast. | Dried herring (27 %), oats, barley, herring oil, carrot, kelp, minerals
        Big Tide Large Breed Cod | fjordpaw | 4kg 12kg @27.90 | adult large giant 352kcal joint-care grain-free | White fish in large, slow-to-chew pieces for dogs over 25 kilos. | Dried cod (29 %), sweet potato, peas, salmon oil, green-lipped mussel (0.6 %), kelp, minerals
        Elder Tide Senior White Fish | fjordpaw | 2kg 6kg 12kg @16.90 | senior 341kcal joint-care | Lean white fish for dogs who now prefer the view to the chase. | Dried whitefish (26 %), oats, potato, salmon oil, chicory, green-lipped mussel, minerals
        Quiet Tummy Rice & Egg | vetiva | 2kg 5kg 12kg @18.90 | adult 368kcal sensitive-digestion | Highly digestible rice and egg for dogs whose stomach rules the house. | Rice, dried egg (20 %), rice protein, sunflower oil, psyllium, chicory, brewer's yeast, minerals
        Light Step Weight Care | vetiva | 2kg 5kg 12kg @18.40 | adult 302kcal weight-control | A full bowl with a third fewer calories, held together by fibre and lean turkey. | Dried turkey (26 %), barley, beet pulp, cellulose, peas, psyllium, L-carnitine, minerals
        Single Note Hydrolysed Fish | vetiva | 2kg 5kg 12kg @23.90 | adult 372kcal hypoallergenic sensitive-digestion | Fish protein cut so small that few immune systems notice it. | Hydrolysed fish protein (24 %), potato starch, coconut oil, salmon oil, beet pulp, minerals
        Steady Joints Mobility | vetiva | 2kg 5kg 12kg @21.40 | senior adult medium large giant 344kcal joint-care | Glucosamine, collagen and omega-3 for stiff mornings. | Dried turkey (25 %), rice, barley, salmon oil, collagen hydrolysate, glucosamine, green-lipped mussel, minerals
        Meadow Larva & Sweet Potato | greenbowl | 2kg 6kg 10kg @16.40 | adult 357kcal insect-protein hypoallergenic grain-free | Black soldier fly larvae: a new protein for itchy dogs and a small footprint. | Dried insect larvae (25 %), sweet potato, peas, sunflower oil, apple, linseed, minerals
        Garden Lentil & Oat | greenbowl | 2kg 6kg 10kg @14.90 | adult 349kcal vegetarian | A complete vegetarian kibble with lentils, oats and added taurine. | Lentils, oats, peas, sunflower oil, potato protein, brewer's yeast, taurine, L-methionine, minerals
        Meadow Puppy Larva & Pumpkin | greenbowl | 1kg 3kg 8kg @9.90 | puppy 386kcal insect-protein hypoallergenic | The insect recipe, richer and rounder, for puppies with tender skin. | Dried insect larvae (29 %), oats, pumpkin, peas, sunflower oil, algae oil, minerals
        Teacup Chicken & Rice Mini | hartwell | 800g 2kg 6kg @6.40 | adult toy small 384kcal | Mini rounds for dogs who fit under an arm. | Dried chicken (27 %), rice, chicken fat, oats, linseed, parsley, minerals

        # dog-wet-food | dog | can | food complete
        Sunday Stew Beef & Carrot | old-orchard | 400g 6x400g 12x400g @2.79 | adult 108kcal | Chunks of beef with carrot in their own gravy. | Beef (58 %), beef broth, carrot (6 %), peas, linseed oil, minerals
        Sunday Stew Chicken & Apple | old-orchard | 400g 6x400g 12x400g @2.69 | adult 104kcal | Tender chicken with orchard apple, cooked in an open pan. | Chicken (60 %), chicken broth, apple (5 %), brown rice, linseed oil, minerals
        Sunday Stew Lamb & Barley | old-orchard | 400g 6x400g 12x400g @2.99 | adult 112kcal | Lamb shoulder and pearl barley, the way it smells in winter kitchens. | Lamb (56 %), lamb broth, barley (5 %), swede, rosemary, minerals
        Puppy Porridge Turkey & Oats | old-orchard | 200g 6x200g 12x200g @1.79 | puppy 118kcal | A soft, spoonable dinner for milk teeth. | Turkey (55 %), turkey broth, oats (5 %), pumpkin, salmon oil, minerals
        Slow Pan Senior Chicken & Pumpkin | old-orchard | 400g 6x400g 12x400g @2.89 | senior 92kcal | Soft and light, with pumpkin for easy mornings. | Chicken (54 %), chicken broth, pumpkin (8 %), brown rice, parsley, minerals
        Pure Pot Venison | bramblewick | 400g 6x400g 12x400g @3.79 | adult 106kcal grain-free single-protein | One meat, a few berries, nothing to argue about. | Venison (66 %), venison broth, cranberry (2 %), sunflower oil, minerals
        Pure Pot Duck | bramblewick | 400g 6x400g 12x400g @3.59 | adult 115kcal grain-free single-protein | Nothing but duck for meat, in a pâté that slices cleanly. | Duck (65 %), duck broth, parsnip (4 %), linseed oil, minerals
        Pure Pot Puppy Rabbit | bramblewick | 200g 6x200g @2.39 | puppy 113kcal grain-free single-protein | Mild rabbit for puppies who are new to everything. | Rabbit (64 %), rabbit broth, sweet potato (5 %), algae oil, minerals
        Harbour Pot Salmon & Dill | fjordpaw | 375g 6x375g 12x375g @3.39 | adult 110kcal grain-free skin-and-coat | Flakes of salmon with a little dill and new potato. | Salmon (52 %), fish broth, potato (6 %), dill, kelp, minerals
        Harbour Pot Cod & Spinach | fjordpaw | 375g 6x375g 12x375g @3.29 | adult 84kcal grain-free | Lean cod for dogs who watch their waist, or whose people do. | Cod (50 %), fish broth, spinach (4 %), potato, salmon oil, minerals
        Quiet Tummy Turkey & Rice Pâté | vetiva | 400g 6x400g 12x400g @3.49 | adult 98kcal sensitive-digestion | Bland in the best way: turkey, rice and psyllium. | Turkey (48 %), turkey broth, rice (8 %), psyllium, minerals
        Light Step Pot | vetiva | 400g 6x400g 12x400g @3.39 | adult 68kcal weight-control | Big in the bowl, small on the scales. | Turkey (40 %), turkey broth, green beans (12 %), cellulose, carrot, minerals
        Garden Pot Lentil & Squash | greenbowl | 380g 6x380g 12x380g @2.89 | adult 92kcal vegetarian | A complete stew without meat, with added taurine. | Lentils, water, squash (10 %), peas, sunflower oil, taurine, L-methionine, minerals
        Little Dish Chicken & Ham | hartwell | 85g 12x85g 24x85g @1.19 | key:pouch adult toy small 101kcal | A one-meal pouch for small dogs, in a thick sauce. | Chicken (38 %), pork ham (6 %), chicken broth, rice starch, parsley, minerals

        # dog-raw-food | dog | raw-tub | food raw
        Farm Mince Beef Complete | rawdale | 500g 1kg 5x1kg @4.60 | complete adult 176kcal grain-free | Eighty parts beef, ten bone, ten organ: thaw and serve. | Beef (80 %), beef bone, beef liver, beef kidney
        Farm Mince Chicken Complete | rawdale | 500g 1kg 5x1kg @3.90 | complete adult puppy 182kcal grain-free | The everyday mince, with bone ground fine enough for puppies. | Chicken (80 %), chicken bone, chicken liver, carrot
        Farm Mince Lamb & Greens | rawdale | 500g 1kg 5x1kg @5.20 | complete adult 195kcal grain-free single-protein | Lamb with spinach and apple for dogs that cannot have poultry. | Lamb (76 %), lamb bone, lamb liver, spinach, apple
        Green Tripe Cubes | rawdale | 1kg 3kg @5.40 | complementary adult 134kcal | It smells the way your dog hopes. Add a few cubes to any bowl. | Beef tripe (100 %)
        Oily Fish Mince | rawdale | 500g 2kg @4.40 | complementary adult 158kcal skin-and-coat | Sprats and mackerel twice a week, for coat and conversation. | Sprat (60 %), mackerel (40 %)
        Air-Dried Beef Rolls | rawdale | 250g 1kg 5kg @9.90 | key:treat-bag complete adult 428kcal grain-free high-protein | Raw nutrition without a freezer: crumble, or soak for ten minutes. | Beef (92 %), beef liver, beef heart, sunflower oil, kelp, minerals

        # dog-training-treats | dog | treat-bag | food complementary
        Coin Bites Chicken | pocketful | 100g 300g 900g @3.90 | 318kcal | Soft coins of chicken, three calories each, no crumbs. | Chicken (62 %), rice flour, glycerine, rosemary extract
        Coin Bites Salmon | pocketful | 100g 300g 900g @4.20 | 322kcal grain-free | The same soft coin in salmon, for the moment that matters. | Salmon (60 %), potato flour, glycerine, rosemary extract
        Coin Bites Duck | pocketful | 100g 300g 900g @4.30 | 325kcal grain-free single-protein | Duck and potato for dogs who cannot have chicken but still expect wages. | Duck (61 %), potato flour, glycerine, rosemary extract
        Puppy Pennies Turkey | pocketful | 80g 240g @3.60 | puppy 305kcal | Half-size treats so that lesson ten still tastes good. | Turkey (58 %), rice flour, glycerine, parsley
        Cheese Dice | pocketful | 90g 270g @4.10 | 389kcal vegetarian | Baked, stretchy mountain cheese for recall in front of ducks. | Milk cheese (92 %), egg, rosemary extract
        Liver Crumble | pocketful | 100g 250g @4.60 | 352kcal high-protein grain-free | Freeze-dried beef liver that breaks as small as you like. | Beef liver (100 %)
        Larva Drops | greenbowl | 100g 300g @4.40 | 342kcal insect-protein hypoallergenic | Nutty, crunchy insect drops for dogs with a long list of do-nots. | Dried insect larvae (40 %), potato flour, pumpkin, coconut oil
        Berry Buttons | bramblewick | 100g 300g @3.80 | 296kcal vegetarian grain-free | Baked buttons of apple, blackberry and chickpea. | Chickpea flour, apple (14 %), blackberry (8 %), coconut oil

        # dog-chews | dog | chew | food complementary adult
        Split Antler | gnawbury | Small Medium Large @7.90 | 268kcal | A naturally shed antler, split so the marrow is in reach. | Red deer antler (100 %)
        Beef Tail Twist | gnawbury | 3pcs 10pcs @5.90 | 342kcal single-protein | Slow-dried beef tail; about half an hour of silence each. | Beef tail (100 %)
        Buffalo Ear | gnawbury | 2pcs 10pcs @4.40 | 338kcal single-protein | A wide, airy ear for mid-size chewers. | Buffalo ear (100 %)
        Himal Cheese Bar | gnawbury | 60g 120g 3x120g @6.40 | vegetarian 352kcal | Hard-smoked yak cheese; microwave the last stub to puff it. | Yak milk cheese (98 %), lime juice, salt
        Cod Skin Braid | fjordpaw | 100g 300g @6.90 | 331kcal grain-free single-protein skin-and-coat | Plaited cod skin: clean on the teeth, honest on the nose. | Cod skin (100 %)
        Rabbit Ears with Fur | gnawbury | 100g 250g @6.20 | 302kcal single-protein hypoallergenic | Low in fat, and the fur does a broom's work on the way through. | Rabbit ears (100 %)
        Olive Wood Gnaw | gnawbury | Small Medium Large @6.90 | vegetarian 180kcal | A root-hard stick that frays into soft fibres instead of splinters. | Olive wood (100 %)

        # dog-dental-treats | dog | dental-stick | food complementary dental adult
        Morning Ridge Sticks | gnawbury | 7pcs 28pcs 56pcs @4.20 | small medium 312kcal | A ridged stick a day for cleaner back teeth. | Rice flour, potato starch, chicken (8 %), cellulose, parsley, seaweed
        Morning Ridge Sticks Large | gnawbury | 7pcs 28pcs 56pcs @5.40 | large giant 312kcal | The same stick, twice the length, for jaws that would swallow the first. | Rice flour, potato starch, chicken (8 %), cellulose, parsley, seaweed
        Mint Cog Chews | pocketful | 10pcs 30pcs @5.60 | vegetarian 298kcal | Cog-shaped, minty and free of meat, for kinder mornings. | Potato starch, pea protein, cellulose, mint, parsley, coconut oil
        Kelp & Salmon Floss | fjordpaw | 80g 240g @5.90 | grain-free 308kcal | Fibrous salmon strips with seaweed that loosens plaque. | Salmon (70 %), kelp (6 %), potato starch
        Plaque Guard Powder | vetiva | 60g 180g @11.90 | key:supplement-jar 120kcal vegetarian | A level scoop of seaweed over dinner, for dogs who refuse the brush. | Seaweed (96 %), parsley, peppermint
        """;
}
