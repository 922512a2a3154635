using Microsoft.Playwright;
using PetShop.TestHost;

namespace PetShop.Browser.Tests.Quality;

/// <summary>axe-core, as the web project's npm packages hold it, run inside a page.</summary>
public static class Axe
{
    private static readonly Lazy<string> Source = new(() => File.ReadAllText(Path.Combine(Repository.WebFolder, "node_modules", "axe-core", "axe.min.js")));

    // The two gravest kinds; each violation with the first elements it was found at. How grave a violation is stands with its rule, so the others need not run.
    private const string Run = """
        async () => {
          const left = axe._audit.tagExclude;
          const rules = axe._audit.rules.filter(r => r.enabled && ['serious', 'critical'].includes(r.impact) && !r.tags.some(t => left.includes(t))).map(r => r.id);
          const found = await axe.run(document, { resultTypes: ['violations'], runOnly: { type: 'rule', values: rules } });
          return found.violations.filter(v => v.impact === 'serious' || v.impact === 'critical')
            .map(v => `${v.id} (${v.impact}): ${v.help}; ${v.nodes.length} times, as in ${v.nodes.slice(0, 3).map(n => `${n.target.join(' ')} [${(n.any[0] ?? n.all[0] ?? n.none[0])?.message ?? ''}]`).join(' and ')}`);
        }
        """;

    /// <summary>Serious and critical violations on the page as it stands.</summary>
    public static async Task<string[]> ViolationsAsync(IPage page)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            await page.EvaluateAsync(Source.Value + ";\nundefined"); // Not as a script tag: the shop's content policy rightly refuses those.
        return await page.EvaluateAsync<string[]>(Run);
    }
}
