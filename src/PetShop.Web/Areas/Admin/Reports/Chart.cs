using System.Text.Json;

namespace PetShop.Web.Areas.Admin.Reports;

/// <summary>A chart of days: drawn by admin.js, and a table below for everyone else.</summary>
public sealed record Chart(string Title, IReadOnlyList<DateOnly> Days, params Chart.Series[] Lines)
{
    /// <param name="Unit">Stands on the axis: a currency, "%"; empty for plain numbers.</param>
    /// <param name="Kind">bar or line.</param>
    public sealed record Series(string Label, IReadOnlyList<double?> Values, string Unit = "", string Kind = "line");

    /// <summary>Nothing but gaps and zeros: axes alone would tell less than a sentence.</summary>
    public bool IsEmpty => Lines.All(l => l.Values.All(v => v is null or 0));

    /// <summary>What admin.js draws.</summary>
    public string Json() => JsonSerializer.Serialize(new
    {
        x = Days.Select(d => new DateTimeOffset(d.ToDateTime(new(12, 0)), TimeSpan.Zero).ToUnixTimeSeconds()),
        time = true,
        series = Lines.Select(l => new { label = l.Label, values = l.Values, unit = l.Unit, kind = l.Kind }),
    });
}
