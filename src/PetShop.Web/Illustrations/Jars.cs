namespace PetShop.Web.Illustrations;

/// <summary>Tins, tubs, jars and boxes that are eaten from.</summary>
internal static class Jars
{
    public static Dictionary<string, Action<Pen>> All { get; } = new()
    {
        ["can"] = Can, ["raw-tub"] = RawTub, ["food-jar"] = FoodJar, ["chew"] = Chew, ["dental-stick"] = DentalSticks, ["treat-bar"] = TreatBar, ["parcel"] = Parcel,
        ["jar"] = FoodJar,
    };

    private static void Can(Pen p)
    {
        const string Body = "M84 120v102q0 20 66 20t66-20V120Z";
        p.Ground(150, 238, 84);
        p.Lit(Body, p.Main, 84, 216).Clipped(Body, q => q.Path("M84 196q66 22 132 0v50H84Z", q.Accent).Path("M84 190q66 22 132 0v8q-66 22-132 0Z", Pen.Cream))
            .Path("M84 216v8q0 20 66 20t66-20v-8q0 20-66 20t-66-20Z", Pen.MetalDark)
            .Oval(150, 120, 66, 20, Pen.Metal).Oval(150, 118, 58, 16, "#d5dddf").Ring(150, 118, 46, 12, Pen.MetalDark, 1.5, 0.6)
            .Ring(158, 113, 13, 6, Pen.MetalDark, 4).Dot(142, 117, 4, Pen.MetalDark);
        p.Oval(150, 174, 36, 32, Pen.Cream);
        Emblem.Of(p, 150, 174, 1.2, p.Deep);
    }

    private static void RawTub(Pen p)
    {
        const string Body = "M78 132h144l-14 98q-2 14-16 14h-84q-14 0-16-14Z";
        p.Ground(150, 246, 84);
        p.Lit(Body, Pen.Cream, 78, 222).Clipped(Body, q => q.Box(70, 168, 160, 46, 0, q.Main).Box(70, 162, 160, 6, 0, q.Accent))
            .Box(68, 108, 164, 30, 12, p.Deep).Box(74, 112, 152, 8, 4, p.Light, 0.5).Oval(150, 191, 34, 27, Pen.Cream);
        Emblem.Of(p, 150, 191, 1.1, p.Deep);
        foreach (var (x, y) in new (int, int)[] { (104, 152), (196, 152), (150, 228) })
            Flake(p, x, y);
    }

    private static void Flake(Pen p, int x, int y) =>
        p.Within($"translate({x} {y})", q => q.Line("M0-7V7M-6-3.500 6 3.500M-6 3.500 6-3.500", Pen.WaterDark, 2));

    private static void FoodJar(Pen p)
    {
        const string Body = "M88 112q-8 4-8 16v92q0 26 30 26h80q30 0 30-26v-92q0-12-8-16Z";
        p.Ground(150, 248, 82);
        p.Lit(Body, p.Pale, 80, 220).Clipped(Body, q => { q.Path("M80 196h140v60H80Z", q.Accent, 0.55); Flakes(q); })
            .Box(84, 74, 132, 36, 10, p.Deep).Box(84, 98, 132, 10, 5, p.Dark, 0.5).Line("M98 80v22m16-22v22m16-22v22m16-22v22m16-22v22m16-22v22m16-22v22", p.Main, 3, 0.8)
            .Box(94, 128, 112, 72, 12, Pen.Cream).Box(94, 186, 112, 14, 7, p.Main);
        Emblem.Of(p, 150, 158, 1.35, p.Deep);
    }

    private static void Flakes(Pen p)
    {
        for (var i = 0; i < 34; i++)
            p.Oval(86 + p.Chance(128), 204 + p.Chance(40), 7, 3.500, p.Pick(Pen.Blush, Pen.Straw, Pen.Leaf, p.Accent, p.AccentDeep));
    }

    private static void Chew(Pen p)
    {
        p.Ground(150, 226, 100);
        p.Within("translate(150 176) rotate(-14)", q =>
        {
            const string Bone = "M-62-20a24 24 0 1 0-30 34 24 24 0 1 0 32 20L62 32a24 24 0 1 0 32-22 24 24 0 1 0-32-30Z";
            q.Path(Bone, Pen.Colour(0.80, 0.06, 75)).Clipped(Bone, r => r.Box(-120, 10, 240, 60, 0, Pen.BrownDark, 0.18).Line("M-80-28Q0-14 80-28", "#fff", 9, 0.3))
                .Line("M-40-16q-8 20 0 44M40-18q8 20 0 44", Pen.BrownDark, 2, 0.25);
            q.Path("M-26-24h52q7 27 0 60h-52q-7-30 0-60Z", q.Main).Path("M-27-14h54v8h-54ZM-28 22h56v7h-56Z", q.Accent);
            Emblem.Of(q, 0, 8, 0.72, Pen.Cream);
        });
    }

    private static void DentalSticks(Pen p)
    {
        const string Box = "M92 128h116v106q0 10-10 10h-96q-10 0-10-10Z";
        p.Ground(150, 246, 78);
        for (var i = 0; i < 4; i++)
            p.Within(FormattableString.Invariant($"translate({112 + (i * 25)} 96) rotate({(i * 7) - 12})"), Stick);
        p.Lit(Box, p.Main, 92, 208).Clipped(Box, q => q.Path("M92 128h116v20L92 168Z", q.Accent).Box(92, 220, 116, 30, 0, q.Deep));
        p.Oval(150, 190, 36, 30, Pen.Cream);
        Emblem.Of(p, 150, 190, 1.1, p.Deep);
    }

    private static void Stick(Pen p) => p.Box(-8, -42, 16, 100, 8, Pen.Leaf).Box(-8, -42, 6, 100, 3, "#fff", 0.22).Line("M-6-28 6-22M-6-12 6-6M-6 4 6 10", Pen.LeafDark, 3);

    private static void TreatBar(Pen p)
    {
        p.Ground(150, 240, 88);
        p.Within("translate(150 160) rotate(-8)", q =>
        {
            const string Bar = "M-34-84h68q6 0 6 6V76q0 6-6 6h-68q-6 0-6-6V-78q0-6 6-6Z";
            q.Line("M0-104V-80", Pen.Wood, 8).Lit(Bar, Pen.Straw, -40, 40);
            q.Clipped(Bar, r =>
            {
                for (var i = 0; i < 70; i++)
                    r.Oval(r.Chance(80) - 40, r.Chance(166) - 84, 4.500, 3, r.Pick(Pen.Brown, Pen.StrawDark, Pen.Cream, Pen.BrownDark, Pen.Leaf));
            });
            q.Box(-44, -24, 88, 56, 4, q.Main).Box(-44, -24, 88, 8, 3, q.Accent).Dot(0, 8, 22, Pen.Cream);
            Emblem.Of(q, 0, 8, 0.8, q.Deep);
        });
    }

    private static void Parcel(Pen p)
    {
        const string Front = "M76 122h148v108q0 12-12 12H88q-12 0-12-12Z";
        p.Ground(150, 244, 92);
        p.Lit(Front, Pen.Wood, 76, 224).Path("M76 122 94 92h112l18 30Z", "#d9b07c").Path("M138 122l4-30h16l4 30v34l-12-8-12 8Z", p.Main)
            .Dot(188, 200, 24, Pen.Cream);
        Emblem.Of(p, 188, 200, 0.85, p.Deep);
        p.Line("M94 214h34M94 224h22", Pen.WoodDark, 4, 0.7);
    }
}
