using Microsoft.Extensions.DependencyInjection;
using PetShop.Web.Campaigns;
using PetShop.Web.Catalog;
using PetShop.Web.Tests.Recommendations;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Campaigns;

public sealed class LetterRailTests(RecommendedShop fixture) : IClassFixture<RecommendedShop>
{
    [Fact]
    public async Task Products_of_a_letter_are_few_safe_for_the_pets_and_say_why_they_are_there()
    {
        var shop = await fixture.ServerAsync();
        var rails = shop.Services.GetRequiredService<LetterRails>();
        var owner = await shop.ScalarAsync<Guid>("""
            SELECT s.id FROM shoppers s JOIN pets p ON p.shopper_id = s.id WHERE s.consent_analytics AND s.consent_personalisation AND p.died_on IS NULL AND 'chicken' = ANY(p.allergies)
              AND (SELECT count(*) FROM pets x WHERE x.shopper_id = s.id) = 1 AND EXISTS (SELECT FROM orders o WHERE o.shopper_id = s.id) ORDER BY s.id LIMIT 1
            """);
        var rail = (await rails.ForAsync(owner, "letter-for-you", default))!;
        Assert.InRange(rail.Cards.Count, 1, 4);
        Assert.All(rail.Cards, c => Assert.False(string.IsNullOrEmpty(c.Why ?? c.Explanation ?? rail.Why)));
        Assert.DoesNotContain(rail.Cards, c => c.Strategy?.StartsWith("explore", StringComparison.Ordinal) == true);
        Assert.Empty(await shop.IdsAsync("""
            SELECT id FROM products WHERE id = ANY($1) AND (NOT in_stock OR NOT is_active OR is_medicine OR EXISTS (SELECT FROM unnest(allergens || ingredients) i WHERE i ILIKE '%chicken%'))
            """, rail.Cards.Select(c => c.Id).ToArray()));

        var preview = shop.Services.GetRequiredService<LetterPreview>();
        var campaign = new Data.Campaigns.Campaign { Name = "x", Subject = "x", Body = "Hello.", Rail = "letter-for-you", RootUrl = "https://shop.example" };
        var letter = (await preview.WriteAsync(campaign, new([], [], new(new Dictionary<string, PetShop.Targeting.Segments.Rule>()), null), owner, "a", default))!;
        foreach (var card in rail.Cards)
        {
            Assert.Contains($"{card.Name}, {(card.PackLabel is { } pack ? $"{pack}, " : "")}{Money.Format(card.PriceMinor)}", letter.Mail.Text, StringComparison.Ordinal);
            Assert.Contains($"https://shop.example/products/{card.Slug}?utm_source=letter", letter.Mail.Text, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("<img", letter.Mail.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Nothing_is_chosen_for_who_did_not_agree_to_it()
    {
        var shop = await fixture.ServerAsync();
        var refuser = await shop.ScalarAsync<Guid>("SELECT id FROM shoppers WHERE NOT consent_personalisation ORDER BY id LIMIT 1");
        Assert.Null(await shop.Services.GetRequiredService<LetterRails>().ForAsync(refuser, "letter-for-you", default));
    }
}
