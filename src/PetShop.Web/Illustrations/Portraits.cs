namespace PetShop.Web.Illustrations;

/// <summary>Faces of pets, for menus, tiles and the pets pages; they stand on whatever is behind them.</summary>
internal static class Portraits
{
    public static Dictionary<string, Action<Pen>> All { get; } = new()
    {
        ["portrait-dog"] = Framed(Dog), ["portrait-cat"] = Framed(Cat), ["portrait-small-pet"] = Framed(Rabbit), ["portrait-rabbit"] = Framed(Rabbit), ["portrait-guinea-pig"] = Framed(GuineaPig),
        ["portrait-hamster"] = Framed(Hamster), ["portrait-bird"] = Framed(Bird), ["portrait-fish"] = Framed(Fish), ["portrait-reptile"] = Framed(Tortoise), ["portrait-horse"] = Framed(Horse),
    };

    /// <summary>Coats a seed may choose from: fur, its shade, its pale parts.</summary>
    internal static (string Fur, string Shade, string Pale) Coat(Pen p) => (p.Seed % 5) switch
    {
        0 => ("#8d6a4f", "#6c4d37", "#ead9c2"),
        1 => ("#d99a52", "#b5752f", "#fbeed8"),
        2 => ("#5b5a5f", "#413f45", "#d9d6d2"),
        3 => ("#e9d9bd", "#c9ab7e", "#fdf8ee"),
        _ => ("#a9a39d", "#7f7974", "#f1eeea"),
    };

    private static Action<Pen> Framed(Action<Pen> face) => p =>
        p.Clipped("M14 150a136 136 0 0 1 272 0 136 136 0 0 1-272 0Z", q => { q.Dot(150, 150, 136, q.Light); face(q); });

    private static Pen Eyes(this Pen p, double left, double right, double y, double r) => p
        .Dot(left, y, r, Pen.Ink).Dot(right, y, r, Pen.Ink).Dot(left + (r * 0.3), y - (r * 0.35), r * 0.34, "#fff").Dot(right + (r * 0.3), y - (r * 0.35), r * 0.34, "#fff");

    internal static void Dog(Pen p)
    {
        var (fur, shade, pale) = Coat(p);
        p.Path("M84 300q4-76 66-76t66 76Z", fur).Path("M118 244q32 24 64 0l10 56h-84Z", pale).Path("M104 238q46 30 92 0l6 18q-52 30-104 0Z", p.Main).Dot(150, 272, 12, Pen.Straw)
            .Path("M150 62c56 0 80 40 80 88 0 56-34 92-80 92s-80-36-80-92c0-48 24-88 80-88Z", fur).Path("M150 62c12 0 18 30 18 62 0 30 30 40 30 72s-24 46-48 46-48-14-48-46 30-42 30-72c0-32 6-62 18-62Z", pale)
            .Path("M92 76c-30-8-58 20-58 68 0 34 14 58 32 56 20-2 22-40 28-68 4-22 14-48-2-56Z", shade).Path("M208 76c30-8 58 20 58 68 0 34-14 58-32 56-20-2-22-40-28-68-4-22-14-48 2-56Z", shade)
            .Eyes(112, 188, 136, 9.5).Path("M130 168q20-10 40 0 2 18-20 28-22-10-20-28Z", Pen.Ink).Oval(144, 172, 7, 3.5, "#fff", 0.35).Line("M150 194v12q-12 16-26 4m26-4q12 16 26 4", Pen.Ink, 4).Path("M140 216q10 6 20 0 2 24-10 24t-10-24Z", "#e0766f").Line("M100 116q10-8 22-4m56 0q12-4 22 4", shade, 4, 0.6);
    }

    internal static void Cat(Pen p)
    {
        var (fur, shade, pale) = Coat(p);
        p.Path("M88 300q0-74 62-74t62 74Z", fur).Path("M126 240q24 14 48 0l10 60h-68Z", pale).Path("M110 236q40 22 80 0l4 14q-44 24-88 0Z", p.Main).Dot(150, 262, 10, Pen.Straw)
            .Path("M70 54q4-10 12-4l50 42h36l50-42q8-6 12 4 12 40 8 84 8 24 2 46-14 54-90 54T60 184q-6-22 2-46-4-44 8-84Z", fur).Path("M82 74l30 28q-18 8-32 24-2-28 2-52Zm136 0-30 28q18 8 32 24 2-28-2-52Z", Pen.Blush, 0.75)
            .Path("M104 190q18-22 46-20 28-2 46 20 4 36-46 44-50-8-46-44Z", pale).Line("M150 94v28M130 96l4 22M170 96l-4 22M62 150l26 6M60 172l26-4M238 150l-26 6M240 172l-26-4", shade, 7, 0.85)
            .Oval(112, 150, 15, 16, "#f3e3a6").Oval(188, 150, 15, 16, "#f3e3a6").Oval(112, 150, 7, 13, Pen.Ink).Oval(188, 150, 7, 13, Pen.Ink).Dot(115, 144, 3.5, "#fff").Dot(191, 144, 3.5, "#fff")
            .Path("M139 184h22q2 6-11 14-13-8-11-14Z", Pen.Blush).Line("M150 198v6q-10 14-22 4m22-4q10 14 22 4", Pen.Ink, 3.5).Line("M100 196 56 188m44 18-42 8M200 196l44-8m-44 18 42 8", "#fff", 2.5, 0.9);
    }

    internal static void Rabbit(Pen p)
    {
        var (fur, shade, pale) = Coat(p);
        p.Path("M86 300q0-66 64-66t64 66Z", fur).Path("M122 250q28 14 56 0l8 50h-72Z", pale).Path("M128 122C98 96 84 20 108 16c26-4 36 60 38 100Z", fur).Path("M172 122c30-26 44-102 20-106-26-4-36 60-38 100Z", fur)
            .Path("M128 108C110 84 102 36 112 34c14-2 22 44 24 72Zm44 0c18-24 26-72 16-74-14-2-22 44-24 72Z", Pen.Blush, 0.8).Path("M150 102c50 0 76 34 76 74 0 44-34 72-76 72s-76-28-76-72c0-40 26-74 76-74Z", fur).Oval(122, 210, 32, 26, pale).Oval(178, 210, 32, 26, pale).Path("M138 232h24v14q-12 8-24 0Z", "#fff").Line("M150 232v14", shade, 2)
            .Eyes(104, 196, 164, 10.5).Path("M138 192h24q2 6-12 16-14-10-12-16Z", Pen.Blush).Line("M150 206v10", Pen.Ink, 3.2).Line("M104 208 62 200m42 16-40 8M196 208l42-8m-42 16 40 8", shade, 2.2, 0.8).Line("M128 254q22 12 44 0", shade, 3, 0.4);
    }

    internal static void GuineaPig(Pen p)
    {
        var (fur, shade, pale) = Coat(p);
        p.Path("M40 300q-4-110 60-140h100q64 30 60 140Z", fur).Path("M150 78c62 0 92 40 92 90s-40 86-92 86-92-36-92-86 30-90 92-90Z", fur).Path("M150 78c22 0 24 40 24 76s24 60 12 80-60 24-72 0 12-44 12-80 2-76 24-76Z", pale).Path("M174 80c46 6 68 42 68 88 0 40-22 66-56 78 14-20-12-52-12-92Z", "#d08a45")
            .Path("M78 112q-40-10-44 26 6 26 36 20Zm144 0q40-10 44 26-6 26-36 20Z", shade).Path("M72 122q-22-4-26 16 6 14 22 10Z", Pen.Blush, 0.7).Eyes(102, 198, 154, 11).Path("M136 186q14-8 28 0 2 10-14 20-16-10-14-20Z", Pen.Blush).Line("M150 206v8q-10 12-20 4m20-4q10 12 20 4", Pen.Ink, 3.4)
            .Line("M130 80q10-26 20-8 12-20 22 6", pale, 9);
    }

    internal static void Hamster(Pen p)
    {
        p.Path("M56 300q0-80 94-80t94 80Z", "#dda45e").Dot(84, 92, 32, "#dda45e").Dot(216, 92, 32, "#c98c46").Dot(84, 92, 18, Pen.Blush).Dot(216, 92, 18, Pen.Blush).Path("M150 74c64 0 98 44 98 96 0 46-40 78-98 78s-98-32-98-78c0-52 34-96 98-96Z", "#dda45e")
            .Path("M150 130c24 0 30 26 54 34 28 8 36 40 10 62-18 16-42 22-64 22s-46-6-64-22c-26-22-18-54 10-62 24-8 30-34 54-34Z", "#fdf5e6").Eyes(104, 196, 142, 11.5).Path("M139 174h22q2 8-11 16-13-8-11-16Z", Pen.Blush).Line("M150 188v6q-8 12-18 4m18-4q8 12 18 4", Pen.Ink, 3.4).Oval(84, 196, 16, 11, Pen.Blush, 0.55).Oval(216, 196, 16, 11, Pen.Blush, 0.55)
            .Oval(126, 262, 17, 12, "#fdf5e6").Oval(174, 262, 17, 12, "#fdf5e6").Path("M138 238q12-22 24 0l-4 28h-16Z", Pen.StrawDark).Line("M150 232v30", Pen.BrownDark, 2, 0.6);
    }

    internal static void Bird(Pen p)
    {
        p.Path("M60 300q-6-92 26-150h128q32 58 26 150Z", p.Main).Path("M60 300q-6-92 22-144 20 70 8 144Zm180 0q6-92-22-144-20 70-8 144Z", p.Deep).Path("M150 48c54 0 84 42 84 92 0 54-36 90-84 90s-84-36-84-90c0-50 30-92 84-92Z", p.Main).Path("M150 96c40 0 58 26 58 58 0 40-26 62-58 62s-58-22-58-62c0-32 18-58 58-58Z", "#fdf3d2")
            .Path("M126 56q6-38 34-44-4 14 0 18 14-12 28-8-18 10-20 32Z", p.Deep).Eyes(114, 186, 134, 10.5).Oval(92, 168, 16, 12, p.Accent, 0.85).Oval(208, 168, 16, 12, p.Accent, 0.85).Path("M126 152q24-16 48 0-2 34-24 46-22-12-24-46Z", "#e0a63c").Path("M128 166q22 12 44 0-6 24-22 32-16-8-22-32Z", "#bd8223").Line("M120 246q10 8 20 0m20 0q10 8 20 0m-50 22q10 8 20 0m20 0q10 8 20 0", p.Deep, 4, 0.6);
    }

    internal static void Fish(Pen p)
    {
        p.Dot(150, 150, 140, Pen.Water).Path("M10 220q70-24 140 0t140 0v90H10Z", Pen.WaterDark, 0.6).Line("M58 300q-14-44 4-80t-6-60", Pen.Leaf, 11).Line("M86 300q12-30 0-62", Pen.LeafDark, 10)
            .Path("M250 152C214 74 128 70 96 130L44 92q18 58 0 118l52-38c32 58 118 56 154-20Z", p.Accent).Path("M150 88q-8-40-46-46 14 24 8 60Zm-4 128q-10 34-40 40 10-22 4-46Z", p.AccentDeep).Path("M204 94q-24 58 0 116-28 12-52 8-24-64 0-132 26-4 52 8Z", Pen.Cream, 0.85).Path("M140 92q-22 60 0 122-18-4-30-18-14-44 0-86 12-12 30-18Z", Pen.Cream, 0.35)
            .Path("M164 158q-30-4-40 22 26 14 46-2Z", p.AccentDeep).Dot(220, 136, 14, "#fff").Dot(223, 136, 8.5, Pen.Ink).Dot(226, 133, 3, "#fff").Line("M246 160q-10 8-20 4", Pen.Ink, 3.5).Ring(264, 96, 10, 10, "#fff", 3).Ring(246, 64, 6, 6, "#fff", 3);
    }

    internal static void Tortoise(Pen p)
    {
        p.Path("M30 300q0-116 120-116t120 116Z", "#8c7a45").Path("M62 300q4-84 88-84t88 84Z", "#a8965a").Path("M104 238l46-22 46 22 8 62h-108Z", "#c2b072").Path("M118 256q-20-40 0-100 32-30 64 0 20 60 0 100-32 20-64 0Z", "#8fae63").Path("M150 66c50 0 76 32 76 74 0 44-30 72-76 72s-76-28-76-72c0-42 26-74 76-74Z", "#a5c378").Path("M150 66c50 0 76 32 76 74 0 44-30 72-66 72 40-30 40-110-10-146Z", "#7d9c54", 0.45)
            .Eyes(108, 192, 132, 13).Line("M92 112q14-10 30-4m56-4q16-4 30 6", "#6d8a48", 5, 0.8).Dot(140, 158, 3, "#5a7439").Dot(160, 158, 3, "#5a7439").Line("M108 180q42 26 84 0", "#4c6330", 4.5).Oval(94, 166, 13, 9, Pen.Blush, 0.5).Oval(206, 166, 13, 9, Pen.Blush, 0.5).Oval(128, 88, 12, 7, "#7d9c54", 0.6).Oval(160, 82, 13, 7, "#7d9c54", 0.6).Oval(184, 98, 9, 6, "#7d9c54", 0.6);
    }

    internal static void Horse(Pen p)
    {
        p.Path("M70 300q10-60 34-84l110 20 24 64Z", "#8a5a3a").Path("M112 96c-10-34-6-60 6-70 16 10 26 32 26 52Zm76 0c10-34 6-60-6-70-16 10-26 32-26 52Z", "#8a5a3a").Path("M116 84c-4-20-2-34 4-42 8 8 14 22 14 34Z", Pen.Blush, 0.6).Path("M104 116c0-36 20-52 46-52s46 16 46 52c0 30-8 62-8 92 10 42-12 66-38 66s-48-24-38-66c0-30-8-62-8-92Z", "#9c6a45")
            .Path("M112 208q38-22 76 0 10 42-8 56-30 16-60 0-18-14-8-56Z", "#7a4d31").Path("M150 92c14 10 12 40 8 66-2 20 0 30-8 38-8-8-6-18-8-38-4-26-6-56 8-66Z", Pen.Cream).Path("M150 48c22 4 30 26 20 58-2-18-12-26-20-28-8 2-26 16-26 42-12-40 0-70 26-72Z", "#4a3022").Path("M96 92c-24 40-26 110-14 160-26-40-30-130 14-160Z", "#4a3022")
            .Eyes(112, 188, 134, 9).Oval(132, 234, 7, 10, "#4a2d1c").Oval(168, 234, 7, 10, "#4a2d1c").Line("M134 258q16 8 32 0", "#4a2d1c", 4).Line("M102 176q48 16 96 0", p.Main, 11).Line("M104 130 102 180m94-50 2 50", p.Main, 9).Ring(102, 182, 9, 9, Pen.Straw, 4).Ring(198, 182, 9, 9, Pen.Straw, 4);
    }
}
