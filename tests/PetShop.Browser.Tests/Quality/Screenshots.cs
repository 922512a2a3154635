using PetShop.Browser.Tests.Browsing;

namespace PetShop.Browser.Tests.Quality;

/// <summary>PETSHOP_SCREENSHOTS=&lt;folder&gt; writes a picture of every page on a desktop and a phone, light and dark. PETSHOP_PAGES=&lt;names&gt; takes only some.</summary>
[Collection(ShopInBrowser.Collection)]
public sealed class Screenshots(ShopInBrowser shop)
{
    private static readonly (string Name, Look Look)[] Looks =
        [("desktop-light", Look.Desktop), ("desktop-dark", Look.Desktop with { Dark = true }), ("phone-light", Look.Phone), ("phone-dark", Look.Phone with { Dark = true })];

    [SkippableFact]
    public async Task Pictures_of_every_page_are_written_where_asked_for()
    {
        var folder = Environment.GetEnvironmentVariable("PETSHOP_SCREENSHOTS");
        Skip.If(string.IsNullOrEmpty(folder), "Set PETSHOP_SCREENSHOTS=<folder> to have pictures of every page written there.");
        Directory.CreateDirectory(folder);
        var only = Environment.GetEnvironmentVariable("PETSHOP_PAGES")?.Split(',') ?? [];
        foreach (var page in ShopPages.All.Where(p => only.Length == 0 || only.Contains(p.Name)))
            foreach (var (name, look) in Looks)
                await shop.VisitAsync(async visit =>
                {
                    await page.OpenAsync(visit);
                    await LoadPicturesAsync(visit);
                    await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{page.Name}-{name}.png"), FullPage = true });
                    visit.Forgive(_ => true);
                }, look with { As = page.As });
    }

    /// <summary>Pictures that load when they come near are loaded now.</summary>
    private static async Task LoadPicturesAsync(Visit visit) => await visit.Page.EvaluateAsync("""
        async () => { if (location.pathname !== '/') document.querySelector('.consent')?.remove(); for (const i of document.images) i.loading = 'eager'; await Promise.race([Promise.all([...document.images].map(i => i.decode().catch(() => {}))), new Promise(r => setTimeout(r, 5000))]); }
        """);
}
