namespace PetShop.Web.Illustrations;

/// <summary>What is worn, led by or travelled in.</summary>
internal static class Outdoors
{
    public static Dictionary<string, Action<Pen>> All { get; } = new()
    {
        ["collar"] = Collar, ["lead"] = Lead, ["harness"] = Harness, ["coat"] = Coat, ["carrier"] = Carrier, ["halter"] = Halter, ["saddle-pad"] = SaddlePad, ["rug"] = Rug,
    };

    private static void Collar(Pen p)
    {
        p.Ground(150, 232, 90);
        p.Ring(150, 148, 84, 58, p.Deep, 26).Ring(150, 144, 84, 58, p.Main, 24).Ring(150, 144, 84, 58, p.Light, 2, 0.8);
        p.Line("M70 162a84 58 0 0 0 50 36", p.Deep, 26, 0.35).Box(60, 118, 34, 50, 8, Pen.Metal).Box(67, 127, 20, 32, 4, p.Deep).Line("M77 125v36", Pen.MetalDark, 5);
        p.Ring(160, 212, 9, 9, Pen.MetalDark, 4).Dot(160, 238, 22, Pen.StrawDark).Dot(160, 236, 21, Pen.Straw);
        Emblem.Of(p, 160, 237, 0.7, Pen.BrownDark);
    }

    private static void Lead(Pen p)
    {
        p.Ground(150, 242, 92);
        const string Way = "M112 96q-44 20-44 66t70 52 96-44-30-66-72 18-20 56 44 28 44-16";
        p.Line(Way, p.Deep, 17).Line(Way, p.Main, 13).Line(Way, p.Light, 2, 0.7).Ring(128, 78, 34, 24, p.Deep, 15).Ring(128, 77, 34, 24, p.Main, 11)
            .Box(98, 86, 24, 22, 6, p.Accent);
        p.Within("translate(208 186) rotate(40)", q => q.Box(-11, -8, 22, 20, 6, Pen.MetalDark).Ring(0, 34, 14, 20, Pen.Metal, 7).Line("M14 30v12", Pen.MetalDark, 5));
    }

    private static void Harness(Pen p)
    {
        p.Ground(150, 244, 84);
        p.Ring(150, 100, 54, 46, p.Deep, 18).Ring(150, 97, 54, 46, p.Main, 15).Path("M104 132q46 26 92 0 10 30 2 64-48 22-96 0-8-34 2-64Z", p.Deep)
            .Path("M108 130q42 24 84 0 8 28 2 58-44 20-88 0-6-30 2-58Z", p.Main).Path("M108 130q20 12 42 12v60q-24 0-44-14-6-30 2-58Z", "#fff", 0.12)
            .Line("M104 158q-46 34-14 66 60 30 120 0 32-32-14-66", p.Deep, 16).Line("M104 156q-46 34-14 66 60 30 120 0 32-32-14-66", p.Accent, 11)
            .Box(68, 186, 26, 34, 7, Pen.Ink).Box(74, 194, 14, 18, 3, Pen.Metal).Ring(150, 150, 13, 10, Pen.Metal, 5);
        Emblem.Of(p, 150, 178, 0.75, Pen.Cream);
    }

    private static void Coat(Pen p)
    {
        const string Shape = "M56 128q8-26 44-30 60-8 108 0 34 8 40 44 4 30-8 62-4 10-14 8-14-4-26-24-50 14-98 2-12 22-28 26-10 2-12-8-8-30-6-80Z";
        p.Ground(150, 228, 96);
        p.Line("M88 178q0 44 30 48m68-44q4 40-20 44", p.Deep, 9).Path(Shape, p.Main).Clipped(Shape, q => q.Path("M50 160q100 34 204-6v70H50Z", q.Deep, 0.5)
            .Line("M96 92q10 60-4 130M140 88q4 60 0 130M184 90q4 50 0 120", "#fff", 3, 0.35).Line("M50 152q100 30 206-8", q.Accent, 8));
        p.Path("M224 104q30-16 40 6 8 24-12 46-16-2-24-10 6-20-4-42Z", p.Accent).Path("M236 108q16-8 22 6 4 14-8 30-6 0-10-4 4-16-4-32Z", p.AccentPale).Line("M84 104q60-14 130-2", "#fff", 5, 0.3);
        Emblem.Of(p, 116, 138, 0.8, Pen.Cream);
    }

    private static void Carrier(Pen p)
    {
        const string Body = "M62 138q0-40 40-40h96q40 0 40 40v82q0 18-18 18H80q-18 0-18-18Z";
        p.Ground(150, 242, 96);
        p.Line("M112 100q0-34 38-34t38 34", p.Deep, 12).Lit(Body, p.Main, 62, 238).Clipped(Body, q => q.Box(60, 196, 180, 46, 0, q.Deep).Box(60, 190, 180, 8, 0, q.Dark, 0.35));
        p.Path("M94 216v-54a56 48 0 0 1 112 0v54q0 8-8 8h-96q-8 0-8-8Z", p.Dark);
        p.Clipped("M94 216v-54a56 48 0 0 1 112 0v54q0 8-8 8h-96q-8 0-8-8Z", q => q.Within("translate(150 196) scale(1.7)", r => r
            .Path("M-14-17-6-9.500q6-2 12 0L14-17q2 10 1 18C13 12 6 20 0 20s-13-8-15-19q-1-8 1-18Z", Pen.Colour(0.72, 0.12, 65)).Oval(-6, 0, 2.600, 3, Pen.Ink).Oval(6, 0, 2.600, 3, Pen.Ink).Path("M-2 5h4l-2 2.500Z", Pen.Blush))
            .Line("M116 110v120M138 106v120M162 106v120M184 110v120", Pen.Metal, 4).Line("M90 150h120M90 186h120", Pen.Metal, 4));
        p.Box(196, 160, 16, 24, 5, p.Accent).Box(66, 180, 14, 22, 5, p.Accent).Box(220, 180, 14, 22, 5, p.Accent);
    }

    private static void Halter(Pen p)
    {
        p.Ground(150, 244, 84);
        const string Straps = "M118 66q-30 40-24 86m24-86q40-14 70 8 8 30-12 62m-82 16q44-26 82-16m-82 16q0 40 18 58 34 8 54-18-2-26 10-40m-82 0 20 58";
        p.Line(Straps, p.Deep, 17).Line(Straps, p.Main, 13).Line(Straps, p.Light, 2, 0.7);
        foreach (var (x, y) in new (int, int)[] { (94, 152), (176, 136), (112, 210), (166, 192) })
            p.Ring(x, y, 12, 12, Pen.StrawDark, 6).Ring(x, y - 1, 12, 12, Pen.Straw, 3);
        p.Box(96, 96, 24, 26, 5, Pen.Straw).Box(102, 103, 12, 12, 2, p.Deep).Line("M112 222q-6 34 40 26t70-30", p.AccentDeep, 10).Line("M112 222q-6 34 40 26t70-30", p.Accent, 6);
    }

    private static void SaddlePad(Pen p)
    {
        const string Shape = "M62 108q42-34 92-20 46-18 86 14 12 60-2 112-4 14-18 12-68-12-138 2-14 2-18-12-14-54-2-108Z";
        p.Ground(150, 240, 94);
        p.Path(Shape, p.Main).Clipped(Shape, q =>
        {
            for (var i = -200; i < 300; i += 24)
                q.Line($"M{i} 60l200 200M{i + 200} 60l-200 200", q.Deep, 1.6, 0.45);
            q.Box(196, 60, 60, 200, 0, "#10282c", 0.1);
        });
        p.Line(Shape, p.Accent, 8).Line("M78 118q36-24 76-14 40-14 72 8", Pen.Cream, 3, 0.8).Dot(206, 194, 22, Pen.Cream);
        Emblem.Of(p, 206, 194, 0.75, p.Deep);
        p.Box(104, 180, 50, 10, 5, p.Accent);
    }

    private static void Rug(Pen p)
    {
        const string Horse = "M222 96q6-30 26-36l4 12q22 16 28 34-2 12-14 8-14-6-22-4-2 30-14 44v86h-16l-4-60q-40 12-82 4l-6 56h-16l-4-66q-22-18-14-52-16 22-12 66-16-46 6-74 16-14 40-10 50 8 100-8Z";
        const string Cover = "M86 114q50 12 134-16 18 26 18 48 2 30-6 52-70 16-150 4-18-50 4-88Z";
        p.Ground(160, 244, 94).Path(Horse, Pen.Brown).Path("M222 96q6-30 24-36-16 30-10 52Z", Pen.BrownDark).Path(Cover, p.Main)
            .Clipped(Cover, q => q.Path("M70 170q90 20 180-4v50H70Z", q.Deep, 0.55).Line("M86 118q50 12 134-16", "#fff", 7, 0.3).Line("M82 196q80 10 152-4", q.Accent, 7))
            .Line("M212 152q16 4 26-4", p.Accent, 7).Box(212, 146, 12, 14, 3, Pen.Straw).Dot(260, 88, 3.2, Pen.Ink);
        Emblem.Of(p, 130, 152, 0.8, Pen.Cream);
    }
}
