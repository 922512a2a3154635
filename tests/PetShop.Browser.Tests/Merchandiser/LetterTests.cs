using System.Text.RegularExpressions;
using PetShop.Browser.Tests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace PetShop.Browser.Tests.Merchandiser;

/// <summary>A merchandiser writes to shoppers, and one of them has had enough.</summary>
[Collection(ShopInBrowser.Collection)]
public sealed partial class LetterTests(ShopInBrowser shop)
{
    private const string Subject = "Hay, and other good news";

    [SkippableFact]
    public async Task A_letter_is_written_looked_at_and_sent_and_its_way_out_works()
    {
        var wayOut = "";
        await shop.VisitAsync(async visit =>
        {
            await visit.OpenAsync("/admin/campaigns");
            await visit.Link("New letter").ClickAsync();
            await visit.Page.GetByLabel("Name, for us").FillAsync("Hay news");
            await visit.Page.GetByLabel("Subject", new() { Exact = true }).FillAsync(Subject);
            await visit.Page.GetByLabel("Text", new() { Exact = true }).FillAsync("Hello {name|there},\n\nfresh **hay** is in: [see it](/shop/small-pets).");
            await Expect(visit.Page.FrameLocator("#look iframe").Locator("strong")).ToHaveTextAsync("hay");
            await visit.Button("Save and see whom it reaches").ClickAsync();
            await Expect(visit["h1"]).ToHaveTextAsync("Send “Hay news”?");
            await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { NameRegex = YesSend() }).ClickAsync();
            await Expect(visit["[data-figure=Sent]"]).Not.ToHaveTextAsync("0");

            await visit.OpenAsync("/account/development-mails");
            await visit.Link(Subject).First.ClickAsync();
            await Expect(visit.Page.FrameLocator("iframe").GetByText("You get this letter because you agreed")).ToBeVisibleAsync();
            await visit["details summary"].ClickAsync();
            wayOut = new Uri(WayOut().Match(await visit["details pre"].InnerTextAsync()).Groups[1].Value).PathAndQuery;
        }, Look.Desktop with { As = ShopPages.Merchandiser });

        // On a phone that never signed in.
        await shop.VisitAsync(async visit =>
        {
            await visit.OpenAsync(wayOut);
            await visit.Button("Yes, stop them").ClickAsync();
            await Expect(visit["h1"]).ToHaveTextAsync("Done. No more offers by mail.");
        }, Look.Phone);
    }

    [GeneratedRegex("^Yes, send it")]
    private static partial Regex YesSend();

    [GeneratedRegex(@"No more letters: (\S+)")]
    private static partial Regex WayOut();
}
