namespace PetShop.Web.Illustrations;

/// <summary>Beds, bowls and furniture.</summary>
internal static class Home
{
    public static Dictionary<string, Action<Pen>> All { get; } = new()
    {
        ["bed"] = Bed, ["mat"] = Mat, ["bowl"] = Bowl, ["fountain"] = Fountain, ["scratching-post"] = ScratchingPost, ["litter-tray"] = LitterTray, ["feeder"] = Feeder, ["bucket"] = Bucket,
        ["mineral-block"] = MineralBlock,
    };

    private static void Bed(Pen p)
    {
        p.Ground(150, 234, 112);
        p.Oval(150, 182, 112, 50, p.Deep).Path("M38 168v22q10 44 112 44t112-44v-22Z", p.Main).Path("M206 176v56q50-10 56-42v-22Z", p.Deep, 0.4).Oval(150, 166, 112, 46, p.Light)
            .Oval(150, 172, 88, 32, p.Deep).Oval(150, 178, 84, 28, p.AccentPale).Path("M38 168q2 40 112 46t112-46v22q-10 44-112 44T38 190Z", p.Main).Path("M104 210q46 6 92 0l4 22q-50 6-100 0Z", p.Accent)
            .Path("M38 168q2 40 112 46 22 0 40-2v22q-18 2-40 0-102 0-112-44Z", "#fff", 0.10).Line("M60 152q30-24 90-26", "#fff", 7, 0.4);
        Emblem.Of(p, 150, 222, 0.45, Pen.Cream);
        p.Path("M112 168q-4-16 12-22 40-10 60 4 12 10 4 22-38 16-76-4Z", p.Accent).Path("M120 156q28-12 56-4", Pen.Cream, 0.0).Line("M122 156q28-14 54-4", Pen.Cream, 4, 0.6);
    }

    private static void Mat(Pen p)
    {
        const string Shape = "M66 130 220 112q12-2 16 10l28 84q4 12-8 14L54 236q-14 2-14-12l14-82q2-12 12-12Z";
        p.Ground(152, 236, 114).Path(Shape, p.Deep).Within("translate(0 -9)", q => q.Path(Shape, q.Main).Clipped(Shape, r =>
        {
            for (var x = 30; x < 290; x += 32)
                r.Line($"M{x} 90 {x + 24} 250", r.Light, 8, 0.6);
            for (var y = 120; y < 250; y += 34)
                r.Line($"M30 {y + 10} 280 {y - 16}", r.Accent, 5, 0.7);
        }).Line("M72 138 218 121m-162 98L256 204", Pen.Cream, 2.5, 0.6));
        p.Within("translate(212 184) rotate(-8)", q => { q.Box(-22, -18, 44, 34, 6, Pen.Cream); Emblem.Of(q, 0, 0, 0.6, q.Deep); });
    }

    private static void Bowl(Pen p)
    {
        p.Ground(150, 234, 104);
        foreach (var (x, y) in new (int, int)[] { (96, 150), (118, 142), (140, 138), (164, 138), (186, 142), (206, 151), (128, 152), (152, 148), (176, 152) })
            p.Oval(x, y, 15, 11, Pen.Brown).Oval(x - 4, y - 4, 7, 3.500, "#fff", 0.22);
        const string Body = "M58 158q92 34 184 0l24 64q2 14-14 14H48q-16 0-14-14Z";
        p.Ring(150, 158, 92, 22, p.Light, 8).Path("M58 158q0 22 92 22t92-22l2 6q-92 30-188 0Z", p.Light).Lit(Body, p.Main, 34, 266).Path("M36 218h228q2 18-12 18H48q-14 0-12-18Z", p.Deep);
        Emblem.Of(p, 150, 202, 1.15, Pen.Cream);
    }

    private static void Fountain(Pen p)
    {
        const string Body = "M70 172h160l-8 52q-2 16-18 16H96q-16 0-18-16Z";
        p.Ground(150, 242, 88).Lit(Body, p.Main, 70, 230).Oval(150, 172, 82, 24, p.Light).Oval(150, 172, 72, 19, Pen.WaterDark).Oval(146, 170, 60, 14, Pen.Water);
        p.Path("M138 168q-2-50-4-64 0-14 16-14t16 14q-2 14-4 64Z", p.Deep).Oval(150, 98, 26, 9, p.Light).Path("M124 98q-8 40-20 70h18q10-30 14-66Zm52 0q8 40 20 70h-18q-10-30-14-66Z", Pen.Water)
            .Line("M128 108q-6 34-14 56m58-56q6 34 14 56", "#fff", 3, 0.8).Ring(112, 172, 18, 5, "#fff", 2, 0.8).Ring(188, 172, 18, 5, "#fff", 2, 0.8).Oval(150, 94, 12, 6, Pen.Water).Dot(206, 212, 5, p.Accent);
        Emblem.Of(p, 150, 214, 0.85, Pen.Cream);
    }

    private static void ScratchingPost(Pen p)
    {
        p.Ground(150, 250, 92).Box(72, 226, 156, 20, 9, p.Deep).Box(72, 222, 156, 16, 8, p.Main).Box(104, 96, 34, 130, 6, Pen.Straw);
        for (var y = 102; y < 224; y += 8)
            p.Line($"M104 {y + 3} 138 {y - 2}", Pen.StrawDark, 2.2, 0.8);
        p.Box(128, 96, 10, 130, 0, "#10282c", 0.14).Box(174, 156, 28, 70, 6, Pen.Straw);
        for (var y = 162; y < 224; y += 8)
            p.Line($"M174 {y + 3} 202 {y - 2}", Pen.StrawDark, 2.2, 0.8);
        p.Path("M156 148q32-8 78 0 4 18-10 24-30 6-58 0-14-6-10-24Z", p.Accent).Oval(195, 149, 39, 10, p.AccentPale).Path("M62 84q60-14 118 0 6 18-10 24-50 8-98 0-16-6-10-24Z", p.Main).Oval(121, 85, 59, 12, p.Pale)
            .Line("M166 106v28", p.Deep, 2.5).Dot(166, 140, 9, p.Accent).Dot(163, 137, 3, "#fff", 0.5);
        p.Within("translate(116 62)", q => q.Path("M-34 20q-4-26 22-28l2-14 10 8 12-6q6 8 2 20 16 2 18 20Z", Pen.Ink).Dot(-3, -8, 2, Pen.Straw).Dot(7, -8, 2, Pen.Straw).Line("M30 18q20 4 22-14", Pen.Ink, 6));
    }

    private static void LitterTray(Pen p)
    {
        const string Body = "M48 168h204l-14 56q-4 16-20 16H82q-16 0-20-16Z";
        p.Ground(150, 242, 104).Oval(150, 168, 98, 22, "#d8d2c4");
        for (var i = 0; i < 46; i++)
            p.Oval(66 + p.Chance(168), 158 + p.Chance(18), 4, 2.500, p.Pick(Pen.Cream, Pen.Metal, "#c9c1b0"));
        p.Path("M48 168q0 20 102 20t102-20l2 8q-104 26-206 0Z", p.Light).Lit(Body, p.Main, 48, 252).Box(42, 160, 216, 14, 7, p.Light).Box(42, 160, 216, 14, 7, p.Main, 0.35);
        p.Line("M214 156 236 96", p.AccentDeep, 11).Path("M186 150l38-4-2 20q-20 8-38 0Z", p.Accent).Line("M196 152v10m9-11v11m9-12v12", p.AccentDeep, 3);
        Emblem.Of(p, 150, 208, 0.95, Pen.Cream);
    }

    private static void Feeder(Pen p)
    {
        const string Glass = "M104 88h92l8 94H96Z";
        p.Ground(150, 248, 60).Line("M150 30v22", Pen.WoodDark, 4).Path(Glass, Pen.Glass).Clipped(Glass, q =>
        {
            q.Box(90, 118, 120, 70, 0, Pen.Straw);
            for (var i = 0; i < 90; i++)
                q.Oval(94 + q.Chance(112), 116 + q.Chance(70), 4.500, 3, q.Pick(Pen.Brown, Pen.StrawDark, Pen.Cream, "#4d4338"));
            q.Box(104, 84, 14, 110, 0, "#fff", 0.35);
        });
        p.Path("M84 94 150 46l66 48q-66-14-132 0Z", p.Main).Path("M150 46l66 48q-30-6-66-7Z", p.Deep).Box(78, 180, 144, 20, 9, p.Deep).Box(78, 178, 144, 12, 6, p.Main).Line("M60 196h180", Pen.Wood, 7);
        p.Within("translate(226 172) scale(-1.15 1.15)", q => q.Path("M-15 3c2-13 13-17 21-15 6 1 8 5 8 8l6 2-6 4c-1 9-10 14-19 11l-14 8Z", q.Accent).Path("M-13 8c6-8 14-8 18-2-4 8-12 10-18 2Z", q.AccentDeep).Dot(8, -5, 1.8, Pen.Ink).Line("M-2 13v8m6-9v9", Pen.Ink, 1.6));
    }

    private static void Bucket(Pen p)
    {
        const string Body = "M76 120h148l-16 110q-2 14-18 14h-80q-16 0-18-14Z";
        p.Ground(150, 246, 84).Line("M78 122q10-66 72-66t72 66", Pen.MetalDark, 5).Box(132, 50, 36, 13, 6, p.AccentDeep).Lit(Body, p.Main, 76, 224).Oval(150, 120, 75, 19, p.Light).Oval(150, 121, 65, 14, p.Dark, 0.75)
            .Clipped("M85 121a65 14 0 0 1 130 0 65 14 0 0 1-130 0Z", q => q.Oval(150, 130, 60, 12, Pen.Straw)).Clipped(Body, q => q.Box(70, 150, 160, 7, 0, q.Deep, 0.6).Box(70, 226, 160, 20, 0, q.Deep, 0.6)).Dot(80, 126, 7, Pen.Metal).Dot(220, 126, 7, Pen.Metal);
        Emblem.Of(p, 150, 192, 1.3, Pen.Cream);
    }

    private static void MineralBlock(Pen p)
    {
        const string Front = "M80 136h120v92q0 8-8 8H88q-8 0-8-8Z";
        p.Ground(154, 238, 88).Lit(Front, p.Light, 80, 200).Path("M80 136l26-32h120l-26 32Z", p.Pale).Path("M200 136l26-32v92q0 6-4 10l-22 28Z", p.Main).Line("M150 120V60", Pen.WoodDark, 7).Ring(150, 54, 12, 10, Pen.WoodDark, 6)
            .Oval(150, 120, 12, 5, p.Deep).Dot(110, 214, 4, p.Main).Dot(180, 156, 5, p.Main).Dot(96, 166, 3, p.Main);
        Emblem.Of(p, 140, 186, 1.3, p.Deep);
    }
}
