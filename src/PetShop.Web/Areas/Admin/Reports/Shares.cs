using System.Globalization;

namespace PetShop.Web.Areas.Admin.Reports;

/// <summary>Shares and durations as the admin area writes them; the space before the unit never breaks.</summary>
public static class Shares
{
    /// <summary>0.1189 is "11.9 %".</summary>
    public static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "\u00a0%";

    /// <summary>A part of a whole; a dash where there is no whole.</summary>
    public static string Percent(long part, long whole) => whole == 0 ? "–" : Percent((double)part / whole);

    /// <summary>"58.3 s", or "4 min 2 s".</summary>
    public static string Took(TimeSpan time) => time < TimeSpan.FromMinutes(2)
        ? time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + "\u00a0s"
        : $"{(int)time.TotalMinutes}\u00a0min\u00a0{time.Seconds}\u00a0s";
}
