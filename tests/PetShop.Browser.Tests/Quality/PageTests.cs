using Microsoft.Playwright;
using PetShop.Browser.Tests.Browsing;

namespace PetShop.Browser.Tests.Quality;

/// <summary>What holds for every main page, on a desktop and on a phone, by day and by night.</summary>
[Collection(ShopInBrowser.Collection)]
public sealed class PageTests(ShopInBrowser shop)
{
    public static TheoryData<string> Pages => ShopPages.Names;

    [SkippableTheory]
    [MemberData(nameof(Pages))]
    public async Task Every_page_is_accessible_and_fits_every_screen(string name)
    {
        var page = ShopPages.Named(name);
        Func<Func<Visit, Task>, Look, Task> open = page.WithCart ? shop.VisitAsync : shop.ReadAsync;
        await open(async visit =>
        {
            List<string> found = [];
            await page.OpenAsync(visit);
            await CheckAsync(visit, "desktop, light", found);
            // By night on the phone: which colours meet depends on the scheme, what meets at all on the width, and hardly anything on both.
            await visit.Page.SetViewportSizeAsync(Look.Phone.Width, Look.Phone.Height);
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await visit.Page.ReloadAsync();
            await CheckAsync(visit, "phone, dark", found);
            await visit.Page.SetViewportSizeAsync(320, 640);
            found.AddRange((await OverflowAsync(visit.Page)).Select(o => $"320 px: {o}"));
            found.AddRange((await PicturesAsync(visit.Page)).Select(p => $"picture: {p}"));
            page.Forgive(visit);
            Assert.True(found.Count == 0, $"{name}:\n{string.Join('\n', found)}");
        }, Look.Desktop with { As = page.As });
    }

    [SkippableFact]
    public Task Planted_faults_are_found() => shop.VisitAsync(async visit =>
    {
        await visit.OpenAsync("/help");
        await visit.Page.EvaluateAsync("""
            () => document.querySelector('main').insertAdjacentHTML('beforeend',
              '<p style="color: #bbb; background: #fff">Pale words</p><img src="/favicon.svg"><div style="width: 3000px">Wide</div><button></button>')
            """);
        var found = await Axe.ViolationsAsync(visit.Page);
        Assert.Contains(found, v => v.StartsWith("color-contrast ", StringComparison.Ordinal));
        Assert.Contains(found, v => v.StartsWith("image-alt ", StringComparison.Ordinal));
        Assert.Contains(found, v => v.StartsWith("button-name ", StringComparison.Ordinal));
        Assert.NotEmpty(await OverflowAsync(visit.Page));
        Assert.NotEmpty(await PicturesAsync(visit.Page));
    });

    private static async Task CheckAsync(Visit visit, string screen, List<string> found)
    {
        found.AddRange((await Axe.ViolationsAsync(visit.Page)).Select(v => $"{screen}: {v}"));
        found.AddRange((await OverflowAsync(visit.Page)).Select(o => $"{screen}: {o}"));
    }

    /// <summary>What makes the page wider than the screen.</summary>
    private static Task<string[]> OverflowAsync(IPage page) => page.EvaluateAsync<string[]>("""
        async () => {
          const wide = document.documentElement.clientWidth;
          // Charts follow a new width in the next frames.
          for (let frame = 0; frame < 60 && document.documentElement.scrollWidth > wide; frame++) await new Promise(requestAnimationFrame);
          if (document.documentElement.scrollWidth <= wide) return [];
          const guilty = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > wide + 1 && !e.closest('.rail__track, .table-scroll, .departments')).slice(0, 4)
            .map(e => `${e.tagName.toLowerCase()}.${e.className}`);
          return [`scrolls sideways, ${document.documentElement.scrollWidth} of ${wide} px: ${guilty.join(', ')}`];
        }
        """);

    /// <summary>Pictures without dimensions, without a text alternative, or broken.</summary>
    private static Task<string[]> PicturesAsync(IPage page) => page.EvaluateAsync<string[]>("""
        () => [...document.images].flatMap(i => [
          i.hasAttribute('alt') ? null : 'no alt', i.getAttribute('width') && i.getAttribute('height') ? null : 'no dimensions',
          i.complete && i.naturalWidth === 0 ? 'broken' : null].filter(x => x).map(x => `${x}: ${i.getAttribute('src')}`))
        """);
}
