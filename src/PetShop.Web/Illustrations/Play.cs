namespace PetShop.Web.Illustrations;

/// <summary>Toys.</summary>
internal static class Play
{
    public static Dictionary<string, Action<Pen>> All { get; } = new()
    {
        ["ball"] = Ball, ["rope-toy"] = Rope, ["plush"] = Plush, ["puzzle-toy"] = Puzzle, ["wand-toy"] = Wand, ["toy-mouse"] = Mouse, ["bird-toy"] = BirdToy, ["wheel"] = Wheel,
    };

    private static void Ball(Pen p)
    {
        p.Ground(150, 236, 70);
        const string Round = "M72 160a78 78 0 0 1 156 0 78 78 0 0 1-156 0Z";
        p.Path(Round, p.Main).Clipped(Round, q => q.Path("M228 160a78 78 0 0 1-156 6q60 50 150-50Z", q.Deep, 0.55)
            .Line("M60 118q60 34 92 130M150 66q20 70 92 84", q.Accent, 15).Line("M60 118q60 34 92 130M150 66q20 70 92 84", Pen.Cream, 3, 0.8).Oval(118, 114, 22, 14, "#fff", 0.4));
    }

    private static void Rope(Pen p)
    {
        p.Ground(150, 224, 100);
        p.Within("translate(150 168) rotate(-12)", q =>
        {
            Tassel(q, -104, 1); Tassel(q, 104, -1);
            q.Box(-88, -19, 176, 38, 19, q.Main);
            for (var x = -72; x <= 72; x += 24)
                q.Line(FormattableString.Invariant($"M{x - 8} 15 {x + 10}-15"), (x / 24) % 2 == 0 ? q.Accent : Pen.Cream, 9);
            q.Box(-84, 8, 168, 11, 5, "#10282c", 0.15).Dot(-78, 0, 26, q.Deep).Dot(78, 0, 26, q.Deep).Line("M-92-8q14-10 28 2m-30 8q16-8 32 4M64-8q14-10 28 2m-30 8q16-8 32 4", q.Light, 4, 0.8);
        });
    }

    private static void Tassel(Pen p, int x, int way)
    {
        foreach (var y in new[] { -18, -9, 0, 9, 18 })
            p.Line(FormattableString.Invariant($"M{x + (way * 14)} {y / 3}Q{x} {y} {x - (way * 18)} {y * 1.5}"), y % 2 == 0 ? Pen.Cream : p.Accent, 7);
    }

    private static void Plush(Pen p)
    {
        p.Ground(150, 244, 76);
        p.Oval(112, 232, 26, 16, p.Deep).Oval(188, 232, 26, 16, p.Deep).Oval(150, 192, 56, 52, p.Main).Oval(150, 204, 34, 34, p.Pale)
            .Within("rotate(24 84 176)", q => q.Oval(94, 178, 18, 34, q.Main)).Within("rotate(-24 216 176)", q => q.Oval(206, 178, 18, 34, q.Deep))
            .Dot(104, 78, 25, p.Main).Dot(104, 80, 14, p.Accent).Dot(196, 78, 25, p.Deep).Dot(196, 80, 14, p.Accent)
            .Oval(150, 112, 62, 54, p.Main).Oval(128, 92, 24, 14, "#fff", 0.18).Oval(150, 130, 30, 23, p.Pale)
            .Dot(126, 104, 6, Pen.Ink).Dot(174, 104, 6, Pen.Ink).Dot(128, 102, 2, "#fff").Dot(176, 102, 2, "#fff").Path("M140 120h20q2 6-10 12-12-6-10-12Z", Pen.Ink)
            .Line("M150 132v6q-8 8-14 2m14-2q8 8 14 2", Pen.Ink, 2.6).Line("M150 164v66", p.Deep, 2.5, 0.5).Line("M144 176h12m-12 16h12m-12 16h12", p.Deep, 2.5, 0.5)
            .Path("M108 158q42 20 84 0l4 12q-46 22-92 0Z", p.Accent).Path("M176 166l20 4-4 30-22-6Z", p.AccentDeep);
    }

    private static void Puzzle(Pen p)
    {
        p.Ground(150, 222, 104);
        p.Oval(150, 186, 104, 42, p.Deep).Path("M46 174v12a104 42 0 0 0 208 0v-12Z", p.Deep).Oval(150, 172, 104, 42, p.Main).Oval(150, 169, 94, 36, p.Light, 0.5);
        for (var i = 0; i < 6; i++)
        {
            var (x, y) = (150 + (68 * Math.Cos(i * Math.PI / 3)), 170 + (25 * Math.Sin(i * Math.PI / 3)));
            p.Oval(x, y, 21, 10, p.Dark, 0.65);
            if (i % 2 == 0)
                p.Oval(x, y - 5, 19, 9, p.Accent).Oval(x, y - 8, 7, 3.500, p.AccentPale);
            else
                p.Oval(x - 5, y, 5, 3.500, Pen.Brown).Oval(x + 5, y + 1, 5, 3.500, Pen.Wood);
        }
        p.Oval(150, 168, 26, 12, p.AccentDeep).Oval(150, 162, 24, 11, p.Accent);
        Emblem.Of(p.Within("translate(0 0)", _ => { }), 150, 162, 0.45, Pen.Cream);
    }

    private static void Wand(Pen p)
    {
        p.Ground(150, 240, 84);
        p.Line("M66 234 190 70", Pen.WoodDark, 9).Line("M66 234 190 70", Pen.Wood, 5).Line("M66 234 92 200", p.Deep, 13).Line("M190 70q48 0 34 56t-22 56", Pen.MetalDark, 2.5);
        p.Within("translate(202 186)", q =>
        {
            foreach (var (turn, fill) in new[] { (-40, q.Main), (-14, q.Accent), (14, q.Deep), (40, q.AccentDeep) })
                q.Within($"rotate({turn})", r => r.Path("M0 0q-16 28-4 60 4 4 8 0 12-32-4-60Z", fill).Line("M0 6v46", "#fff", 1.6, 0.5));
            q.Dot(0, 0, 11, q.Accent).Dot(-3, -3, 3.500, "#fff", 0.5);
        });
    }

    private static void Mouse(Pen p)
    {
        p.Ground(150, 222, 92);
        p.Line("M70 194q-40-6-30-44t36-30", p.AccentDeep, 8).Path("M60 204q0-76 84-84 70-4 104 76 4 10-8 12-92 8-172 6-8-2-8-10Z", p.Main)
            .Path("M60 204q88 6 188-6 2 10-8 10-92 8-172 6-8-2-8-10Z", p.Deep, 0.6).Oval(116, 146, 40, 12, "#fff", 0.22)
            .Dot(176, 122, 25, p.Deep).Dot(176, 122, 16, p.Accent).Dot(206, 134, 20, p.Main).Dot(206, 134, 12, p.AccentPale)
            .Dot(222, 170, 6, Pen.Ink).Dot(224, 168, 2, "#fff").Dot(248, 200, 8, Pen.Blush).Line("M236 196l22-14m-22 18 28-2m-28 6 22 12", Pen.Ink, 1.8, 0.7)
            .Line("M96 136q-12 26-4 70", Pen.Cream, 2.5, 0.7).Line("M92 150h12m-16 16h14m-14 16h14", Pen.Cream, 2.5, 0.7);
    }

    private static void BirdToy(Pen p)
    {
        p.Line("M150 30V246", Pen.WoodDark, 4).Ring(150, 36, 12, 12, Pen.Metal, 6);
        (int Y, string Fill, string Side)[] blocks = [(66, p.Main, p.Deep), (102, p.Accent, p.AccentDeep), (138, Pen.Wood, Pen.WoodDark), (174, p.Light, p.Main)];
        foreach (var (y, fill, side) in blocks)
        {
            var wide = y % 72 == 30 ? 60 : 44;
            p.Line(FormattableString.Invariant($"M{150 - wide - 16} {y + 36}q12-18 {wide}-20"), Pen.WoodDark, 3).Dot(150 - wide - 18, y + 38, 9, side)
                .Box(150 - wide, y, wide * 2, 26, 7, fill).Box(150 - wide, y + 17, wide * 2, 9, 4, side, 0.7).Box(150 - wide, y + 3, wide, 5, 2.5, "#fff", 0.3);
        }
        p.Path("M128 236q4-24 22-24t22 24q2 10 6 12h-56q4-2 6-12Z", Pen.Straw).Dot(150, 252, 7, Pen.StrawDark);
    }

    private static void Wheel(Pen p)
    {
        p.Ground(150, 246, 84);
        p.Path("M100 244 150 130l50 114h-18l-32-76-32 76Z", p.Deep).Box(84, 238, 132, 10, 5, p.Dark).Dot(150, 142, 88, p.Deep).Dot(150, 142, 80, p.Pale).Ring(150, 142, 84, 84, p.Main, 14);
        for (var i = 0; i < 24; i++)
            p.Within(FormattableString.Invariant($"rotate({i * 15} 150 142)"), q => q.Box(147.5, 60, 5, 14, 2, Pen.Cream, 0.8));
        p.Line("M150 142 94 92M150 142l56-50M150 142v76", p.Main, 9).Dot(150, 142, 16, p.Accent).Dot(145, 137, 5, "#fff", 0.5);
    }
}
