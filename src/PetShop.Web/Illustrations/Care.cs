namespace PetShop.Web.Illustrations;

/// <summary>Brushes, washes and what a vet would nod at.</summary>
internal static class Care
{
    public static Dictionary<string, Action<Pen>> All { get; } = new()
    {
        ["brush"] = Brush, ["shampoo"] = Shampoo, ["spot-on"] = SpotOn, ["dewormer-box"] = DewormerBox, ["medicine-box"] = DewormerBox, ["supplement-jar"] = SupplementJar, ["dropper-bottle"] = Dropper,
    };

    private static void Brush(Pen p)
    {
        p.Ground(150, 236, 96).Within("translate(150 160) rotate(-32)", q =>
        {
            for (var x = -96; x <= 8; x += 10)
                q.Line($"M{x} 20v34", Pen.Ink, 3).Dot(x, 55, 3.500, q.Accent);
            q.Path("M-104-12q0-20 22-22h72q20 0 34 10 10 6 22 6h60q20 0 20 18t-20 18h-66q-10 0-20 6-12 6-26 6h-76q-22 0-22-22Z", q.Main).Path("M-104 0q0 20 22 22h76q14 0 26-6 10-6 20-6h66q18 0 20-14 4 22-20 22H40q-10 0-20 6-12 6-26 6h-76q-22-2-22-30Z", q.Deep, 0.7)
                .Line("M-84-22q30-6 74-4", "#fff", 6, 0.35).Dot(106, 0, 6, q.Deep);
            Emblem.Of(q, -46, -4, 0.7, Pen.Cream);
        });
    }

    private static void Shampoo(Pen p)
    {
        const string Body = "M104 128q0-22 30-26h32q30 4 30 26v98q0 18-18 18h-56q-18 0-18-18Z";
        p.Ground(150, 246, 66).Box(134, 78, 32, 28, 5, p.Deep).Path("M128 58h60q8 0 8 8v6h-28v10h-40Z", p.Deep).Path("M128 58h60q8 0 8 8h-68Z", "#fff", 0.2).Lit(Body, p.Main, 104, 196).Box(112, 146, 76, 78, 12, Pen.Cream).Box(112, 208, 76, 16, 8, p.Accent);
        Emblem.Of(p, 150, 176, 1.2, p.Deep);
        p.Ring(226, 178, 17, 17, Pen.WaterDark, 3).Dot(220, 171, 4, "#fff").Ring(246, 214, 11, 11, Pen.WaterDark, 3).Ring(74, 206, 14, 14, Pen.WaterDark, 3).Dot(70, 200, 3.500, "#fff").Ring(90, 176, 8, 8, Pen.WaterDark, 3).Oval(226, 178, 15, 15, Pen.Water, 0.5).Oval(74, 206, 12, 12, Pen.Water, 0.5);
    }

    private static void SpotOn(Pen p)
    {
        p.Ground(150, 244, 92);
        Carton(p, 64, 118, 112, 122);
        foreach (var (x, turn) in new[] { (198, 8), (228, 18) })
            p.Within($"translate({x} 192) rotate({turn})", q => q.Path("M-4-58h8l3 26q9 6 9 18v50q0 10-10 10H-6q-10 0-10-10v-50q0-12 9-18Z", Pen.Glass).Path("M-16-4h32v40q0 10-10 10H-6q-10 0-10-10Z", q.Accent).Box(-11, -10, 5, 50, 2.5, "#fff", 0.7).Path("M-6-62h12v12H-6Z", q.Deep));
    }

    private static void Carton(Pen p, int x, int y, int width, int height)
    {
        var front = FormattableString.Invariant($"M{x} {y}h{width}v{height - 4}q0 4-4 4H{x + 4}q-4 0-4-4Z");
        p.Path(FormattableString.Invariant($"M{x} {y}l14-22h{width}l-14 22Z"), p.Pale).Path(FormattableString.Invariant($"M{x + width} {y}l14-22v{height - 4}l-14 26Z"), p.Deep)
            .Lit(front, Pen.Cream, x, x + width).Box(x, y + height - 34, width, 30, 0, p.Main).Box(x, y + 12, width, 12, 0, p.Accent);
        Emblem.Of(p, x + (width / 2.0), y + 56, 1.3, p.Deep);
    }

    private static void DewormerBox(Pen p)
    {
        p.Ground(152, 244, 96);
        Carton(p, 72, 104, 140, 136);
        p.Within("translate(206 226) rotate(-8)", q => q.Box(-46, -20, 84, 40, 8, Pen.Metal).Box(-46, -20, 84, 9, 4, "#fff", 0.4).Oval(-26, 0, 12, 9, Pen.Cream).Oval(-4, 0, 12, 9, Pen.Cream).Oval(18, 0, 12, 9, Pen.Cream).Line("M-34 0h16m6 0h16m6 0h16", q.Accent, 2));
    }

    private static void SupplementJar(Pen p)
    {
        const string Body = "M96 120q-8 6-8 20v82q0 22 22 22h80q22 0 22-22v-82q0-14-8-20Z";
        p.Ground(150, 246, 74).Lit(Body, p.Deep, 88, 212).Box(92, 84, 116, 36, 8, Pen.Cream).Line("M106 90v24m14-24v24m14-24v24m14-24v24m14-24v24m14-24v24m14-24v24", Pen.Metal, 3).Box(88, 142, 124, 78, 0, Pen.Cream).Box(88, 142, 124, 14, 0, p.Accent).Box(190, 142, 22, 78, 0, "#10282c", 0.08);
        Emblem.Of(p, 150, 188, 1.3, p.Deep);
        p.Within("translate(236 238) rotate(-20)", q => q.Box(-16, -8, 32, 16, 8, Pen.Cream).Path("M0-8h8a8 8 0 0 1 0 16H0Z", q.Main)).Within("translate(66 240) rotate(16)", q => q.Box(-16, -8, 32, 16, 8, Pen.Cream).Path("M0-8h8a8 8 0 0 1 0 16H0Z", q.Main));
    }

    private static void Dropper(Pen p)
    {
        const string Body = "M108 150q0-16 18-20h48q18 4 18 20v76q0 18-18 18h-48q-18 0-18-18Z";
        p.Ground(150, 246, 62).Path("M136 46q14-8 28 0 6 20 2 42h-32q-4-22 2-42Z", p.Accent).Path("M140 50q4-4 8-4-4 20-2 40h-8q-2-20 2-36Z", "#fff", 0.35).Box(124, 86, 52, 28, 6, p.Dark).Box(132, 114, 36, 18, 0, p.Deep).Lit(Body, Pen.Colour(0.55, 0.09, 60), 108, 192).Box(108, 162, 84, 60, 0, Pen.Cream).Box(108, 214, 84, 8, 0, p.Main);
        Emblem.Of(p, 150, 188, 1.05, p.Deep);
        p.Path("M222 196q18 26 0 36-18-10 0-36Z", p.Accent).Oval(217, 220, 3, 6, "#fff", 0.6);
    }
}
