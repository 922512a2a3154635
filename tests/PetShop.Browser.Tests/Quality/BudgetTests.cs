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

    // In Development files come wrapped in gzip but not smaller, so that a change shows at once: what a published shop sends is what gzip makes of them.
    private const string Weigh = """
        async () => {
          const lcp = await new Promise(done => { new PerformanceObserver(l => done(l.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true }); setTimeout(() => done(-1), 3000); });
          const resources = performance.getEntriesByType('resource');
          const zipped = async url => (await new Response((await fetch(url)).body.pipeThrough(new CompressionStream('gzip'))).blob()).size;
          const sum = sizes => sizes.reduce((total, size) => total + size, 0);
          const ending = end => resources.filter(r => new URL(r.name).pathname.endsWith(end));
          return {
            'script bytes': sum(await Promise.all(ending('.js').map(r => zipped(r.name)))), 'style bytes': sum(await Promise.all(ending('.css').map(r => zipped(r.name)))),
            'font bytes': sum(ending('.woff2').map(r => r.encodedBodySize)), 'picture bytes': sum(resources.filter(r => r.initiatorType === 'img').map(r => r.encodedBodySize)),
            'page bytes': performance.getEntriesByType('navigation')[0].encodedBodySize, 'LCP ms': lcp };
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
