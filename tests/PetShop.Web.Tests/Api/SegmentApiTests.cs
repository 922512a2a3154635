using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PetShop.Web.Api;
using PetShop.Web.Api.Keys;
using PetShop.Web.Tests.Recommendations;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Api;

public sealed class SegmentApiTests(ApiShop shop) : IClassFixture<ApiShop>
{
    [Fact]
    public async Task A_segment_is_made_read_edited_and_switched_off_and_the_admin_pages_see_every_version()
    {
        var server = await shop.ServerAsync();
        using var program = await server.ProgramAsync();
        var key = ApiSteps.NewKey();
        var shopper = await server.DogPersonAsync();
        await server.MembersAsync();
        var made = (await program.AskAsync(HttpMethod.Post, "/api/v1/segments", ApiSteps.NewSegment(key, ApiSteps.DogHomes))).Ok(HttpStatusCode.Created);
        Assert.Equal($"/api/v1/segments/{key}", made.Headers["Location"]);
        Assert.Equal(("\"1\"", 1, true), (made.Tag, made["version"].GetInt32(), made["isActive"].GetBoolean()));
        Assert.Equal("Visitors who have a pet whose species is dog.", made["sentence"].GetString());
        Assert.True(made["memberCount"].GetInt32() >= 1);
        var read = (await program.GetReplyAsync($"/api/v1/segments/{key}")).Ok();
        Assert.Equal((made.Body, "\"1\""), (read.Body, read.Tag));
        await server.ExecuteAsync("UPDATE segments SET name = 'Dog homes' WHERE slug = $1", key);
        var around = (await program.AskAsync(HttpMethod.Post, "/api/v1/segments", ApiSteps.NewSegment(ApiSteps.NewKey(), $$"""{"v":1,"segment":"{{key}}"}"""))).Ok(HttpStatusCode.Created);
        Assert.Contains("“Dog homes”", around["sentence"].GetString(), StringComparison.Ordinal);
        var edit = $$"""{"name":"Dogs","description":"d","rule":{"v":1,"not":{{ApiSteps.DogHomes.Replace("\"v\":1,", "")}}},"startsAt":"2026-11-01T00:00:00+01:00"}""";
        var edited = (await program.AskAsync(HttpMethod.Put, $"/api/v1/segments/{key}", edit, ("If-Match", "\"1\""))).Ok();
        Assert.Equal(("\"2\"", "Dogs", "2026-10-31T23:00:00+00:00"), (edited.Tag, edited["name"].GetString(), edited["startsAt"].GetString()));
        Assert.Equal(HttpStatusCode.NoContent, (await program.AskAsync(HttpMethod.Delete, $"/api/v1/segments/{key}", null, ("If-Match", "\"2\""))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await program.AskAsync(HttpMethod.Delete, $"/api/v1/segments/{key}")).Status);
        Assert.False((await program.GetReplyAsync($"/api/v1/segments/{key}"))["isActive"].GetBoolean());
        var versions = await server.WithDbAsync(db => db.SegmentVersions.Where(v => db.Segments.Any(s => s.Id == v.SegmentId && s.Slug == key)).Select(v => v.SavedBy).ToListAsync());
        Assert.Equal(3, versions.Count);
        Assert.All(versions, who => Assert.StartsWith("API key test (psk_", who, StringComparison.Ordinal));
        Assert.Equal(3, await server.WithDbAsync(db => db.AuditEntries.CountAsync(a => a.Subject == $"segment {key}")));
        Assert.NotEqual(Guid.Empty, shopper);
    }

    [Fact]
    public async Task Two_who_edit_the_same_version_do_not_overwrite_each_other()
    {
        var server = await shop.ServerAsync();
        using var program = await server.ProgramAsync();
        var key = ApiSteps.NewKey();
        (await program.AskAsync(HttpMethod.Post, "/api/v1/segments", ApiSteps.NewSegment(key, ApiSteps.DogHomes))).Ok(HttpStatusCode.Created);
        var edit = $$"""{"name":"n","rule":{{ApiSteps.Buyers}}}""";
        (await program.AskAsync(HttpMethod.Put, $"/api/v1/segments/{key}", edit)).Problem(428, "version_missing");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => program.AskAsync(HttpMethod.Put, $"/api/v1/segments/{key}", edit, ("If-Match", "\"1\""))));
        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => a.Problem(412, "changed"));
        (await program.AskAsync(HttpMethod.Put, $"/api/v1/segments/{key}", edit, ("If-Match", "*"))).Ok();
        (await program.AskAsync(HttpMethod.Delete, $"/api/v1/segments/{key}", null, ("If-Match", "\"1\""))).Problem(412, "changed");
    }

    [Fact]
    public async Task A_request_that_is_named_makes_nothing_twice_even_at_once()
    {
        var server = await shop.ServerAsync();
        using var program = await server.ProgramAsync();
        var (key, name) = (ApiSteps.NewKey(), Guid.NewGuid().ToString());
        var body = ApiSteps.NewSegment(key, ApiSteps.DogHomes);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => program.AskAsync(HttpMethod.Post, "/api/v1/segments", body, ("Idempotency-Key", name))));
        Assert.All(answers, a => Assert.Equal(1, a.Ok(HttpStatusCode.Created)["version"].GetInt32()));
        Assert.Single(answers, a => !a.Headers.ContainsKey("Idempotent-Replayed"));
        (await program.AskAsync(HttpMethod.Post, "/api/v1/segments", body)).Problem(409, "segment_exists");
        Assert.Equal(["Idempotency-Key"], (await program.AskAsync(HttpMethod.Post, "/api/v1/segments", ApiSteps.NewSegment(key, ApiSteps.Buyers), ("Idempotency-Key", name))).Problem(422, "unsound").FaultPlaces);
        using var other = await server.ProgramAsync();
        (await other.AskAsync(HttpMethod.Post, "/api/v1/segments", body, ("Idempotency-Key", name))).Problem(409, "segment_exists");
        shop.Clock.Now += TimeSpan.FromHours(25);
        (await program.AskAsync(HttpMethod.Post, "/api/v1/segments", body, ("Idempotency-Key", name))).Problem(409, "segment_exists");
    }

    [Fact]
    public async Task Everything_wrong_with_a_segment_is_told_at_once_with_its_place()
    {
        using var program = await (await shop.ServerAsync()).ProgramAsync();
        var answer = await program.AskAsync(HttpMethod.Post, "/api/v1/segments",
            """{"key":"Not A Key","name":"","startsAt":"2026-11-22T00:00:00Z","endsAt":"2026-11-21T00:00:00Z","rule":{"v":1,"all":[{"attr":"orders.cuont","op":">=","value":1},{"attr":"orders.count","op":">=","value":"many"}]}}""");
        Assert.Equal(["$.key", "$.name", "$.endsAt", "$.rule.all[0].attr", "$.rule.all[1].value"], answer.Problem(422, "unsound").FaultPlaces);
        Assert.Contains("orders.count", answer["faults"][3].GetProperty("mend").GetString(), StringComparison.Ordinal);
        Assert.Equal(["$.rule.segment"], (await program.AskAsync(HttpMethod.Post, "/api/v1/segments", ApiSteps.NewSegment(ApiSteps.NewKey(), """{"v":1,"segment":"not-there"}"""))).Problem(422, "unsound").FaultPlaces);
        await (await shop.ServerAsync()).ExecuteAsync("INSERT INTO brands (slug, name, blurb, hue, secondary_hue) VALUES ('northpaw', 'Northpaw', '', 1, 2)");
        var unknown = await program.AskAsync(HttpMethod.Post, "/api/v1/segments", ApiSteps.NewSegment(ApiSteps.NewKey(), """{"v":1,"attr":"interest.brand","op":"is","value":"northpew"}"""));
        Assert.Equal(("$.rule.value", "Did you mean 'northpaw'?"), (Assert.Single(unknown.FaultPlaces), unknown["faults"][0].GetProperty("mend").GetString()));
        var key = ApiSteps.NewKey();
        Assert.Contains("itself", (await program.AskAsync(HttpMethod.Post, "/api/v1/segments", ApiSteps.NewSegment(key, $$"""{"v":1,"segment":"{{key}}"}"""))).Problem(422, "unsound")["detail"].GetString(), StringComparison.Ordinal);
        Assert.Contains("'key'", (await program.AskAsync(HttpMethod.Post, "/api/v1/segments", """{"name":"n","rule":{}}""")).Problem(400, "unreadable")["detail"].GetString(), StringComparison.Ordinal);
        Assert.Contains("'colour'", (await program.AskAsync(HttpMethod.Post, "/api/v1/segments", """{"key":"k","name":"n","rule":{},"colour":1}""")).Problem(400, "unreadable")["detail"].GetString(), StringComparison.Ordinal);
        (await program.AskAsync(HttpMethod.Post, "/api/v1/segments", "{")).Problem(400, "unreadable");
        using var text = new StringContent("hello");
        using var refused = await program.PostAsync("/api/v1/segments", text);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        (await program.GetReplyAsync("/api/v1/segments/not-there")).Problem(404, "no_such_segment");
        (await program.AskAsync(HttpMethod.Put, "/api/v1/segments/not-there", """{"name":"n","rule":{}}""", ("If-Match", "*"))).Problem(404, "no_such_segment");
        (await program.AskAsync(HttpMethod.Delete, "/api/v1/segments/not-there")).Problem(404, "no_such_segment");
    }

    [Theory]
    [InlineData("""{"key":"KEY","name":"a\u0000b","rule":{"v":1,"all":[]}}""", "$.name")]
    [InlineData("""{"key":"KEY","name":"\u200b","rule":{"v":1,"all":[]}}""", "$.name")]
    [InlineData("""{"key":"KEY","name":"n","description":"a\u0000","rule":{"v":1,"all":[]}}""", "$.description")]
    [InlineData("""{"key":"KEY","name":"n","owner":"a\u0000","rule":{"v":1,"all":[]}}""", "$.owner")]
    [InlineData("""{"key":"KEY","name":"n","rule":{"v":1,"attr":"place.city","op":"is","value":"\ud800"}}""", "$.rule.value")]
    public async Task What_cannot_be_stored_or_seen_is_told_at_its_place_and_makes_nothing(string body, string place)
    {
        var (server, key) = (await shop.ServerAsync(), ApiSteps.NewKey());
        using var program = await server.ProgramAsync(ApiScope.WriteSegments, ApiScope.ManageWebhooks, ApiScope.ReadMembers);
        Assert.Equal([place], (await program.AskAsync(HttpMethod.Post, "/api/v1/segments", body.Replace("KEY", key, StringComparison.Ordinal))).Problem(422, "unsound").FaultPlaces);
        Assert.False(await server.WithDbAsync(db => db.Segments.AnyAsync(s => s.Slug == key)));
        (await program.AskAsync(HttpMethod.Post, "/api/v1/webhooks", """{"name":"a\u0000","url":"https://example.com/x"}""")).Problem(422, "unsound");
        Assert.Equal(400, (int)(await program.GetReplyAsync("/api/v1/transitions?segment=a%00")).Status);
    }

    [Fact]
    public async Task The_list_is_read_page_by_page_and_filtered()
    {
        var server = await shop.ServerAsync();
        using var program = await server.ProgramAsync(ApiScope.ReadSegments);
        var keys = new List<string>();
        for (var i = 0; i < 5; i++)
            keys.Add((await server.AddSegmentAsync(ApiSteps.NewKey(), ApiSteps.DogHomes)).Slug);
        var read = new List<string>();
        for (string? cursor = null, path = "/api/v1/segments?limit=2&active=true"; path is not null; path = cursor is null ? null : $"/api/v1/segments?limit=2&active=true&cursor={cursor}")
        {
            var page = (await program.GetReplyAsync(path)).Ok();
            Assert.InRange(page["items"].GetArrayLength(), 1, 2);
            read.AddRange(page["items"].EnumerateArray().Select(s => s.GetProperty("key").GetString()!));
            cursor = page["next"].GetString();
            Assert.Equal(cursor is not null, page["hasMore"].GetBoolean());
        }
        Assert.Equal(read.Distinct(), read);
        Assert.Superset(keys.ToHashSet(), read.ToHashSet());
        Assert.DoesNotContain((await program.GetReplyAsync("/api/v1/segments?active=false&limit=1000"))["items"].EnumerateArray(), s => s.GetProperty("isActive").GetBoolean());
        Assert.Equal(["limit"], (await program.GetReplyAsync("/api/v1/segments?limit=0")).Problem(422, "unsound").FaultPlaces);
        Assert.Equal(["cursor"], (await program.GetReplyAsync("/api/v1/segments?cursor=what")).Problem(422, "unsound").FaultPlaces);
        (await program.GetReplyAsync("/api/v1/segments?limit=ten")).Problem(400, "unreadable");
    }

    [Fact]
    public async Task A_preview_says_what_a_rule_means_and_whom_it_adds_and_names_every_fault()
    {
        var server = await shop.ServerAsync();
        using var program = await server.ProgramAsync(ApiScope.ReadSegments);
        await server.DogPersonAsync();
        await server.DogPersonAsync(consents: false);
        var none = await server.AddSegmentAsync(ApiSteps.NewKey(), """{"v":1,"attr":"pet.any","where":{"attr":"species","op":"is","value":"horse"}}""");
        await server.RefreshRulesAsync();
        var preview = (await program.AskAsync(HttpMethod.Post, "/api/v1/segments/preview", $$"""{"rule":{{ApiSteps.DogHomes}},"key":"{{none.Slug}}"}""")).Ok();
        Assert.Equal("Visitors who have a pet whose species is dog.", preview["sentence"].GetString());
        var count = preview["count"].GetInt64();
        Assert.InRange(count, 1, preview["shoppers"].GetInt64() - 1);
        Assert.Equal((count, 0), (preview["adds"].GetInt64(), preview["removes"].GetInt32()));
        Assert.Contains(preview["hints"].EnumerateArray(), h => h.GetString()!.Contains("have not agreed", StringComparison.Ordinal));
        Assert.DoesNotContain("@", preview.Body, StringComparison.Ordinal);
        var live = (await program.AskAsync(HttpMethod.Post, "/api/v1/segments/preview", """{"rule":{"v":1,"attr":"visit.device","op":"is","value":"phone"}}""")).Ok();
        Assert.Equal(JsonValueKind.Null, live["count"].ValueKind);
        Assert.Equal(["$.rule.attr"], (await program.AskAsync(HttpMethod.Post, "/api/v1/segments/preview", """{"rule":{"v":1,"attr":"wings","op":"is","value":2}}""")).Problem(422, "unsound").FaultPlaces);
        Assert.Equal(["$.rule"], (await program.AskAsync(HttpMethod.Post, "/api/v1/segments/preview", """{"rule":"dogs"}""")).Problem(422, "unsound").FaultPlaces);
        Assert.Equal(["$.key"], (await program.AskAsync(HttpMethod.Post, "/api/v1/segments/preview", $$"""{"rule":{{ApiSteps.DogHomes}},"key":"not-there"}""")).Problem(422, "unsound").FaultPlaces);
    }

    [Fact]
    public void A_cursor_is_opaque_and_comes_back_as_it_was()
    {
        Assert.True(Cursor.TryRead(Cursor.Write("8/9"), out string? at));
        Assert.Equal("8/9", at);
        Assert.False(Cursor.TryRead("8/9", out at));
        Assert.False(Cursor.TryRead(Cursor.Write("eight"), out long _));
    }
}
