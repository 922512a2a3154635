namespace PetShop.Web.Illustrations;

/// <summary>The small animal printed on packs; the last three bits of a picture's seed say which.</summary>
internal static class Emblem
{
    /// <summary>Heads in the order of the departments; 0 is a paw for everybody.</summary>
    private static readonly string[] Heads =
    [
        "M-10-3c-3 0-5-2.500-5-5.500s2-5 4.500-5 4.500 2.500 4.500 5.500-1.500 5-4 5ZM-3.500-9C-6-9-7.500-12-7.500-15s1.800-5 4-5 4 2.500 4 5.500S-1-9-3.500-9ZM4.500-9C2-9 .8-11.500.8-14.500s1.800-5.500 4-5.500 4 2 4 5-1.700 6-4.300 6ZM11-3C8.500-3 7-5.200 7-8s2-5.500 4.500-5.500S16-11.500 16-8.500 13.800-3 11-3ZM.5-5C6-5 12 2.500 11.500 8 11 13.500 5 11.500.5 11.500S-10.500 13.500-11 8 -5-5 .5-5Z",
        "M-11-11c-7-3-10 6-7 16 3 3 6 0 7-4 1 9 5 15 11 15s10-6 11-15c1 4 4 7 7 4 3-10 0-19-7-16-6-4-16-4-22 0Z",
        "M-14-17-6-9.500q6-2 12 0L14-17q2 10 1 18C13 12 6 15 0 15s-13-3-15-14q-1-8 1-18Z",
        "M-9-2c-4-13-1-21 3-20s4 11 4 15q2-1 4 0c0-4 0-14 4-15s7 7 3 20q4 6 1 12-4 6-10 6t-10-6q-3-6 1-12Z",
        "M-15 3c2-13 13-17 21-15 6 1 8 5 8 8l6 2-6 4c-1 9-10 14-19 11l-14 5Z",
        "M19 0C11-13-5-12-10-3l-9-8q3 11 0 22l9-8c5 9 21 10 29-3Z",
        "M-17 6c0-18 27-18 27-2 3-6 10-5 10-1s-5 5-9 5l-2 6H4V9H-8v5h-5l-1-5Z",
        "M-5-18 2-13c8 5 14 14 15 20 0 6-6 7-9 3-4-4-6-4-8-2 2 4 4 7 4 10h-18c-2-14 0-27 8-32Z",
    ];

    public static Pen Of(Pen pen, double x, double y, double scale, string fill) =>
        pen.Within(FormattableString.Invariant($"translate({x} {y}) scale({scale})"), p => p.Path(Heads[p.Seed & 7], fill));
}
