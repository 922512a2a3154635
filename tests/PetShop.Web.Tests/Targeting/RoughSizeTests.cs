using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Targeting.Segments;
using PetShop.TestHost;
using PetShop.Web.Targeting;
using PetShop.Web.Tests.Admin;

namespace PetShop.Web.Tests.Targeting;

/// <summary>Sizes from a sample, in a shop that draws one from 600 shoppers on.</summary>
public sealed class RoughSizeTests
{
    private const int Shoppers = 6_000;

    [Fact]
    public async Task A_rough_size_lies_near_the_exact_one_and_what_it_tells_is_no_figure()
    {
        await using var server = await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), [.. TargetedShop.Settings, "Targeting:SampledFrom=600"], TargetedShop.Configure);
        var source = server.Services.GetRequiredService<NpgsqlDataSource>();
        await source.RunAsync("""
            INSERT INTO shoppers (id, first_name, last_name, country, quiz_values, registered_at, consent_analytics, consent_personalisation, consent_email, consent_prices, is_suppressed,
                email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
            SELECT md5(n::text)::uuid, '', '', CASE WHEN n <= 5 THEN 'LU' WHEN n % 10 < 3 THEN 'NL' ELSE 'DE' END, '{}', now(), true, true, true, true, false, true, false, false, false, 0 FROM generate_series(1, $1) n
            """, Shoppers);
        await source.RunAsync("ANALYZE segment_subjects");
        var (counter, set) = (server.Services.GetRequiredService<SegmentCounter>(), new SegmentSet(new Dictionary<string, Rule>()));
        foreach (var country in (string[])["NL", "DE"])
        {
            var draft = set.Draft(RuleJson.Parse(In(country)));
            var (rough, exact) = ((await counter.EstimateAsync(draft, set, CancellationToken.None))!, (await counter.CountAsync(draft, set, CancellationToken.None))!.Value);
            // A sample of about 200: five standard errors of the share, which one in a million would miss by chance.
            var share = (double)exact / Shoppers;
            Assert.InRange(rough.Count, exact - (5 * Shoppers * Math.Sqrt(share * (1 - share) / 200)), exact + (5 * Shoppers * Math.Sqrt(share * (1 - share) / 200)));
            Assert.InRange(rough.Met!.Value, 1, 0.9 * exact);
        }
        using var staff = server.SignedIn("merchandiser");
        // Five of six thousand: a sample hardly meets them, so neither "nobody" nor a figure may be told.
        Assert.Contains("Very few match in the sample, if any; the exact count tells.", await HintsAsync(staff, "estimate"), StringComparison.Ordinal);
        Assert.DoesNotContain("Nobody matches", await HintsAsync(staff, "estimate"), StringComparison.Ordinal);
        Assert.Contains("Only 5 match; a segment under 50 cannot set prices.", await HintsAsync(staff, "closer"), StringComparison.Ordinal);
    }

    private static string In(string country) => $$"""{"v":1,"attr":"place.country","op":"is","value":"{{country}}"}""";

    private static async Task<string> HintsAsync(TestVisitor staff, string handler)
    {
        var form = (await staff.GetAsync("/admin/segments/new")).QuerySelector("form#segment")!;
        form.SetAttribute("action", $"/admin/segments/new?handler={handler}");
        using var answer = await staff.PostAsync(form, ("Input.Mode", "json"), ("Input.Json", In("LU")));
        return string.Join(" ", (await staff.ParseAsync(answer)).QuerySelectorAll(".notice").Select(n => n.TextContent.Trim()));
    }
}
