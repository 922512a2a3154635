namespace PetShop.Web.Illustrations;

/// <summary>The aquarium and what stands in it.</summary>
internal static class Water
{
    public static Dictionary<string, Action<Pen>> All { get; } = new()
    {
        ["aquarium"] = Aquarium, ["filter"] = Filter, ["heater"] = Heater, ["tank-decor"] = Decor,
    };

    private static void Fish(Pen p, string fill, string fin) => p.Path("M19 0C11-13-5-12-10-3l-9-8q3 11 0 22l9-8c5 9 21 10 29-3Z", fill).Path("M2-8q-8-8-12-6 4 4 4 9Z", fin).Path("M4-9q-3 9 0 18-5-1-8-3 3-6 0-12 4-3 8-3Z", fin, 0.7).Dot(12, -3, 1.8, Pen.Ink);

    private static void Aquarium(Pen p)
    {
        p.Ground(150, 238, 112).Box(44, 92, 212, 142, 12, Pen.Glass).Clipped("M50 98h200v130H50Z", q => q.Box(44, 114, 212, 130, 0, Pen.Water).Path("M44 114q26-8 53 0t53 0 53 0 53 0v10H44Z", "#fff", 0.5)
            .Path("M44 206q54-16 106 0t106-4v40H44Z", Pen.Straw).Line("M84 214q-12-30 0-54t-4-40", Pen.Leaf, 8).Line("M104 212q10-24 0-44t4-28", Pen.LeafDark, 7).Line("M222 210q-10-24 0-46t-2-24", Pen.Leaf, 8)
            .Path("M166 214q0-34 26-36 26 2 28 36Z", "#93908a").Path("M182 214q0-20 12-20t12 20Z", "#5f5d58"));
        p.Within("translate(150 158) scale(1.45)", q => Fish(q, q.Main, q.Deep)).Within("translate(190 138) scale(-.85 .85)", q => Fish(q, q.Accent, q.AccentDeep)).Within("translate(118 190) scale(.75)", q => Fish(q, q.Accent, q.AccentDeep))
            .Dot(186, 118, 4, "#fff", 0.8).Dot(194, 106, 3, "#fff", 0.8).Box(58, 104, 10, 118, 5, "#fff", 0.5).Box(38, 82, 224, 18, 8, p.Deep).Box(38, 226, 224, 14, 7, p.Deep).Box(110, 74, 80, 10, 5, p.Dark);
    }

    private static void Filter(Pen p)
    {
        const string Body = "M96 92h84q12 0 12 12v126q0 12-12 12H96q-12 0-12-12V104q0-12 12-12Z";
        p.Ground(148, 244, 82).Line("M192 128h24q14 0 14 14v78", Pen.MetalDark, 11).Line("M192 128h24q14 0 14 14v78", Pen.Metal, 5).Line("M112 92V72q0-14 14-14h40", Pen.MetalDark, 11).Line("M112 92V72q0-14 14-14h40", Pen.Metal, 5)
            .Lit(Body, p.Main, 84, 192).Clipped(Body, q => q.Box(84, 92, 108, 34, 0, q.Deep)).Box(100, 142, 76, 84, 8, p.Dark).Box(105, 147, 66, 22, 4, p.Accent).Box(105, 173, 66, 22, 4, Pen.Cream).Box(105, 199, 66, 22, 4, Pen.Ink);
        for (var i = 0; i < 12; i++)
            p.Dot(110 + p.Chance(56), 152 + p.Chance(13), 2.4, p.AccentDeep).Dot(110 + p.Chance(56), 178 + p.Chance(13), 2.6, Pen.Metal);
        p.Dot(138, 109, 9, Pen.Cream).Line("M134 109h8m-4-4v8", p.Deep, 2.4).Dot(230, 234, 5, Pen.WaterDark).Dot(240, 222, 4, Pen.Water).Dot(222, 242, 3, Pen.Water);
    }

    private static void Heater(Pen p)
    {
        p.Ground(150, 250, 50).Line("M150 62q0-32 40-28", Pen.Ink, 6).Box(128, 58, 44, 46, 12, p.Deep).Box(128, 58, 14, 46, 7, "#fff", 0.18).Box(132, 98, 36, 146, 18, Pen.Glass).Box(140, 112, 20, 118, 10, p.Accent, 0.35);
        for (var y = 122; y < 226; y += 12)
            p.Line($"M142 {y}q8 6 16 0", p.AccentDeep, 4);
        p.Box(136, 102, 7, 136, 3.500, "#fff", 0.75).Box(118, 130, 64, 13, 6, p.Main).Box(118, 204, 64, 13, 6, p.Main).Dot(110, 136, 13, p.Main).Dot(110, 136, 7, p.Light).Dot(110, 210, 13, p.Main).Dot(110, 210, 7, p.Light).Dot(150, 80, 11, Pen.Cream).Line("M150 80v-7", p.Deep, 3)
            .Line("M206 128q8 8 0 16t0 16m22-32q8 8 0 16t0 16", Pen.Blush, 5, 0.8);
    }

    private static void Decor(Pen p)
    {
        p.Ground(150, 242, 106).Path("M52 240q4-84 58-106 40-8 60 18 44-4 62 36 12 26 14 52Z", "#9a978f").Path("M52 240q4-84 58-106-26 40-22 106Z", "#fff", 0.2).Path("M170 152q44-4 62 36 12 26 14 52h-50q4-60-26-88Z", "#10282c", 0.14)
            .Path("M104 240v-30q4-32 36-32t34 34v28Z", "#55534f").Path("M118 240v-26q4-20 22-20t22 22v24Z", "#3d3c39");
        p.Line("M206 236q-16-44 0-80t-4-70", Pen.Leaf, 9).Line("M224 238q12-36 0-62t6-44", Pen.LeafDark, 8).Line("M70 238q-12-30-2-54t-6-36", Pen.Leaf, 8).Path("M204 150q-18-6-22-22 20 2 22 22Zm0-34q16-6 20-22-20 2-20 22Z", Pen.Leaf);
        p.Within("translate(140 218) scale(.9)", q => Fish(q, q.Main, q.Deep)).Within("translate(108 108) scale(-1.1 1.1)", q => Fish(q, q.Accent, q.AccentDeep)).Ring(84, 84, 6, 6, Pen.WaterDark, 2.5).Ring(96, 66, 4, 4, Pen.WaterDark, 2.5).Dot(60, 238, 8, p.Light).Dot(232, 240, 7, p.Accent).Dot(186, 242, 6, Pen.Straw);
    }
}
