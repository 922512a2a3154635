namespace PetShop.Web.Illustrations;

/// <summary>Homes of small pets, birds and reptiles.</summary>
internal static class Housing
{
    public static Dictionary<string, Action<Pen>> All { get; } = new()
    {
        ["cage"] = Cage, ["hideout"] = Hideout, ["hide"] = Hideout, ["perch"] = Perch, ["nest-box"] = NestBox, ["terrarium"] = Terrarium, ["lamp"] = Lamp,
    };

    private static void Cage(Pen p)
    {
        const string Bars = "M84 214V124q0-64 66-64t66 64v90Z";
        p.Ground(150, 248, 84).Path(Bars, p.Pale).Line("M100 150h100", Pen.Wood, 7);
        p.Within("translate(156 126) scale(1.35)", q => q.Path("M-15 6c0-15 9-21 17-19 6 1 9 5 9 9l5 2-5 4c0 9-8 15-15 13l-12 12Z", q.Accent).Path("M-12 12c4-10 12-10 16-4-2 10-10 12-16 4Z", q.AccentDeep).Dot(6, -6, 1.8, Pen.Ink));
        for (var x = 84; x <= 216; x += 16)
            p.Line(FormattableString.Invariant($"M{x} 214V{124 - (int)(64 * Math.Sqrt(Math.Max(0, 1 - Math.Pow((x - 150) / 66.0, 2))))}"), p.Deep, 2.6);
        p.Line("M84 124h132M84 176h132", p.Deep, 2.6).Line(Bars, p.Deep, 5).Ring(150, 48, 11, 11, p.Deep, 5).Path("M74 208h152l-6 30q-2 8-10 8H90q-8 0-10-8Z", p.Main).Box(70, 204, 160, 12, 6, p.Light).Box(200, 216, 20, 30, 0, p.Deep, 0.35);
    }

    private static void Hideout(Pen p)
    {
        p.Ground(150, 242, 104).Path("M58 154 150 78l92 76v78q0 10-10 10H68q-10 0-10-10Z", Pen.Wood).Path("M196 118l46 36v78q0 10-10 10h-36Z", Pen.WoodDark, 0.45);
        for (var y = 150; y < 240; y += 24)
            p.Line($"M60 {y}h180", Pen.WoodDark, 2, 0.5);
        p.Path("M40 162 150 66l110 96-14 12-96-84-96 84Z", p.Main).Path("M150 66l110 96-14 12-96-84Z", p.Deep, 0.55).Path("M108 242v-40a42 42 0 0 1 84 0v40Z", "#4a3524");
        p.Within("translate(150 216)", q => q.Path("M-24 28q-6-34 10-42-8-20-2-26 8 2 10 20 4-2 12 0 2-18 10-20 6 6-2 26 16 8 8 42Z", Pen.Cream).Dot(-9, 0, 3, Pen.Ink).Dot(9, 0, 3, Pen.Ink).Path("M-3 8h6l-3 4Z", Pen.Blush).Path("M-12-34q6 4 6 16h-4q-4-8-2-16Zm24 0q-6 4-6 16h4q4-8 2-16Z", Pen.Blush, 0.6));
        for (var i = 0; i < 12; i++)
            p.Line(FormattableString.Invariant($"M{50 + (i * 18)} 244q{p.Chance(10) - 5}-10 {p.Chance(20) - 10}-12"), p.Pick(Pen.Straw, Pen.StrawDark), 3);
    }

    private static void Perch(Pen p)
    {
        p.Ground(150, 246, 76).Box(142, 116, 16, 124, 6, Pen.WoodDark).Box(92, 230, 116, 16, 8, p.Deep).Box(92, 228, 116, 10, 5, p.Main).Line("M58 150q90-18 184 0", Pen.WoodDark, 17).Line("M58 148q90-18 184 0", Pen.Wood, 13).Line("M80 146q30-8 60-9m40 2 40 6", "#fff", 3, 0.35)
            .Line("M84 152v44", Pen.WoodDark, 2.5).Path("M72 196h24l-4 22H76Z", p.Accent).Line("M222 152v34", Pen.WoodDark, 2.5).Ring(222, 200, 14, 14, p.Accent, 6);
        p.Within("translate(152 100) scale(1.9)", q => q.Path("M-15 12c0-19 9-29 19-27 7 1 10 6 10 11l5 3-6 4c0 11-9 18-17 16l-12 14Z", q.Main).Path("M-12 14c4-12 12-12 16-4-2 12-10 14-16 4Z", q.Deep).Path("M4-15c7 1 10 6 10 11l-8 1c-5-2-6-8-2-12Z", q.Pale).Dot(8, -7, 2, Pen.Ink).Path("M13-4l7 3-7 4Z", Pen.StrawDark).Dot(5, -2, 1.8, Pen.Blush));
    }

    private static void NestBox(Pen p)
    {
        const string Box = "M92 112h116v118q0 10-10 10h-96q-10 0-10-10Z";
        p.Ground(150, 242, 76).Lit(Box, Pen.Wood, 92, 208).Line("M92 150h116M92 190h116", Pen.WoodDark, 2, 0.5).Path("M74 116 150 62l76 54-8 12H82Z", p.Main).Path("M150 62l76 54-8 12h-68Z", p.Deep, 0.5).Dot(150, 164, 26, "#4a3524").Box(144, 200, 12, 12, 4, Pen.WoodDark).Dot(150, 212, 7, Pen.Wood);
        p.Clipped("M124 164a26 26 0 0 1 52 0 26 26 0 0 1-52 0Z", q => q.Dot(150, 176, 20, q.Accent).Dot(143, 170, 2.500, Pen.Ink).Dot(157, 170, 2.500, Pen.Ink).Path("M146 176h8l-4 6Z", Pen.Straw));
    }

    private static void Terrarium(Pen p)
    {
        p.Ground(150, 236, 112).Box(46, 88, 208, 144, 10, Pen.Glass).Clipped("M52 94h196v132H52Z", q => q.Box(50, 190, 200, 40, 0, Pen.Straw).Path("M52 204q50-18 100 0t96-4v30H52Z", Pen.StrawDark)
            .Path("M72 196q0-30 30-34 26 0 32 34Z", "#8d8a80").Path("M72 196q0-30 30-34-18 12-14 34Z", "#fff", 0.2)
            .Path("M212 200q-6-46-22-60 22 4 28 34 0-40 14-56 4 40-6 82Z", Pen.Leaf).Path("M216 200q10-30 26-38-4 26-14 38Z", Pen.LeafDark)
            .Line("M112 150 196 176", Pen.WoodDark, 13).Line("M112 148 196 174", Pen.Wood, 8).Path("M60 94h30l26 96H40Z", "#ffe9a8", 0.5));
        p.Within("translate(146 150) rotate(14)", q => q.Line("M-34 2q-22 6-26 22", q.Main, 7).Path("M-36 2q6-14 36-14 22 0 30 4 14-8 22 2 4 10-10 14-20 0-30 2-34 6-48-8Z", q.Main).Path("M-30-2q30-12 58-4-30-2-58 4Z", q.Light).Dot(42, -2, 3.2, Pen.Ink).Line("M-14 8l-8 12m28-12 8 12", q.Deep, 5));
        p.Box(60, 96, 12, 128, 6, "#fff", 0.5).Box(40, 80, 220, 16, 8, p.Deep).Box(40, 224, 220, 14, 7, p.Deep).Box(46, 88, 6, 144, 0, p.Deep).Box(248, 88, 6, 144, 0, p.Deep).Path("M56 96h36l-6 16H62Z", p.Dark);
    }

    private static void Lamp(Pen p)
    {
        p.Ground(150, 248, 72).Path("M150 150 60 246h180Z", "#ffe08a", 0.55).Path("M150 150l-44 96h88Z", "#fff2c4", 0.6).Line("M150 30v34", Pen.Ink, 6).Box(132, 58, 36, 34, 8, p.Deep).Path("M86 162q4-74 64-74t64 74Z", p.Main).Path("M150 88q60 0 64 74h-34q0-50-30-74Z", p.Deep, 0.45)
            .Path("M102 152q4-44 34-54-14 22-14 54Z", "#fff", 0.35).Oval(150, 162, 64, 12, p.Dark).Oval(150, 164, 34, 13, "#ffd873").Oval(150, 170, 22, 11, "#fff3cf");
        p.Path("M104 246q0-24 26-26h24q22 2 22 26Z", "#8d8a80").Path("M104 246q0-24 26-26-14 8-12 26Z", "#fff", 0.25);
        p.Within("translate(142 212) scale(.8)", q => q.Path("M-36 6q6-16 36-16 22 0 30 4 14-8 22 2 4 10-10 14-20 0-30 2-34 6-48-6Z", q.Accent).Line("M-34 4q-20 6-26 22M-10 8l-8 12m32-12 8 12", q.AccentDeep, 6).Dot(42, -1, 3.2, Pen.Ink));
    }
}
