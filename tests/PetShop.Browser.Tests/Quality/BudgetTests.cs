using PetShop.Browser.Tests.Browsing;
using Xunit.Abstractions;

namespace PetShop.Browser.Tests.Quality;

/// <summary>What the home page may weigh and how still it stands.</summary>
[Collection(ShopInBrowser.Collection)]
public sealed class BudgetTests(ShopInBrowser shop, ITestOutputHelper output)
{
    private const int ScriptBytes = 60 * 1024, StyleBytes = 40 * 1024;
    private const double MostShift = 0.05;

    [SkippableFact]
    public Task The_home_page_keeps_its_budgets_on_a_phone() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/");
        var weight = await visit.Page.EvaluateAsync<Dictionary<string, double>>(Weigh);
        await visit.Page.EvaluateAsync(ScrollDown);
        var shift = await visit.Page.EvaluateAsync<double>(Shift);
        output.WriteLine($"{string.Join(", ", weight.Select(w => $"{w.Key} {w.Value:0}"))}, layout shift {shift:0.0000}");
        Assert.InRange(weight["script bytes"], 1, ScriptBytes);
        Assert.InRange(weight["style bytes"], 1, StyleBytes);
        Assert.InRange(shift, 0, MostShift);
    }, Look.Phone);

    // Sizes as they came over the wire, compressed.
    private const string Weigh = """
        async () => {
          const of = (...ends) => performance.getEntriesByType('resource').filter(r => ends.some(e => new URL(r.name).pathname.endsWith(e))).reduce((sum, r) => sum + r.encodedBodySize, 0);
          const lcp = await new Promise(done => { new PerformanceObserver(l => done(l.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true }); setTimeout(() => done(-1), 3000); });
          const pictures = performance.getEntriesByType('resource').filter(r => r.initiatorType === 'img').reduce((sum, r) => sum + r.encodedBodySize, 0);
          return { 'script bytes': of('.js'), 'style bytes': of('.css'), 'font bytes': of('.woff2'), 'picture bytes': pictures, 'page bytes': performance.getEntriesByType('navigation')[0].encodedBodySize, 'LCP ms': lcp };
        }
        """;

    private const string ScrollDown = """
        async () => { for (let y = 0; y < document.body.scrollHeight; y += innerHeight / 2) { scrollTo(0, y); await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r))); } }
        """;

    private const string Shift = """
        () => new Promise(done => {
          let sum = 0;
          new PerformanceObserver(l => { for (const e of l.getEntries()) if (!e.hadRecentInput) sum += e.value; }).observe({ type: 'layout-shift', buffered: true });
          requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
        })
        """;
}
