using System.Globalization;
using System.Text;

namespace PetShop.Web.Illustrations;

/// <summary>Draws on a 300 by 300 sheet in one style: flat shapes, light from the upper left, a soft shadow on the ground.</summary>
/// <remarks>Shapes take their colour by meaning (main, deep, accent, cream); the hues behind it come from the picture.</remarks>
internal sealed class Pen(Picture picture)
{
    private readonly StringBuilder _svg = new(4096);
    private readonly Random _chance = new(picture.Seed * 7919 + picture.Hue);

    public int Seed { get; } = picture.Seed;

    /// <summary>The colours of this picture, from a brand's two hues.</summary>
    public string Main { get; } = Colour(0.66, 0.125, picture.Hue);
    public string Light { get; } = Colour(0.82, 0.085, picture.Hue);
    public string Pale { get; } = Colour(0.92, 0.045, picture.Hue);
    public string Deep { get; } = Colour(0.47, 0.100, picture.Hue);
    public string Dark { get; } = Colour(0.33, 0.055, picture.Hue);
    public string Accent { get; } = Colour(0.74, 0.130, picture.SecondHue);
    public string AccentDeep { get; } = Colour(0.54, 0.115, picture.SecondHue);
    public string AccentPale { get; } = Colour(0.90, 0.055, picture.SecondHue);
    public string Sheet { get; } = Colour(0.955, 0.022, picture.Hue);
    public string Halo { get; } = Colour(0.915, 0.042, picture.Hue);

    public const string Cream = "#fbf6ea";
    public const string Ink = "#27353a";
    public const string Wood = "#c99b63";
    public const string WoodDark = "#a97c47";
    public const string Metal = "#b9c4c6";
    public const string MetalDark = "#8d9b9e";
    public const string Straw = "#dcbf6a";
    public const string StrawDark = "#bd9a45";
    public const string Leaf = "#6f9d5b";
    public const string LeafDark = "#4f7c43";
    public const string Brown = "#9a6a43";
    public const string BrownDark = "#744b2d";
    public const string Water = "#a9d8de";
    public const string WaterDark = "#7fc0ca";
    public const string Glass = "#e3f2f3";
    public const string Blush = "#e79a8b";

    public static string Colour(double lightness, double chroma, int hue) =>
        string.Create(CultureInfo.InvariantCulture, $"oklch({lightness:0.###} {chroma:0.###} {hue})");

    /// <summary>A whole number from the picture's seed, the same at every drawing.</summary>
    public int Chance(int below) => _chance.Next(below);

    public T Pick<T>(params T[] choices) => choices[_chance.Next(choices.Length)];

    public Pen Path(string d, string fill, double opacity = 1)
    {
        Append($"<path d=\"{d}\" fill=\"{fill}\"");
        return Close(opacity);
    }

    public Pen Line(string d, string stroke, double width, double opacity = 1)
    {
        Append($"<path d=\"{d}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{width:0.##}\" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
        return Close(opacity);
    }

    public Pen Oval(double x, double y, double rx, double ry, string fill, double opacity = 1)
    {
        Append($"<ellipse cx=\"{x:0.#}\" cy=\"{y:0.#}\" rx=\"{rx:0.#}\" ry=\"{ry:0.#}\" fill=\"{fill}\"");
        return Close(opacity);
    }

    public Pen Dot(double x, double y, double r, string fill, double opacity = 1) => Oval(x, y, r, r, fill, opacity);

    public Pen Ring(double x, double y, double rx, double ry, string stroke, double width, double opacity = 1)
    {
        Append($"<ellipse cx=\"{x:0.#}\" cy=\"{y:0.#}\" rx=\"{rx:0.#}\" ry=\"{ry:0.#}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{width:0.##}\"");
        return Close(opacity);
    }

    public Pen Box(double x, double y, double width, double height, double radius, string fill, double opacity = 1)
    {
        Append($"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\" rx=\"{radius:0.#}\" fill=\"{fill}\"");
        return Close(opacity);
    }

    /// <summary>Draws inside a moved, turned or scaled sheet.</summary>
    public Pen Within(string transform, Action<Pen> draw)
    {
        Append($"<g transform=\"{transform}\">");
        draw(this);
        _svg.Append("</g>");
        return this;
    }

    /// <summary>Draws only inside a shape.</summary>
    public Pen Clipped(string shape, Action<Pen> draw)
    {
        var id = "c" + _svg.Length.ToString(CultureInfo.InvariantCulture);
        Append($"<clipPath id=\"{id}\"><path d=\"{shape}\"/></clipPath><g clip-path=\"url(#{id})\">");
        draw(this);
        _svg.Append("</g>");
        return this;
    }

    /// <summary>A shape with the style's light on it: paler to the left, a shade to the right.</summary>
    public Pen Lit(string shape, string fill, int from, int to) => Path(shape, fill).Clipped(shape, p => p
        .Box(from, 0, (to - from) * 0.17, 300, 0, "#fff", 0.20)
        .Box(to - (to - from) * 0.22, 0, (to - from) * 0.3, 300, 0, "#10282c", 0.13));

    /// <summary>The shadow that stands everything on the same ground.</summary>
    public Pen Ground(double x, double y, double rx) => Oval(x, y, rx, rx * 0.11 + 3, "#1d3237", 0.16);

    /// <summary>The finished drawing; without backdrop it stands on whatever is behind it.</summary>
    public string Finish(bool backdrop)
    {
        var back = backdrop ? $"<rect width=\"300\" height=\"300\" fill=\"{Sheet}\"/><circle cx=\"150\" cy=\"146\" r=\"112\" fill=\"{Halo}\"/>" : "";
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 300 300\" width=\"600\" height=\"600\">{back}{_svg}</svg>";
    }

    private Pen Close(double opacity)
    {
        if (opacity < 1)
            Append($" opacity=\"{opacity:0.##}\"");
        _svg.Append("/>");
        return this;
    }

    private void Append(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
