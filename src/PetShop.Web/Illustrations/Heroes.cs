namespace PetShop.Web.Illustrations;

/// <summary>Pets at full length, for department heads and banners; they stand on the lower edge of the sheet.</summary>
internal static class Heroes
{
    public static Dictionary<string, Action<Pen>> All { get; } = new()
    {
        ["hero-dog"] = Dog, ["hero-cat"] = Cat, ["hero-small-pet"] = SmallPets, ["hero-bird"] = Bird, ["hero-fish"] = Fish, ["hero-reptile"] = Reptile, ["hero-horse"] = Horse, ["hero-family"] = Family,
    };

    private static Pen Eye(this Pen p, double x, double y, double r) => p.Dot(x, y, r, Pen.Ink).Dot(x + (r * 0.3), y - (r * 0.35), r * 0.36, "#fff");

    private static void Dog(Pen p)
    {
        var (fur, shade, pale) = Portraits.Coat(p);
        p.Ground(156, 286, 104).Line("M228 244q40-10 34-58", fur, 18).Path("M92 284q-8-120 50-150 66 10 92 90 12 44-10 60Z", fur).Path("M176 284q-8-60 30-70 36 14 34 60l-4 10Z", shade, 0.7).Path("M96 286q-6-70 6-110 30 30 44 0 8 60 0 110h-22l-4-60-4 60Z", pale)
            .Oval(110, 284, 22, 9, pale).Oval(140, 284, 22, 9, pale).Oval(212, 284, 30, 9, fur).Path("M78 156q36 26 78 4l4 14q-42 26-84 2Z", p.Main).Dot(110, 184, 9, Pen.Straw)
            .Path("M116 40c44 0 66 30 66 66 0 42-28 64-66 64s-70-20-70-60c0-42 26-70 70-70Z", fur).Path("M104 42c12 12 6 32 12 52 8 22 26 26 22 50-6 20-24 26-42 26-26-2-50-20-50-56 18-6 40-2 46-22 4-18 0-38 12-50Z", pale).Path("M148 46c30-8 56 16 58 58 0 30-10 46-24 46-18-2-20-34-26-56-4-20-16-38-8-48Z", shade).Path("M74 52c-20-6-34 14-36 40 0 18 8 28 16 24 12-6 12-30 18-40 4-10 8-20 2-24Z", shade)
            .Eye(92, 92, 7.5).Eye(134, 94, 7.5).Path("M46 108q18-10 34 0 2 14-14 22-20-6-20-22Z", Pen.Ink).Oval(56, 111, 6, 3, "#fff", 0.35).Line("M66 130q2 16 26 14", Pen.Ink, 3.6).Path("M66 140q12 8 20 4 2 20-8 20-12-2-12-24Z", "#e0766f");
    }

    private static void Cat(Pen p) => Cat(p, Portraits.Coat(p));

    private static void Cat(Pen p, (string Fur, string Shade, string Pale) coat)
    {
        var (fur, shade, pale) = coat;
        p.Ground(150, 286, 92).Line("M214 270q52 6 50-46t-34-46", fur, 17).Line("M246 196q-6-14-16-18", shade, 17).Path("M98 286q-18-110 40-136 78-2 92 84 6 38-8 52Z", fur).Line("M196 168q18 14 26 34M210 160q20 18 24 38", shade, 8, 0.6).Path("M106 286q-10-74 2-108 24 20 44 0 10 60 2 108h-18l-4-56-6 56Z", pale).Oval(114, 284, 19, 8, pale).Oval(144, 284, 19, 8, pale).Oval(206, 284, 30, 9, fur)
            .Path("M92 160q32 18 70 0l2 12q-36 20-74 0Z", p.Main).Dot(126, 180, 8, Pen.Straw).Path("M66 44q2-8 10-4l32 26h36l32-26q8-4 10 4 8 28 6 54 6 20 0 36-12 36-66 36t-66-36q-6-16 0-36-2-26 6-54Z", fur).Path("M74 58l20 16q-14 8-20 20-2-20 0-36Zm104 0-20 16q14 8 20 20 2-20 0-36Z", Pen.Blush, 0.75).Path("M92 134q12-16 34-14 22-2 34 14 2 26-34 32-36-6-34-32Z", pale).Line("M126 68v20M112 70l3 16M140 70l-3 16M60 108l18 4m-18 12 18-3M192 108l-18 4m18 12-18-3", shade, 5.5, 0.85)
            .Oval(100, 108, 11, 12, "#f3e3a6").Oval(152, 108, 11, 12, "#f3e3a6").Oval(98, 108, 5, 10, Pen.Ink).Oval(150, 108, 5, 10, Pen.Ink).Dot(100, 104, 2.6, "#fff").Dot(152, 104, 2.6, "#fff").Path("M118 132h16q2 4-8 10-10-6-8-10Z", Pen.Blush).Line("M126 142v4q-8 10-16 3m16-3q8 10 16 3", Pen.Ink, 2.8).Line("M88 140l-34-6m34 14-32 6m108-14 34-6m-34 14 32 6", "#fff", 2, 0.9);
    }

    private static void SmallPets(Pen p)
    {
        p.Ground(150, 286, 120).Path("M40 286q-10-70 48-90 70-10 92 50 6 26-4 40Z", "#e9d9bd").Dot(50, 258, 20, "#fdf8ee").Oval(152, 282, 30, 10, "#fdf8ee").Path("M64 286q-4-50 42-50 30 10 24 50Z", "#c9ab7e", 0.5).Path("M150 132C120 96 116 22 138 20c22 0 28 54 28 100Z", "#e9d9bd").Path("M150 116c-14-26-18-76-10-76 10 0 16 40 16 72Z", Pen.Blush, 0.8).Path("M172 128c18-40 50-86 66-74 16 14-16 62-50 84Z", "#dcc8a6").Path("M160 124c42-2 62 26 60 56-4 34-34 46-66 44-34-4-52-26-48-56 4-28 26-42 54-44Z", "#e9d9bd").Oval(196, 196, 26, 20, "#fdf8ee")
            .Eye(174, 162, 8).Path("M206 174q12-4 18 4-2 10-14 12-6-6-4-16Z", Pen.Blush).Line("M208 192q-4 8-14 6", Pen.Ink, 3).Line("M186 194 150 200m36 2-30 12", "#c9ab7e", 2);
        p.Within("translate(196 206) scale(.62)", q => q.Path("M10 128q-10-90 64-104 84-4 94 66 2 30-8 38Z", "#d08a45").Path("M60 28q30-10 56 2-14 40-4 98H72q-14-50-12-100Z", "#fdf5e6").Path("M26 44q-28-10-26 16 8 18 28 10Z", "#a8672b").Path("M94 0", "#fff").Eye(30, 76, 8).Path("M2 88q10-8 18 0-2 12-12 14-8-6-6-14Z", Pen.Blush).Oval(52, 128, 20, 8, "#fdf5e6").Oval(130, 128, 22, 8, "#a8672b"))
            .Path("M252 286q-2-18 6-40l8 40Z", Pen.Leaf).Path("M264 286q4-26 20-36-4 22-10 36Z", Pen.LeafDark).Path("M22 286q-6-18-14-24 18 2 24 24Z", Pen.Leaf);
    }

    private static void Bird(Pen p)
    {
        p.Line("M0 238q150-34 300 6", Pen.WoodDark, 17).Line("M0 234q150-34 300 6", Pen.Wood, 12).Path("M250 236q4-30 34-36-2 26-34 36Z", Pen.Leaf).Path("M40 224q-20-20-10-44 22 16 10 44Z", Pen.Leaf);
        Parrot(p);
        p.Within("translate(40 176) scale(.5)", q => q.Path("M96 128c0-60 36-92 80-84 34 6 46 34 44 64-2 64-30 116-72 116-36 0-52-40-52-96Z", q.Accent).Path("M112 122c30-14 60 6 62 46 0 34-22 56-36 56-28-12-42-60-26-102Z", q.AccentDeep).Path("M156 46c40-6 64 24 64 56-20 20-52 16-66-4-10-18-8-40 2-52Z", "#fdf3d2").Eye(186, 84, 11).Path("M212 80q20-2 22 14-4 14-16 18-10-10-6-32Z", "#e0a63c")).Line("M100 286v8", Pen.Wood, 0.1);
    }

    private static void Parrot(Pen p) => p.Path("M172 200q34 30 44 96l-22-10-14 12q-14-50-22-84Z", p.Deep).Path("M96 128c0-60 36-92 80-84 34 6 46 34 44 64-2 64-30 116-72 116-36 0-52-40-52-96Z", p.Main).Path("M156 46c40-6 64 24 64 56-20 20-52 16-66-4-10-18-8-40 2-52Z", "#fdf3d2").Path("M112 122c30-14 60 6 62 46 0 34-22 56-36 56-28-12-42-60-26-102Z", p.Deep).Line("M124 148q16-4 30 4m-32 16q18-2 34 6m-32 14q16 0 28 6", p.Light, 4, 0.7).Path("M150 48q-14-30 2-44 2 14 12 16 4-14 18-16-8 18 0 40Z", p.Deep)
            .Eye(186, 84, 9).Path("M212 76q22-2 26 16-2 18-18 24-14-14-8-40Z", "#e0a63c").Path("M214 96q12 6 24-2-4 16-18 22-8-8-6-20Z", "#bd8223").Oval(184, 110, 13, 9, p.Accent, 0.85).Line("M138 222v14m-10-14v12m34-16v14m-10-12v14", "#8f7a66", 5);

    private static void Fish(Pen p)
    {
        p.Path("M0 290q70-26 150-8t150-8v30H0Z", Pen.Straw, 0.9).Line("M40 290q-20-54 4-104t-8-84", Pen.Leaf, 12).Line("M66 290q18-44 0-86t8-50", Pen.LeafDark, 11).Line("M262 290q-16-40 2-80t-2-58", Pen.Leaf, 11);
        p.Within("translate(6 -20) scale(1.04)", q => q.Path("M250 152C214 74 128 70 96 130L44 92q18 58 0 118l52-38c32 58 118 56 154-20Z", q.Accent).Path("M150 88q-8-40-46-46 14 24 8 60Zm-4 128q-10 34-40 40 10-22 4-46Z", q.AccentDeep).Path("M204 94q-24 58 0 116-28 12-52 8-24-64 0-132 26-4 52 8Z", Pen.Cream, 0.85).Path("M164 158q-30-4-40 22 26 14 46-2Z", q.AccentDeep).Dot(220, 136, 14, "#fff").Dot(223, 136, 8.5, Pen.Ink).Dot(226, 133, 3, "#fff").Line("M246 160q-10 8-20 4", Pen.Ink, 3.5));
        foreach (var (x, y, s) in new (int, int, double)[] { (96, 244, .26), (150, 256, .22), (206, 236, .28) })
            p.Within(FormattableString.Invariant($"translate({x} {y}) scale({s}) translate(-150 -150)"), q => q.Path("M250 152C214 74 128 70 96 130L44 92q18 58 0 118l52-38c32 58 118 56 154-20Z", q.Main).Path("M240 140q-70-20-140 4 70 6 140-4Z", Pen.Cream, 0.7).Dot(216, 136, 12, Pen.Ink));
        p.Ring(262, 74, 9, 9, "#fff", 3.5).Ring(282, 44, 6, 6, "#fff", 3.5).Ring(250, 40, 5, 5, "#fff", 3.5).Path("M170 292q4-26 30-28 26 4 30 28Z", "#93908a");
    }

    private static void Reptile(Pen p)
    {
        p.Ground(146, 284, 120).Path("M76 270q-10 18-4 20h32q8-10 0-34Zm116-4q-4 22 4 24h30q8-8-4-40Z", "#8fae63").Path("M24 268q-14-4-18 4 14 8 30 4Z", "#8fae63").Path("M204 232q10-50 46-58 36-2 42 30 0 28-30 32-16 18-50 22Z", "#a5c378").Path("M252 174q34-4 40 30 0 28-30 32 22-28-10-62Z", "#7d9c54", 0.45).Eye(262, 198, 7.5).Line("M272 222q12 0 18-8", "#4c6330", 3.6).Oval(248, 216, 9, 6, Pen.Blush, 0.5)
            .Path("M18 266c0-84 44-130 104-130s104 50 104 130q0 12-12 12H30q-12 0-12-12Z", "#a08a4e").Path("M122 136c60 0 104 50 104 130q0 12-12 12h-40c22-50 2-110-52-142Z", "#7d6a38", 0.45).Path("M122 150l34 22-4 42-30 16-32-16-2-42Z", "#c2ad6d").Path("M80 176 46 200q-14 24-14 48l36-4 16-28Zm86-2 28 22q16 26 20 54l-40-6-14-30Z", "#c2ad6d", 0.85).Path("M92 226l30 14 32-14 14 26-8 22H86l-8-22Z", "#c2ad6d", 0.9).Path("M18 262q104 22 208 0 2 16-12 16H30q-14 0-12-16Z", "#7d6a38").Oval(90, 160, 22, 9, "#fff", 0.16)
            .Path("M262 284q-2-30 14-44 4 28-4 44Z", Pen.Leaf).Path("M276 284q6-18 22-22-6 16-14 22Z", Pen.LeafDark);
    }

    private static void Horse(Pen p)
    {
        p.Ground(150, 290, 116).Path("M64 290q-4-90 40-130l120 20q40 40 34 110Z", "#9c6a45").Path("M96 170q-34 50-32 120h26q0-70 26-104Z", "#7a4d31", 0.6).Path("M100 190q-12-80 40-124 40-16 66 10 30 40 58 82 6 20-12 30-20 8-36-10-24-10-40-8 8 50-6 80Z", "#9c6a45").Path("M258 150q12 12 6 28-4 12-18 12-16 0-26-16 22-2 38-24Z", "#7a4d31").Path("M150 70c-4-24 2-40 14-48 14 10 18 32 14 50Z", "#9c6a45").Path("M156 62c-2-14 2-24 8-30 8 8 10 18 8 28Z", Pen.Blush, 0.6).Path("M196 78q34 42 54 80-20-10-34-26-14-24-20-54Z", Pen.Cream, 0.9)
            .Path("M170 40c-60 4-92 70-84 150 6 40-6 70-22 90 50-20 60-70 56-110-2-50 20-76 56-88 10-4 24 2 28 18 10-30-6-60-34-60Z", "#4a3022").Eye(192, 112, 7.5).Oval(254, 168, 4, 6, "#4a2d1c").Line("M226 180q12 8 22 4", "#4a2d1c", 3.4).Line("M204 170q18-18 26-46", p.Main, 9).Line("M204 170q-20-10-24-60", p.Main, 8).Ring(205, 170, 8, 8, Pen.Straw, 4).Path("M20 290q4-26-8-40 26 6 26 40Zm262 0q-6-20 6-34 10 14 4 34Z", Pen.Leaf);
    }

    /// <summary>The whole family, for the home page; the parrot has chosen the highest seat.</summary>
    private static void Family(Pen p) => p
        .Within("translate(84 58) scale(.8)", Dog).Within("translate(138 0) scale(.31)", Parrot).Within("translate(-14 136) scale(.52)", q => Cat(q, ("#7f7974", "#5f5a56", "#f1eeea")))
        .Within("translate(96 206) scale(.29)", SmallPets);
}
