using System.Globalization;
using System.Text.Json;

namespace PetShop.Web.Areas.Admin.Reports;

/// <summary>A chart: drawn by admin.js, and a table below for everyone else.</summary>
public sealed record Chart(string Title, ChartAxis Axis, params Chart.Series[] Lines)
{
    /// <summary>A chart of days.</summary>
    public Chart(string title, IReadOnlyList<DateOnly> days, params Series[] lines) : this(title, ChartAxis.Of(days), lines)
    {
    }

    /// <param name="Unit">Stands on the axis: a currency, "%"; empty for plain numbers.</param>
    /// <param name="Kind">bar, line, dashes or points.</param>
    public sealed record Series(string Label, IReadOnlyList<double?> Values, string Unit = "", string Kind = "line");

    /// <summary>The upright axis begins at zero; off where small differences between large figures are the point.</summary>
    public bool FromZero { get; init; } = true;

    /// <summary>Nothing but gaps and zeros: axes alone would tell less than a sentence.</summary>
    public bool IsEmpty => Lines.All(l => l.Values.All(v => v is null or 0));

    /// <summary>What admin.js draws.</summary>
    public string Json() => JsonSerializer.Serialize(new
    {
        x = Axis.At,
        time = Axis.IsDated,
        xLabel = Axis.Label,
        unitX = Axis.Unit,
        fromZero = FromZero,
        series = Lines.Select(l => new { label = l.Label, values = l.Values, unit = l.Unit, kind = l.Kind }),
    });
}

/// <summary>What runs along the bottom of a chart.</summary>
/// <param name="Label">Heads the first column of the table.</param>
/// <param name="At">Seconds since 1970 when dated, plain numbers otherwise; ascending.</param>
/// <param name="Unit">Stands beside the numbers.</param>
public sealed record ChartAxis(string Label, IReadOnlyList<double> At, string Unit = "", bool IsDated = false)
{
    public static ChartAxis Of(IReadOnlyList<DateOnly> days) =>
        new("Day", [.. days.Select(d => (double)new DateTimeOffset(d.ToDateTime(new(12, 0)), TimeSpan.Zero).ToUnixTimeSeconds())], IsDated: true);

    /// <summary>A place of the axis in words.</summary>
    public string Say(int i) => IsDated ? DateTimeOffset.FromUnixTimeSeconds((long)At[i]).ToString("ddd d MMM", CultureInfo.InvariantCulture)
        : At[i].ToString("0.##", CultureInfo.InvariantCulture) + (Unit.Length > 0 ? $"\u00a0{Unit}" : "");
}
