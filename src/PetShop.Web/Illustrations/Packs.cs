namespace PetShop.Web.Illustrations;

/// <summary>Bags, sacks and pouches.</summary>
internal static class Packs
{
    public static Dictionary<string, Action<Pen>> All { get; } = new()
    {
        ["kibble-bag"] = KibbleBag, ["feed-sack"] = FeedSack, ["treat-bag"] = TreatBag, ["pouch"] = Pouch, ["seed-bag"] = SeedBag,
        ["litter-bag"] = LitterBag, ["substrate-bag"] = SubstrateBag, ["hay"] = Hay,
    };

    private const string Bag = "M90 64h120l5 24 8 146q0 12-12 12H89q-12 0-12-12l8-146Z";

    private static void KibbleBag(Pen p)
    {
        p.Ground(150, 248, 92);
        Kibble(p, 220, 243); Kibble(p, 236, 248); Kibble(p, 62, 247);
        p.Lit(Bag, p.Main, 77, 223).Clipped(Bag, Design)
            .Box(88, 48, 124, 20, 4, p.Deep).Line("M94 58h112", p.Light, 2, 0.6);
        Label(p, 150, 138, p.Deep);
    }

    /// <summary>Three families of pack design, so that a shelf does not repeat itself.</summary>
    private static void Design(Pen p)
    {
        switch (p.Chance(3))
        {
            case 0: p.Path("M70 196q40-26 80-8t90-14v80H70Z", p.Accent).Path("M70 212q40-26 80-8t90-14v64H70Z", p.AccentDeep, 0.55); break;
            case 1: p.Path("M70 84h160v26L70 150Z", p.Accent).Path("M70 222h160v30H70Z", p.Deep); break;
            default: p.Box(70, 204, 160, 50, 0, p.Deep).Box(70, 196, 160, 8, 0, p.Accent).Box(70, 84, 160, 6, 0, p.Accent); break;
        }
    }

    private static void Label(Pen p, double x, double y, string emblem)
    {
        p.Path(FormattableString.Invariant($"M{x - 42} {y + 50}v-52a42 42 0 0 1 84 0v52q0 8-8 8h-68q-8 0-8-8Z"), Pen.Cream);
        Emblem.Of(p, x, y + 2, 1.25, emblem);
        p.Box(x - 26, y + 30, 52, 6, 3, p.Accent).Box(x - 18, y + 42, 36, 4, 2, p.Light);
    }

    private static void Kibble(Pen p, double x, double y) => p.Oval(x, y, 7, 5, Pen.Brown).Oval(x - 1.5, y - 1.5, 3.5, 2, "#fff", 0.25);

    private static void FeedSack(Pen p)
    {
        const string Sack = "M88 76q4-14 16-14h92q12 0 16 14 14 70 8 156-1 14-14 14H94q-13 0-14-14-6-86 8-156Z";
        p.Ground(150, 248, 94);
        p.Path("M64 248q4-12 16-10 8-8 16 0l4 10Z", Pen.Straw).Lit(Sack, Pen.Colour(0.86, 0.04, 85), 76, 224)
            .Clipped(Sack, q => q.Box(70, 98, 160, 10, 0, q.Main).Box(70, 212, 160, 16, 0, q.Main).Box(70, 204, 160, 4, 0, q.Accent))
            .Line("M104 72h92", Pen.WoodDark, 3, 0.8).Line("M196 72q14 6 12 22", Pen.WoodDark, 2.5, 0.8)
            .Dot(150, 156, 38, p.Main).Dot(150, 156, 32, Pen.Cream);
        Emblem.Of(p, 150, 156, 1.2, p.Deep);
    }

    private static void TreatBag(Pen p)
    {
        const string Shape = "M98 80h104l10 152q1 14-13 14h-98q-14 0-13-14Z";
        p.Ground(150, 248, 80);
        p.Lit(Shape, p.Accent, 88, 212).Clipped(Shape, q => q.Path("M80 184q35 24 70 4t72 2v60H80Z", q.Main))
            .Path("M98 80h104l1 18H97Z", p.AccentDeep).Line("M98 104h104", p.AccentDeep, 2, 0.5).Ring(150, 89, 10, 4, p.Accent, 3)
            .Clipped("M116 206a34 30 0 0 1 68 0 34 30 0 0 1-68 0Z", q => q.Box(110, 170, 80, 70, 0, Pen.Cream)
                .Within("translate(136 212) rotate(-24)", BoneSmall).Within("translate(164 204) rotate(30)", BoneSmall).Within("translate(150 226) rotate(4)", BoneSmall));
        p.Dot(150, 142, 32, Pen.Cream);
        Emblem.Of(p, 150, 142, 1.1, p.Deep);
        p.Within("translate(228 240) rotate(-12)", BoneSmall);
    }

    private static void BoneSmall(Pen p) => p.Path("M-13-3a5 5 0 1 1-3 8 5 5 0 1 0 3 0h26a5 5 0 1 0 3-2 5 5 0 1 0-3-6Z", Pen.Brown).Box(-12, -3, 24, 3, 1.5, "#fff", 0.22);

    private static void Pouch(Pen p)
    {
        const string Shape = "M84 74h132q6 0 6 6-6 30-6 74 0 48 10 78 2 8-6 8-70 12-140 0-8 0-6-8 10-30 10-78 0-44-6-74 0-6 6-6Z";
        p.Ground(150, 246, 88);
        p.Lit(Shape, p.Main, 76, 226).Clipped(Shape, q => q.Path("M70 74h160v18H70Z", q.Deep).Path("M70 168q50-30 90-8t70-10v100H70Z", q.AccentPale))
            .Line("M92 83h4m8 0h4m8 0h4m8 0h4m8 0h4m8 0h4m8 0h4m8 0h4m8 0h4m8 0h4", p.Light, 2, 0.7)
            .Path("M82 92l7 6-7 6Z", p.Sheet);
        Emblem.Of(p, 150, 126, 1.35, Pen.Cream);
        p.Oval(150, 204, 46, 15, Pen.Cream).Oval(150, 200, 38, 12, p.Accent);
        foreach (var (x, y) in new (int, int)[] { (130, 198), (144, 194), (158, 199), (168, 195), (148, 204), (136, 205), (163, 206) })
            p.Box(x - 6, y - 5, 12, 9, 3, Pen.Brown).Box(x - 5, y - 4, 8, 2.5, 1, "#fff", 0.25);
    }

    private static void SeedBag(Pen p)
    {
        const string Shape = "M94 78h112l12 154q1 14-13 14H95q-14 0-13-14Z";
        p.Ground(150, 248, 86);
        p.Lit(Shape, p.Light, 82, 218).Path("M94 78 102 62h96l8 16Z", p.Deep).Box(128, 56, 44, 12, 3, p.Accent)
            .Path("M96 100h108l2 26H94Z", p.Main).Dot(150, 176, 44, Pen.Cream).Dot(150, 176, 39, p.Pale);
        p.Clipped("M111 176a39 39 0 0 1 78 0 39 39 0 0 1-78 0Z", q =>
        {
            for (var i = 0; i < 60; i++)
                q.Oval(112 + q.Chance(76), 172 + q.Chance(46), 4.5, 3, q.Pick(Pen.Straw, Pen.Brown, Pen.StrawDark, Pen.Cream, "#5a4a3c"));
        });
        Emblem.Of(p, 150, 158, 0.9, p.Deep);
        p.Oval(232, 246, 5, 3, Pen.Straw).Oval(222, 249, 5, 3, Pen.Brown).Oval(68, 248, 5, 3, Pen.StrawDark);
    }

    private static void LitterBag(Pen p)
    {
        const string Shape = "M82 92q0-12 12-12h112q12 0 12 12v142q0 12-12 12H94q-12 0-12-12Z";
        p.Ground(150, 248, 90);
        p.Line("M122 82q0-26 28-26t28 26", p.Deep, 9).Lit(Shape, p.Pale, 82, 218)
            .Clipped(Shape, q => q.Path("M82 190q34-22 68 0t68 0v60H82Z", q.Main).Path("M82 206q34-22 68 0t68 0v44H82Z", q.Deep).Box(82, 80, 136, 24, 0, q.Accent));
        Emblem.Of(p, 150, 146, 1.6, p.Deep);
        for (var i = 0; i < 9; i++)
            p.Dot(212 + p.Chance(34), 240 + p.Chance(9), 3.2, p.Pick(Pen.Metal, Pen.Cream, Pen.MetalDark));
    }

    private static void SubstrateBag(Pen p)
    {
        const string Shape = "M76 104q-2-18 14-18 60 8 120 0 16 0 14 18-8 60 0 124 2 18-14 18-60-8-120 0-16 0-14-18 8-64 0-124Z";
        p.Ground(150, 246, 92);
        p.Lit(Shape, Pen.Colour(0.62, 0.07, 62), 76, 224).Clipped(Shape, q =>
        {
            for (var i = 0; i < 70; i++)
                q.Within(FormattableString.Invariant($"translate({78 + q.Chance(144)} {90 + q.Chance(150)}) rotate({q.Chance(180)})"), r => r.Box(-6, -2, 12, 4, 2, r.Pick(Pen.Wood, Pen.BrownDark, Pen.Brown, Pen.Straw), 0.8));
        });
        p.Box(98, 126, 104, 80, 12, Pen.Cream).Box(98, 126, 104, 22, 11, p.Main).Box(98, 138, 104, 10, 0, p.Main);
        Emblem.Of(p, 150, 174, 1.15, p.Deep);
    }

    private static void Hay(Pen p)
    {
        const string Bale = "M70 118q0-10 10-10h140q10 0 10 10v108q0 12-12 12H82q-12 0-12-12Z";
        p.Ground(150, 242, 98);
        p.Lit(Bale, Pen.Straw, 70, 230).Clipped(Bale, Stalks);
        for (var i = 0; i < 16; i++)
            p.Line(FormattableString.Invariant($"M{78 + (i * 9)} 112q{p.Chance(16) - 8} -12 {p.Chance(30) - 15} -{14 + p.Chance(16)}"), p.Pick(Pen.Straw, Pen.StrawDark, Pen.Leaf), 2.6);
        p.Box(66, 150, 168, 52, 4, p.Main).Box(66, 150, 168, 7, 3, p.Accent).Dot(150, 176, 34, Pen.Cream);
        Emblem.Of(p, 150, 176, 1.1, p.Deep);
        p.Dot(96, 100, 5, p.Accent).Dot(96, 100, 2, Pen.Cream).Dot(204, 96, 5, "#b79bd0").Dot(204, 96, 2, Pen.Cream);
    }

    private static void Stalks(Pen p)
    {
        for (var i = 0; i < 60; i++)
            p.Line(FormattableString.Invariant($"M{64 + p.Chance(150)} {110 + p.Chance(126)}q14 {p.Chance(14) - 7} 30 {p.Chance(12) - 6}"), p.Pick(Pen.StrawDark, "#ead48e", Pen.Leaf), 2, 0.75);
    }
}
