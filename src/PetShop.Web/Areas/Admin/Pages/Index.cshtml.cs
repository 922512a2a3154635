using System.Globalization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Api;
using PetShop.Web.Accounts;
using PetShop.Web.Areas.Admin.Reports;
using PetShop.Web.Catalog;
using PetShop.Web.Reviews;
using PetShop.Web.Targeting;

namespace PetShop.Web.Areas.Admin.Pages;

/// <summary>Today's figures against the same weekday last week, and thirty days of them.</summary>
public sealed class IndexModel(DailyFigures figures, ActiveRules rules, ReviewDesk reviews, PetShopDb db) : PageModel
{
    /// <param name="Before">The same last week; null where there was nothing to count.</param>
    /// <param name="Change">Against last week, in percent; null where there was nothing.</param>
    public sealed record Figure(string Label, string Value, string? Before, double? Change);

    public IReadOnlyList<Figure> Figures { get; private set; } = [];
    public IReadOnlyList<Chart> Charts { get; private set; } = [];
    public IReadOnlyList<BrokenSegment> Broken { get; private set; } = [];
    /// <summary>Reviews that readers reported and nobody has looked at.</summary>
    public int ReportedReviews { get; private set; }
    /// <summary>Webhooks that the shop switched off by itself, for administrators.</summary>
    public IReadOnlyList<Webhook> SwitchedOff { get; private set; } = [];
    public DateTime Now { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Now = figures.LocalNow;
        var days = await figures.LastDaysAsync(30, cancel);
        Figures = Compare(days[^1], await figures.LastWeekAsync(cancel));
        Charts = Draw(days);
        Broken = (await rules.GetAsync(cancel)).Broken;
        ReportedReviews = await reviews.Reported.CountAsync(cancel);
        if (User.IsInRole(ShopRoles.Administrator))
            SwitchedOff = await db.Webhooks.AsNoTracking().Where(w => w.DisabledBecause != null).OrderBy(w => w.Id).ToListAsync(cancel);
    }

    private static List<Figure> Compare(DayFigures today, DayFigures before) =>
    [
        Number("Visitors", today.Visitors, before.Visitors), Number("Orders", today.Orders, before.Orders),
        new("Revenue", Money.Format(today.RevenueMinor), Money.Format(before.RevenueMinor), Change(today.RevenueMinor, before.RevenueMinor)),
        Rate("Conversion", today.Conversion, before.Conversion), Rate("Rail clicks", today.RailClickRate, before.RailClickRate),
        Rate("Banner clicks", today.BannerClickRate, before.BannerClickRate),
    ];

    private static Figure Number(string label, int now, int before) =>
        new(label, now.ToString("#,0", CultureInfo.InvariantCulture), before.ToString("#,0", CultureInfo.InvariantCulture), Change(now, before));

    private static Figure Rate(string label, double? now, double? before) => new(label, now is { } share ? Shares.Percent(share) : "–", before is { } once ? Shares.Percent(once) : null, now is { } a && before is > 0 and { } b ? Change(a, b) : null);

    private static double? Change(double now, double before) => before > 0 ? (now - before) / before * 100 : null;

    private static List<Chart> Draw(IReadOnlyList<DayFigures> days)
    {
        List<DateOnly> x = [.. days.Select(d => d.Day)];
        Chart.Series Line(string label, Func<DayFigures, double?> value, string unit = "", string kind = "line") => new(label, [.. days.Select(value)], unit, kind);
        return
        [
            new("Orders and revenue a day", x, Line("Orders", d => d.Orders, "", "bar"), Line("Revenue", d => (double)Money.Major(d.RevenueMinor), Money.Symbol().Trim())),
            new("Visitors a day", x, Line("Visitors", d => d.Visitors, "", "bar")),
            new("Conversion: visitors who bought", x, Line("Conversion", d => Rounded(d.Conversion), "%")),
            new("Clicks of what was shown", x, Line("Rails", d => Rounded(d.RailClickRate), "%"), Line("Banners", d => Rounded(d.BannerClickRate), "%")),
        ];
    }

    private static double? Rounded(double? share) => share is { } known ? Math.Round(known * 100, 2) : null;
}
