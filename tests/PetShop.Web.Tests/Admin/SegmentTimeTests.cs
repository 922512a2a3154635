using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PetShop.TestHost;
using PetShop.Web.Api.Keys;
using PetShop.Web.Tests.Api;
using PetShop.Web.Tests.Targeting;

namespace PetShop.Web.Tests.Admin;

/// <summary>A segment with a schedule is explained as membership is: before, within and after its time.</summary>
public sealed class SegmentTimeTests(ApiShop shop) : IClassFixture<ApiShop>
{
    [Fact]
    public async Task Every_explanation_says_what_membership_says_and_when_the_schedule_turns_it()
    {
        var server = await shop.ServerAsync();
        var shopper = await server.DogPersonAsync();
        var segment = await server.AddSegmentAsync(ApiSteps.NewKey(), ApiSteps.DogHomes);
        var (from, until) = (shop.Clock.Now.AddDays(1), shop.Clock.Now.AddDays(2));
        await server.WithDbAsync(db => db.Segments.Where(s => s.Id == segment.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.StartsAt, from).SetProperty(x => x.EndsAt, until)));
        await server.RefreshRulesAsync();
        using var staff = server.SignedIn("merchandiser");
        using var program = await server.ProgramAsync(ApiScope.EvaluateVisitors, ApiScope.ReadMembers);
        using var self = server.SignedIn("", shopper);

        var early = await AskAsync();
        Assert.Contains("is not in this segment", early.Why, StringComparison.Ordinal);
        Assert.Contains("one thing stands in the way", early.Why, StringComparison.Ordinal);
        Assert.Contains("turns on 21 Nov 2026, 10:00: they enter", early.Why, StringComparison.Ordinal);
        Assert.Matches("^out .*the segment's time, from 21 Nov 2026, 10:00 until 22 Nov 2026, 10:00: not begun yet ?enters 21 Nov 2026, 10:00$", early.Detail);
        Assert.Equal((false, "the segment's time, from 21 Nov 2026, 10:00 until 22 Nov 2026, 10:00: not begun yet"), early.Download);
        Assert.Equal((false, false, from), early.Visitor);

        shop.Clock.Now = from;
        var within = await AskAsync();
        Assert.Contains("is in this segment", within.Why, StringComparison.Ordinal);
        Assert.Contains("turns on 22 Nov 2026, 10:00: they leave", within.Why, StringComparison.Ordinal);
        Assert.Matches("^in .*leaves 22 Nov 2026, 10:00$", within.Detail);
        Assert.True(within.Download.IsIn);
        Assert.Equal((true, true, until), within.Visitor);

        shop.Clock.Now = until;
        var late = await AskAsync();
        Assert.Contains("is not in this segment", late.Why, StringComparison.Ordinal);
        Assert.Contains("Its time ended on 22 Nov 2026, 10:00", late.Why, StringComparison.Ordinal);
        Assert.Contains("Only an edit of the segment changes this.", late.Why, StringComparison.Ordinal);
        Assert.DoesNotContain("Time alone", late.Why, StringComparison.Ordinal);
        Assert.Matches("^out .*: over$", late.Detail);
        Assert.Equal((false, "the segment's time, from 21 Nov 2026, 10:00 until 22 Nov 2026, 10:00: over"), late.Download);
        Assert.Equal((false, false, null), late.Visitor);

        await server.WithDbAsync(db => db.Segments.Where(s => s.Id == segment.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.StartsAt, (DateTimeOffset?)null).SetProperty(x => x.EndsAt, (DateTimeOffset?)null).SetProperty(x => x.IsActive, false)));
        await server.RefreshRulesAsync();
        var off = Flat((await staff.GetAsync($"/admin/segments/{segment.Id}/why?shopper={shopper}")).QuerySelector(".why-card")!.TextContent);
        Assert.Contains("is not in this segment", off, StringComparison.Ordinal);
        Assert.Contains("The segment is off, so nobody is in it.", off, StringComparison.Ordinal);

        async Task<(string Why, string Detail, (bool IsIn, string Because) Download, (bool IsMember, bool Passes, DateTimeOffset? FlipsAt) Visitor)> AskAsync()
        {
            var why = (await staff.GetAsync($"/admin/segments/{segment.Id}/why?shopper={shopper}")).QuerySelector(".why-card")!.TextContent;
            var detail = (await staff.GetAsync($"/admin/shoppers/{shopper}")).QuerySelectorAll(".reason summary").Single(s => s.TextContent.Contains(segment.Name, StringComparison.Ordinal)).TextContent;
            var form = (await self.GetAsync("/privacy")).QuerySelector("form[action*='handler=Download']")!;
            using var file = await self.PostAsync(form, ("format", "json"));
            var row = JsonDocument.Parse(await file.EnsureSuccess().Content.ReadAsStringAsync()).RootElement.GetProperty("segments").EnumerateArray().Single(s => s.GetProperty("segment").GetString() == segment.Name);
            var answer = (await program.AskAsync(HttpMethod.Post, "/api/v1/visitors/evaluate", $$"""{"shopperId":"{{shopper}}","explain":true}""")).Ok();
            var reason = answer["reasons"].EnumerateArray().Single(r => r.GetProperty("segment").GetString() == segment.Slug);
            var reasons = reason.GetProperty("why");
            return (Flat(why), Flat(detail), (row.GetProperty("you_are_in_it").GetBoolean(), row.GetProperty("because").GetString()!),
                (reason.GetProperty("isMember").GetBoolean(), reasons.GetProperty("passes").GetBoolean(), reasons.GetProperty("flipsAt").ValueKind == JsonValueKind.Null ? null : reasons.GetProperty("flipsAt").GetDateTimeOffset()));
        }
    }

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
