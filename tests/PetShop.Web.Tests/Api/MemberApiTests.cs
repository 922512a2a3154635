using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PetShop.Web.Api.Keys;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Api;

public sealed class MemberApiTests(ApiShop shop) : IClassFixture<ApiShop>
{
    [Fact]
    public async Task Members_are_listed_page_by_page_with_who_may_be_written_to()
    {
        var server = await shop.ServerAsync();
        using var program = await server.ProgramAsync(ApiScope.ReadMembers);
        var people = new List<Guid> { await server.DogPersonAsync(), await server.DogPersonAsync(), await server.DogPersonAsync() };
        await server.DogPersonAsync(consents: false);
        await server.WithDbAsync(db => db.Shoppers.Where(s => s.Id == people[1] || s.Id == people[2]).ExecuteUpdateAsync(s => s.SetProperty(x => x.ConsentEmail, true).SetProperty(x => x.IsSuppressed, x => x.Id == people[2])));
        var segment = await server.AddSegmentAsync(ApiSteps.NewKey(), ApiSteps.DogHomes);
        await server.RefreshRulesAsync();
        (await program.GetReplyAsync($"/api/v1/segments/{segment.Slug}/members")).Problem(409, "not_stored");
        await server.MembersAsync();
        var first = (await program.GetReplyAsync($"/api/v1/segments/{segment.Slug}/members?limit=2")).Ok();
        var rest = (await program.GetReplyAsync($"/api/v1/segments/{segment.Slug}/members?limit=1000&cursor={first["next"].GetString()}")).Ok();
        var all = first["items"].EnumerateArray().Concat(rest["items"].EnumerateArray()).Select(m => (m.GetProperty("shopperId").GetGuid(), m.GetProperty("mayBeEmailed").GetBoolean())).ToList();
        Assert.Equal(all.Distinct(), all);
        Assert.Equal([(people[0], false), (people[1], true), (people[2], false)], all.Where(a => people.Contains(a.Item1)));
        Assert.Equal(all.Count, await server.WithDbAsync(db => db.SegmentSlots.Where(s => s.SegmentId == segment.Id).Select(s => s.Members).SingleAsync()));
        Assert.Equal(JsonValueKind.Null, rest["next"].ValueKind);
        Assert.DoesNotContain("@", first.Body, StringComparison.Ordinal);
        Assert.Equal(2, await server.WithDbAsync(db => db.AuditEntries.CountAsync(a => a.Action == "members listed" && a.Subject == $"segment {segment.Slug}")));
    }

    [Fact]
    public async Task Nobody_is_listed_of_a_segment_that_is_small_off_unknown_or_decided_by_the_visit()
    {
        var server = await shop.ServerAsync();
        using var program = await server.ProgramAsync(ApiScope.ReadMembers);
        var lonely = await server.AddSegmentAsync(ApiSteps.NewKey(), $$"""{"v":1,"list":["{{await server.DogPersonAsync()}}"]}""");
        var live = await server.AddSegmentAsync(ApiSteps.NewKey(), """{"v":1,"attr":"visit.device","op":"is","value":"phone"}""");
        var off = await server.AddSegmentAsync(ApiSteps.NewKey(), ApiSteps.DogHomes);
        await server.WithDbAsync(db => db.Segments.Where(s => s.Id == off.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.IsActive, false)));
        await server.RefreshRulesAsync();
        await server.MembersAsync();
        (await program.GetReplyAsync($"/api/v1/segments/{lonely.Slug}/members")).Problem(403, "too_few");
        (await program.GetReplyAsync($"/api/v1/segments/{live.Slug}/members")).Problem(409, "depends_on_visit");
        (await program.GetReplyAsync($"/api/v1/segments/{live.Slug}/members/{Guid.NewGuid()}")).Problem(409, "depends_on_visit");
        Assert.Contains("switched off", (await program.GetReplyAsync($"/api/v1/segments/{off.Slug}/members")).Problem(409, "not_stored")["detail"].GetString(), StringComparison.Ordinal);
        (await program.GetReplyAsync("/api/v1/segments/not-there/members")).Problem(404, "no_such_segment");
        Assert.Equal(["cursor"], (await program.GetReplyAsync($"/api/v1/segments/{lonely.Slug}/members?cursor=x")).Problem(422, "unsound").FaultPlaces);
    }

    [Fact]
    public async Task A_membership_is_explained_with_since_when_and_a_refusal_keeps_out()
    {
        var server = await shop.ServerAsync();
        using var program = await server.ProgramAsync(ApiScope.ReadMembers);
        var (inside, outside, refused) = (await server.DogPersonAsync(), await server.AddShopperAsync(), await server.DogPersonAsync(consents: false));
        await server.MembersAsync();
        var segment = await server.AddSegmentAsync(ApiSteps.NewKey(), ApiSteps.DogHomes);
        await server.RefreshRulesAsync();
        shop.Clock.Now += TimeSpan.FromMinutes(1);
        await server.MembersAsync();
        var member = (await program.GetReplyAsync($"/api/v1/segments/{segment.Slug}/members/{inside}")).Ok();
        Assert.Equal((true, "rule", shop.Clock.Now), (member["isMember"].GetBoolean(), member["cause"].GetString(), member["since"].GetDateTimeOffset()));
        Assert.Equal("1 of 1 pets", member["why"].GetProperty("parts").EnumerateArray().Last().GetProperty("actual").GetString());
        Assert.Empty(member["obstacles"].EnumerateArray());
        var stranger = (await program.GetReplyAsync($"/api/v1/segments/{segment.Slug}/members/{outside}")).Ok();
        Assert.False(stranger["isMember"].GetBoolean());
        Assert.Equal("no pets", Assert.Single(stranger["obstacles"].EnumerateArray()).GetProperty("actual").GetString());
        var shut = (await program.GetReplyAsync($"/api/v1/segments/{segment.Slug}/members/{refused}")).Ok();
        Assert.False(shut["isMember"].GetBoolean());
        Assert.Contains(shut["obstacles"].EnumerateArray(), o => o.GetProperty("actual").GetString() == "has not agreed");
        (await program.GetReplyAsync($"/api/v1/segments/{segment.Slug}/members/{Guid.NewGuid()}")).Problem(404, "no_such_shopper");
        (await program.GetReplyAsync($"/api/v1/segments/not-there/members/{inside}")).Problem(404, "no_such_segment");
        (await program.GetReplyAsync($"/api/v1/segments/{segment.Slug}/members/somebody")).Problem(404, "no_such_operation");
        var segments = (await program.GetReplyAsync($"/api/v1/shoppers/{inside}/segments")).Ok();
        Assert.Contains(segments["segments"].EnumerateArray(), s => s.GetProperty("key").GetString() == segment.Slug && s.GetProperty("since").GetDateTimeOffset() == shop.Clock.Now);
        Assert.Empty((await program.GetReplyAsync($"/api/v1/shoppers/{refused}/segments")).Ok()["segments"].EnumerateArray());
        (await program.GetReplyAsync($"/api/v1/shoppers/{Guid.NewGuid()}/segments")).Problem(404, "no_such_shopper");
        Assert.Equal(1, await server.WithDbAsync(db => db.AuditEntries.CountAsync(a => a.Action == "membership explained" && a.Subject.Contains(inside.ToString()))));
    }

    [Fact]
    public async Task A_segment_with_a_schedule_gives_the_same_answer_everywhere_before_within_and_after_its_time()
    {
        var server = await shop.ServerAsync();
        using var program = await server.ProgramAsync(ApiScope.ReadMembers, ApiScope.ReadSegments);
        var (one, other) = (await server.DogPersonAsync(), await server.DogPersonAsync());
        var segment = await server.AddSegmentAsync(ApiSteps.NewKey(), ApiSteps.DogHomes);
        var (from, until) = (shop.Clock.Now.AddHours(1), shop.Clock.Now.AddHours(2));
        await server.WithDbAsync(db => db.Segments.Where(s => s.Id == segment.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.StartsAt, from).SetProperty(x => x.EndsAt, until)));
        await server.RefreshRulesAsync();
        await server.MembersAsync();
        using var staff = server.SignedIn("merchandiser");
        await NobodyAsync("begins at 2026", "so nobody is in it yet");

        shop.Clock.Now = from;
        Assert.True(await IsMemberAsync());
        Assert.Contains("being worked out", (await program.GetReplyAsync($"/api/v1/segments/{segment.Slug}/members")).Problem(409, "not_stored")["detail"].GetString(), StringComparison.Ordinal);
        await server.MembersAsync();
        var listed = (await program.GetReplyAsync($"/api/v1/segments/{segment.Slug}/members?limit=1000")).Ok()["items"].EnumerateArray().Select(m => m.GetProperty("shopperId").GetGuid()).ToList();
        Assert.True(listed.Contains(one) && listed.Contains(other));
        Assert.Equal(listed.Count, (await program.GetReplyAsync($"/api/v1/segments/{segment.Slug}")).Ok()["memberCount"].GetInt32());

        shop.Clock.Now = until;
        await NobodyAsync("ended at 2026", "so nobody is in it any more");
        await server.MembersAsync();
        await NobodyAsync("ended at 2026", "so nobody is in it any more");
        Assert.Equal(0, (await program.GetReplyAsync($"/api/v1/segments/{segment.Slug}")).Ok()["memberCount"].GetInt32());
        var moves = (await program.GetReplyAsync($"/api/v1/segments/{segment.Slug}/transitions?limit=1000")).Ok()["items"].EnumerateArray().Where(t => t.GetProperty("shopperId").GetGuid() == one);
        Assert.Equal([("entered", "schedule", from), ("left", "schedule", until)], moves.Select(t => (t.GetProperty("change").GetString(), t.GetProperty("cause").GetString(), t.GetProperty("at").GetDateTimeOffset())));

        async Task<bool> IsMemberAsync() => (await program.GetReplyAsync($"/api/v1/segments/{segment.Slug}/members/{one}")).Ok()["isMember"].GetBoolean();

        // The list, the single question, what holds the shopper, the file and the playbook.
        async Task NobodyAsync(string toPrograms, string toStaff)
        {
            Assert.Contains(toPrograms, (await program.GetReplyAsync($"/api/v1/segments/{segment.Slug}/members")).Problem(409, "not_stored")["detail"].GetString(), StringComparison.Ordinal);
            Assert.False(await IsMemberAsync());
            Assert.DoesNotContain((await program.GetReplyAsync($"/api/v1/shoppers/{one}/segments")).Ok()["segments"].EnumerateArray(), s => s.GetProperty("key").GetString() == segment.Slug);
            foreach (var page in (string[])["members.csv", "playbook"])
                Assert.Contains(toStaff, await (await staff.Client.GetAsync($"/admin/segments/{segment.Id}/{page}")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_cursor_kept_at_the_end_finds_what_comes_later_and_nothing_twice()
    {
        var server = await shop.ServerAsync();
        using var program = await server.ProgramAsync(ApiScope.ReadMembers);
        var segment = await server.AddSegmentAsync(ApiSteps.NewKey(), ApiSteps.DogHomes);
        await server.MembersAsync();
        var (seen, cursor) = (new List<long>(), (string?)null);
        var people = new List<Guid>();
        for (var round = 0; round < 3; round++)
        {
            shop.Clock.Now += TimeSpan.FromMinutes(1);
            people.Add(await server.DogPersonAsync());
            people.Add(await server.DogPersonAsync());
            await server.MembersAsync();
            for (var more = true; more;)
            {
                var page = (await program.GetReplyAsync($"/api/v1/segments/{segment.Slug}/transitions?limit=1{(cursor is null ? "" : $"&cursor={cursor}")}")).Ok();
                seen.AddRange(page["items"].EnumerateArray().Select(t => t.GetProperty("id").GetInt64()));
                (cursor, more) = (page["next"].GetString(), page["hasMore"].GetBoolean());
            }
        }
        var stored = await server.WithDbAsync(db => db.SegmentTransitions.Where(t => t.SegmentId == segment.Id).OrderBy(t => t.Id).Select(t => t.Id).ToListAsync());
        Assert.Equal(stored, seen);
        var empty = (await program.GetReplyAsync($"/api/v1/segments/{segment.Slug}/transitions?cursor={cursor}")).Ok();
        Assert.Equal((0, cursor), (empty["items"].GetArrayLength(), empty["next"].GetString()));
        var last = (await program.GetReplyAsync("/api/v1/transitions?limit=1000")).Ok()["items"].EnumerateArray().Single(t => t.GetProperty("id").GetInt64() == seen[^1]);
        Assert.Equal((segment.Slug, "entered", "profile", shop.Clock.Now), (last.GetProperty("segment").GetString(), last.GetProperty("change").GetString(), last.GetProperty("cause").GetString(), last.GetProperty("at").GetDateTimeOffset()));
        Assert.Contains(last.GetProperty("shopperId").GetGuid(), people);
        (await program.GetReplyAsync("/api/v1/segments/not-there/transitions")).Problem(404, "no_such_segment");
        Assert.Equal(["limit"], (await program.GetReplyAsync("/api/v1/transitions?limit=1001")).Problem(422, "unsound").FaultPlaces);
    }

    [Fact]
    public async Task Transitions_carry_the_version_that_stood_at_their_time()
    {
        var server = await shop.ServerAsync();
        using var program = await server.ProgramAsync();
        await server.DogPersonAsync();
        await server.MembersAsync();
        var key = ApiSteps.NewKey();
        (await program.AskAsync(HttpMethod.Post, "/api/v1/segments", ApiSteps.NewSegment(key, ApiSteps.DogHomes))).Ok(System.Net.HttpStatusCode.Created);
        shop.Clock.Now += TimeSpan.FromMinutes(1);
        (await program.AskAsync(HttpMethod.Put, $"/api/v1/segments/{key}", $$"""{"name":"n","rule":{{ApiSteps.Buyers}}}""", ("If-Match", "\"1\""))).Ok();
        var moves = (await program.GetReplyAsync($"/api/v1/segments/{key}/transitions?limit=1000")).Ok()["items"].EnumerateArray().ToList();
        Assert.Equal([("entered", 1), ("left", 2)], moves.Select(m => (m.GetProperty("change").GetString(), m.GetProperty("segmentVersion").GetInt32())).Distinct());
    }
}
