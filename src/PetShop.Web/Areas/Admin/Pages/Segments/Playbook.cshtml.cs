using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data;
using PetShop.Data.Banners;
using PetShop.Data.Campaigns;
using PetShop.Data.Segments;
using PetShop.Targeting.Segments;
using PetShop.Web.Areas.Admin.Reports;
using PetShop.Web.Catalog;
using PetShop.Web.Targeting;
using PetShop.Web.Targeting.Insight;

namespace PetShop.Web.Areas.Admin.Pages.Segments;

/// <summary>A segment's playbook: what its members do beside the rest of the shop, who comes and goes, and everything that is done for them.</summary>
public sealed class PlaybookModel(PetShopDb db, ActiveRules rules, SegmentFigures figures, SegmentUsages usages, IOptions<ShopOptions> shop, TimeProvider clock) : PageModel
{
    public const int LastDays = 90;
    public const int LastWeeks = 26;
    public const int MoveDays = 60;

    public sealed record BannerLine(Banner Banner, bool IsExcluded, BannerFigures Members, BannerFigures Rest);

    public sealed record MoveLine(DateOnly Day, string Because, long Entered, long Left);

    public Segment Segment { get; private set; } = null!;
    public string Sentence { get; private set; } = "";
    public IReadOnlyList<BannerLine> Banners { get; private set; } = [];
    public IReadOnlyList<SegmentUse> Uses { get; private set; } = [];
    public IReadOnlyList<string> Lists { get; private set; } = [];
    /// <summary>Campaigns that write to its members or spare them, the newest first.</summary>
    public IReadOnlyList<Campaign> Letters { get; private set; } = [];
    /// <summary>Tests of the variants of its banners, running ones first.</summary>
    public IReadOnlyList<BannerExperiment> Experiments { get; private set; } = [];
    /// <summary>The last days of today's members and of everyone else; null where members are not stored.</summary>
    public (GroupFigures Inside, GroupFigures Outside)? Lately { get; private set; }
    /// <summary>Why there are no figures; null when there are.</summary>
    public string? WhyNot { get; private set; }
    public IReadOnlyList<Chart> WeekCharts { get; private set; } = [];
    public IReadOnlyList<Chart> DayCharts { get; private set; } = [];
    public Chart? MoveChart { get; private set; }
    public IReadOnlyList<MoveLine> Moves { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        if (await db.Segments.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } segment)
            return NotFound();
        Segment = segment;
        var isRule = RuleJson.TryParse(segment.Rule, out var rule, out _);
        var book = await rules.RefreshAsync(cancel);
        Sentence = isRule ? RuleSentence.Of(rule!, book.Words) : "The rule can no longer be read.";
        Lists = isRule ? ListsOf(rule!) : [];
        Uses = await usages.OfAsync(id, cancel);
        Letters = await db.Campaigns.AsNoTracking().Where(c => c.SegmentIds.Contains(id) || c.ExcludedSegmentIds.Contains(id)).OrderByDescending(c => c.Id).ToListAsync(cancel);
        Banners = await BannersAsync(id, cancel);
        var banners = Banners.Select(b => b.Banner.Id).ToArray();
        Experiments = await db.Set<BannerExperiment>().AsNoTracking().Where(t => banners.Contains(t.BannerId)).OrderBy(t => t.EndedAt != null).ThenByDescending(t => t.StartedAt).Take(10).ToListAsync(cancel);
        await FiguresAsync(segment, book, cancel);
        await DaysAsync(id, cancel);
        return Page();
    }

    private async Task FiguresAsync(Segment segment, RuleBook book, CancellationToken cancel)
    {
        WhyNot = !segment.IsActive ? "The segment is off, so nobody is in it." : SegmentWords.OutOfTime(segment, shop.Value, clock.GetUtcNow()) is { } outside ? outside
            : !book.Segments.TryGet(segment.Slug, out var compiled) ? "Its rule cannot be used until it is mended."
            : compiled.Needs.IsLiveOnly ? $"It depends on the visit ({compiled.Needs.LiveTraits.First().Label}), so nobody is in it between visits." : null;
        if (WhyNot is not null)
            return;
        try
        {
            Lately = await figures.LastDaysAsync(segment.Id, LastDays, cancel);
            if (Lately is not { } lately)
                WhyNot = "Its members are being worked out for the first time; that takes a few seconds.";
            else
                WeekCharts = ChartsOf(await figures.LastWeeksAsync(segment.Id, LastWeeks, (lately.Inside.People, lately.Outside.People), cancel));
            MovesOf(await figures.MovesAsync(segment.Id, MoveDays, cancel));
        }
        catch (NpgsqlException e)
        {
            WhyNot = $"The figures could not be added up in time ({e.Message}); try it at a quieter hour.";
        }
    }

    private static List<Chart> ChartsOf(IReadOnlyList<SegmentWeek> weeks)
    {
        var mondays = weeks.Select(w => w.Monday).ToList();
        Chart Of(string title, string unit, Func<GroupFigures, double?> figure) => new(title, mondays,
            new("Members", [.. weeks.Select(w => Rounded(figure(w.Inside)))], unit, "bar"), new("Rest of the shop", [.. weeks.Select(w => Rounded(figure(w.Outside)))], unit));
        return weeks.All(w => w.Inside.Orders + w.Outside.Orders == 0) ? [] :
        [
            Of("Orders a week for each hundred people", "", g => g.OrdersPerHundred),
            Of("Revenue a week a head", Money.Symbol().Trim(), g => g.RevenuePerPersonMinor is { } minor ? minor / Money.MinorUnits() : null),
        ];
    }

    private async Task DaysAsync(int id, CancellationToken cancel)
    {
        var since = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-365);
        var days = await db.SegmentDays.AsNoTracking().Where(d => d.SegmentId == id && d.Day >= since).OrderBy(d => d.Day).ToListAsync(cancel);
        if (days.Count == 0)
            return;
        var first = days[0].Day;
        var all = await db.SegmentDays.AsNoTracking().Where(d => d.SegmentId == SegmentDay.Everyone && d.Day >= first).ToDictionaryAsync(d => d.Day, cancel);
        IReadOnlyList<DateOnly> calendar = [.. days.Select(d => d.Day)];
        Chart Of(string title, string unit, Func<SegmentDay, double?> inside, Func<SegmentDay, SegmentDay, double?> rest) => new(title, calendar,
            new("Members", [.. days.Select(d => Rounded(inside(d)))], unit), new("Rest of the shop", [.. days.Select(d => all.TryGetValue(d.Day, out var whole) ? Rounded(rest(whole, d)) : null)], unit, "dashes"));
        DayCharts =
        [
            new("Members at the start of the day", calendar, new Chart.Series("Members", [.. days.Select(d => (double?)d.Members)])),
            Of("Revenue a day", Money.Symbol().Trim(), d => (double)Money.Major(d.RevenueMinor), (w, d) => (double)Money.Major(w.RevenueMinor - d.RevenueMinor)),
            Of("Orders a day", "", d => d.Orders, (w, d) => w.Orders - d.Orders),
            Of("Visitors who bought", "%", d => Percent(d.BuyingVisitors, d.Visitors), (w, d) => Percent(w.BuyingVisitors - d.BuyingVisitors, w.Visitors - d.Visitors)),
            Of("Buyers who had bought before", "%", d => Percent(d.RepeatBuyers, d.Buyers), (w, d) => Percent(w.RepeatBuyers - d.RepeatBuyers, w.Buyers - d.Buyers)),
        ];
    }

    private void MovesOf(IReadOnlyList<SegmentMove> moves)
    {
        Moves = [.. moves.GroupBy(m => (m.Day, m.Cause)).OrderByDescending(g => g.Key.Day).ThenBy(g => g.Key.Cause)
            .Select(g => new MoveLine(g.Key.Day, g.Key.Cause.Say(), g.Where(m => m.Entered).Sum(m => m.Shoppers), g.Where(m => !m.Entered).Sum(m => m.Shoppers)))];
        if (moves.Count == 0)
            return;
        IReadOnlyList<DateOnly> days = [.. Enumerable.Range(0, Math.Max(moves[^1].Day.DayNumber - moves[0].Day.DayNumber + 1, 7)).Select(i => moves[^1].Day.AddDays(-i)).Order()];
        double? Sum(DateOnly day, bool entered) => moves.Where(m => m.Day == day && m.Entered == entered).Sum(m => m.Shoppers);
        MoveChart = new("Entries and exits a day", days, new Chart.Series("Entered", [.. days.Select(d => Sum(d, true))], "", "bar"), new("Left", [.. days.Select(d => -Sum(d, false))], "", "bar"));
    }

    private async Task<IReadOnlyList<BannerLine>> BannersAsync(int id, CancellationToken cancel)
    {
        var banners = await db.Banners.AsNoTracking().Where(b => b.SegmentIds.Contains(id) || b.ExcludedSegmentIds.Contains(id)).OrderByDescending(b => b.IsActive).ThenByDescending(b => b.Priority).ToListAsync(cancel);
        var counts = await figures.BannersAsync(id, [.. banners.Select(b => b.Id)], clock.GetUtcNow().AddDays(-30), cancel);
        BannerFigures Of(int banner, bool isMembers) => counts.FirstOrDefault(c => c.Banner == banner && c.IsMembers == isMembers) ?? new(banner, isMembers, 0, 0);
        return [.. banners.Select(b => new BannerLine(b, b.ExcludedSegmentIds.Contains(id), Of(b.Id, true), Of(b.Id, false)))];
    }

    private static ValueList<string> ListsOf(Rule rule)
    {
        var nothing = RuleNeeds.Of(new AllRule([]), _ => throw new InvalidOperationException("An empty rule refers to nothing."));
        return RuleNeeds.Of(rule, _ => nothing).Lists;
    }

    private static double? Percent(int part, int whole) => whole <= 0 ? null : 100.0 * part / whole;

    private static double? Rounded(double? figure) => figure is { } value ? Math.Round(value, 2) : null;
}
