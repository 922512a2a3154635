using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Data.Campaigns;
using PetShop.Targeting.Messages;
using PetShop.TestHost;
using PetShop.Web.Campaigns;
using PetShop.Web.Mail;
using PetShop.Web.Tests.Targeting;

namespace PetShop.Web.Tests.Campaigns;

public sealed class SendingTests(LetterShop shop) : IClassFixture<LetterShop>
{
    [Fact]
    public async Task Only_members_who_may_be_written_to_get_the_letter_and_of_the_others_it_is_told_why()
    {
        var server = await AtAsync(LetterShop.Morning);
        var reader = await server.ReaderAsync();
        var refuser = await server.ReaderAsync(s => s.ConsentEmail = false);
        var minor = await server.ReaderAsync(s => s.BirthYear = 2008);
        var suppressed = await server.ReaderAsync(s => s.IsSuppressed = true);
        var unconfirmed = await server.ReaderAsync(s => s.EmailConfirmed = false);
        var stranger = await server.ReaderAsync();
        // A segment whose time is over spares nobody.
        var over = await server.ListSegmentAsync(reader);
        await server.WithDbAsync(db => db.Segments.Where(s => s.Id == over).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndsAt, shop.Clock.Now)));
        await server.RefreshRulesAsync();
        await server.MembersAsync();
        var id = await server.CampaignAsync(await server.ListSegmentAsync(reader, refuser, minor, suppressed, unconfirmed), c => c.ExcludedSegmentIds = [over]);
        var planner = server.Services.GetRequiredService<CampaignPlanner>();
        var reach = await planner.ReachAsync(await server.StoredAsync(id), default);
        Assert.Equal((4, 1), (reach.Members, reach.Would));
        Assert.All([LeaveOut.NotAgreed, LeaveOut.Suppressed, LeaveOut.NoAddress], reason => Assert.Equal(1, reach.Of(reason)));
        // Who may be under 18 is in no segment that uses personal data; of all accounts they are left out by their age.
        var everyone = await server.StoredAsync(id);
        everyone.SegmentIds = [];
        Assert.True((await planner.ReachAsync(everyone, default)).Of(LeaveOut.Minor) > 0);

        await server.SendAsync();
        await server.HandOverAsync(shop.Clock);
        var letter = Assert.Single(shop.Post.To(reader.Email!));
        Assert.All(new[] { refuser, minor, suppressed, unconfirmed, stranger }, other => Assert.Empty(shop.Post.To(other.Email!)));
        Assert.Contains("Hello Ada, this is for your pets.", letter.Text, StringComparison.Ordinal);
        Assert.Contains("you agreed to letters by e-mail on 3 May 2026 and belong to the group", letter.Text, StringComparison.Ordinal);
        var eml = EmlFile.Write(letter, "PetShop", "hello@shop.example", shop.Clock.Now, "1@shop.example");
        Assert.Contains("List-Unsubscribe: <https://shop.example/unsubscribe/", eml, StringComparison.Ordinal);
        Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click", eml, StringComparison.Ordinal);
        Assert.Equal((LetterState.Sent, shop.Clock.Now), ((await server.RowAsync(id, reader))!.State, (await server.RowAsync(id, reader))!.SentAt!.Value));
        await server.SendAsync();
        Assert.Equal(CampaignState.Finished, (await server.StoredAsync(id)).State);
    }

    [Fact]
    public async Task Several_senders_at_once_write_each_letter_once()
    {
        var server = await AtAsync(LetterShop.Morning);
        var readers = await server.ReadersAsync(40);
        var id = await server.CampaignAsync(await server.ListSegmentAsync(readers));
        var sender = server.Services.GetRequiredService<CampaignSender>();
        while ((await server.StoredAsync(id)).State == CampaignState.Scheduled || (await server.RowsAsync(id)).Any(r => r.State == LetterState.Waiting))
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => sender.RunAsync(default))));
        await Task.WhenAll(server.HandOverAsync(shop.Clock), server.HandOverAsync(shop.Clock));
        Assert.All(readers, r => Assert.Single(shop.Post.To(r.Email!)));
        Assert.Equal(40, (await server.RowsAsync(id)).Count(r => r.State == LetterState.Sent));
    }

    [Fact]
    public async Task A_crash_in_the_middle_of_a_batch_leaves_no_letter_half_written_and_the_next_round_goes_on()
    {
        var server = await AtAsync(LetterShop.Morning);
        var readers = await server.ReadersAsync(10);
        var id = await server.CampaignAsync(await server.ListSegmentAsync(readers));
        // The readers are noted before the letters are queued; the queue fails under the second batch.
        await server.RunSqlAsync($"""
            CREATE FUNCTION break_queue() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN
                IF NEW.campaign_id = {id} AND (SELECT count(*) FROM outgoing_mails WHERE campaign_id = {id}) >= 8 THEN RAISE EXCEPTION 'power failure'; END IF; RETURN NEW; END $f$;
            """);
        await server.RunSqlAsync("CREATE TRIGGER break_queue BEFORE INSERT ON outgoing_mails FOR EACH ROW EXECUTE FUNCTION break_queue()");
        try
        {
            await Assert.ThrowsAsync<PostgresException>(server.SendAsync);
        }
        finally
        {
            await server.RunSqlAsync("DROP TRIGGER break_queue ON outgoing_mails");
            await server.RunSqlAsync("DROP FUNCTION break_queue");
        }
        var rows = await server.RowsAsync(id);
        Assert.Equal((7, 3), (rows.Count(r => r.State == LetterState.Queued), rows.Count(r => r.State == LetterState.Waiting)));
        Assert.Equal(7, await server.WithDbAsync(db => db.OutgoingMails.CountAsync(m => m.CampaignId == id)));
        await server.SendAsync();
        await server.HandOverAsync(shop.Clock);
        Assert.All(readers, r => Assert.Single(shop.Post.To(r.Email!)));
    }

    [Fact]
    public async Task A_letter_whose_handing_over_was_interrupted_is_not_offered_twice()
    {
        var server = await AtAsync(LetterShop.Morning);
        var reader = await server.ReaderAsync();
        var id = await server.CampaignAsync(await server.ListSegmentAsync(reader));
        await server.SendAsync();
        var letter = await server.WithDbAsync(db => db.OutgoingMails.AsNoTracking().SingleAsync(m => m.CampaignId == id));
        // The process dies after this and before the server's answer is noted.
        Assert.Equal(reader.Email, (await server.Services.GetRequiredService<LetterGate>().AskAsync(letter, default)).Address);
        await server.HandOverAsync(shop.Clock);
        Assert.Empty(shop.Post.To(reader.Email!));
        var row = (await server.RowAsync(id, reader))!;
        Assert.Equal((LetterState.LeftOut, LeaveOut.Unsure), (row.State, (LeaveOut)row.Reason));
    }

    [Fact]
    public async Task Whoever_presses_the_way_out_between_writing_and_handing_over_gets_no_letter()
    {
        var server = await AtAsync(LetterShop.Morning);
        var (leaver, stayer) = (await server.ReaderAsync(), await server.ReaderAsync());
        var id = await server.CampaignAsync(await server.ListSegmentAsync(leaver, stayer));
        await server.SendAsync();
        var url = await server.WithDbAsync(db => db.OutgoingMails.Where(m => m.CampaignId == id && m.ShopperId == leaver.Id).Select(m => m.UnsubscribeUrl!).SingleAsync());
        // As a mail program does it: no cookie, no sign-in, no token.
        using (var program = new HttpClient { BaseAddress = server.Address })
        using (var answer = await program.PostAsync(new Uri(url).PathAndQuery, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")])))
            Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
        await server.HandOverAsync(shop.Clock);
        Assert.Empty(shop.Post.To(leaver.Email!));
        Assert.Single(shop.Post.To(stayer.Email!));
        Assert.Equal(LeaveOut.NotAgreed, (LeaveOut)(await server.RowAsync(id, leaver))!.Reason);
        Assert.Equal(1, await server.WithDbAsync(db => db.ConsentReceipts.CountAsync(r => r.ShopperId == leaver.Id && r.Method == "withdraw" && !r.Email)));
        Assert.False(await server.WithDbAsync(db => db.Shoppers.Where(s => s.Id == leaver.Id).Select(s => s.ConsentEmail).SingleAsync()));
    }

    [Fact]
    public async Task The_way_out_in_a_letter_that_was_read_is_counted_for_its_campaign()
    {
        var server = await AtAsync(LetterShop.Morning);
        var reader = await server.ReaderAsync();
        var id = await server.CampaignAsync(await server.ListSegmentAsync(reader));
        await server.SendAsync();
        await server.HandOverAsync(shop.Clock);
        using var visitor = server.NewVisitor();
        var page = await visitor.GetAsync(new Uri(Assert.Single(shop.Post.To(reader.Email!)).UnsubscribeUrl!).PathAndQuery);
        Assert.Contains("Done", (await visitor.SubmitAsync(page.QuerySelector("form[method=post]:not([action*=consent])")!)).Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull((await server.RowAsync(id, reader))!.UnsubscribedAt);
        Assert.Equal(1, (await server.Services.GetRequiredService<CampaignFigures>().OfAsync(id, default)).Unsubscribed);
    }

    [Fact]
    public async Task Whoever_leaves_the_segment_gets_no_letter_though_stored_membership_does_not_know_yet()
    {
        var server = await AtAsync(LetterShop.Morning);
        var (early, late, stayer) = (await server.ReaderAsync(), await server.ReaderAsync(), await server.ReaderAsync());
        var segment = await server.ListSegmentAsync(early, late, stayer);
        var id = await server.CampaignAsync(segment, c => c.State = CampaignState.Sending);
        await server.RunSqlAsync("INSERT INTO campaign_recipients (campaign_id, shopper_id, occasion, state, reason, due_at, not_before) SELECT $1, u, 0, 0, 0, $3, $3 FROM unnest($2) u",
            id, new[] { early.Id, late.Id, stayer.Id }, LetterShop.Morning.UtcDateTime);
        await server.TakeOffListAsync(segment, early.Id);
        await server.SendAsync();
        Assert.Equal((LetterState.LeftOut, LeaveOut.LeftSegment), await StateAsync(server, id, early));
        Assert.Equal(LetterState.Queued, (await StateAsync(server, id, late)).State);
        await server.TakeOffListAsync(segment, late.Id);
        await server.MembersAsync();
        await server.HandOverAsync(shop.Clock);
        Assert.Equal((LetterState.LeftOut, LeaveOut.LeftSegment), await StateAsync(server, id, late));
        Assert.Empty(shop.Post.To(late.Email!));
        Assert.Single(shop.Post.To(stayer.Email!));
    }

    [Fact]
    public async Task Nobody_gets_a_second_letter_within_a_week_whatever_the_campaign()
    {
        var server = await AtAsync(LetterShop.Morning);
        var reader = await server.ReaderAsync();
        var segment = await server.ListSegmentAsync(reader);
        await server.CampaignAsync(segment);
        await server.SendAsync();
        await server.HandOverAsync(shop.Clock);
        shop.Clock.Now = LetterShop.Morning.AddDays(7).AddMinutes(-5);
        var second = await server.CampaignAsync(segment, c => c.Subject = "Too soon");
        await server.SendAsync();
        Assert.Equal((LetterState.LeftOut, LeaveOut.Capped), await StateAsync(server, second, reader));
        shop.Clock.Now = LetterShop.Morning.AddDays(7);
        var third = await server.CampaignAsync(segment, c => c.Subject = "In time");
        await server.SendAsync();
        await server.HandOverAsync(shop.Clock);
        Assert.Equal(["Warm paws", "In time"], shop.Post.To(reader.Email!).Select(l => l.Subject));
        Assert.Equal(LetterState.Sent, (await StateAsync(server, third, reader)).State);
    }

    [Fact]
    public async Task In_quiet_hours_no_letter_is_written_and_none_that_waits_is_handed_over()
    {
        // 21:30 in Berlin.
        var night = new DateTimeOffset(2026, 11, 20, 20, 30, 0, TimeSpan.Zero);
        var server = await AtAsync(night);
        var (reader, waiting) = (await server.ReaderAsync(), await server.ReaderAsync());
        var id = await server.CampaignAsync(await server.ListSegmentAsync(reader));
        await server.SendAsync();
        Assert.Equal(LetterState.Waiting, (await StateAsync(server, id, reader)).State);

        shop.Clock.Now = night.AddHours(-1);
        var early = await server.CampaignAsync(await server.ListSegmentAsync(waiting), c => c.State = CampaignState.Scheduled);
        await server.SendAsync();
        shop.Clock.Now = night;
        await server.HandOverAsync(shop.Clock);
        Assert.Equal(LetterState.Queued, (await StateAsync(server, early, waiting)).State);
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 7, 0, 0, TimeSpan.Zero), await server.WithDbAsync(db => db.OutgoingMails.Where(m => m.CampaignId == early).Select(m => m.NextTryAt!.Value).SingleAsync()));

        shop.Clock.Now = new DateTimeOffset(2026, 11, 21, 7, 0, 0, TimeSpan.Zero);
        await server.SendAsync();
        await server.HandOverAsync(shop.Clock);
        Assert.Single(shop.Post.To(reader.Email!));
        Assert.Single(shop.Post.To(waiting.Email!));
    }

    [Fact]
    public async Task Those_held_out_get_nothing_and_are_noted()
    {
        var server = await AtAsync(LetterShop.Morning);
        var readers = await server.ReadersAsync(60);
        var id = await server.CampaignAsync(await server.ListSegmentAsync(readers), c => (c.HoldoutPercent, c.OtherSubject) = (40, "Cold paws"));
        await server.SendAsync();
        await server.HandOverAsync(shop.Clock);
        var rows = (await server.RowsAsync(id)).ToDictionary(r => r.ShopperId);
        Assert.InRange(rows.Values.Count(r => r.State == LetterState.HeldOut), 8, 40);
        foreach (var reader in readers)
            Assert.Equal(rows[reader.Id].Arm switch { "held-out" => [], "b" => ["Cold paws"], _ => (string[])["Warm paws"] }, shop.Post.To(reader.Email!).Select(l => l.Subject));
        Assert.Contains(rows.Values, r => r.Arm == "a");
        Assert.Contains(rows.Values, r => r.Arm == "b");
    }

    [Theory]
    [InlineData("died")]
    [InlineData("deleted")]
    public async Task A_letter_that_names_a_pet_is_written_anew_when_the_pet_is_no_more(string end)
    {
        var server = await AtAsync(LetterShop.Morning);
        var (reader, other, pet) = (await server.ReaderAsync(), await server.ReaderAsync(), Guid.CreateVersion7());
        await server.RunSqlAsync("INSERT INTO pets (id, shopper_id, name, species, allergies, created_at) VALUES ($1, $2, 'Luna', 'cat', '{}', now()), (gen_random_uuid(), $3, 'Luna', 'cat', '{}', now())", pet, reader.Id, other.Id);
        var id = await server.CampaignAsync(await server.ListSegmentAsync(reader, other));
        await server.SendAsync();
        Assert.Equal(2, await server.WithDbAsync(db => db.OutgoingMails.CountAsync(m => m.CampaignId == id && m.Text.Contains("Luna"))));

        using var visitor = server.SignedIn("shopper", reader.Id);
        var page = await visitor.GetAsync(end == "died" ? $"/account/pets/{pet}/goodbye" : $"/account/pets/{pet}");
        await visitor.SubmitAsync(page.QuerySelector(end == "died" ? "main form[method=post]" : "form[action*='handler=Delete']")!);
        Assert.Equal((LetterState.Waiting, LeaveOut.None), await StateAsync(server, id, reader));
        await server.HandOverAsync(shop.Clock);
        Assert.Empty(shop.Post.To(reader.Email!));
        Assert.Contains("this is for Luna.", Assert.Single(shop.Post.To(other.Email!)).Text, StringComparison.Ordinal);

        await server.SendAsync();
        await server.HandOverAsync(shop.Clock);
        Assert.Contains("this is for your pets.", Assert.Single(shop.Post.To(reader.Email!)).Text, StringComparison.Ordinal);
        Assert.Equal((LetterState.Sent, LeaveOut.None), await StateAsync(server, id, reader));
    }

    [Fact]
    public async Task What_is_stopped_leaves_no_more_though_it_was_written()
    {
        var server = await AtAsync(LetterShop.Morning);
        var readers = await server.ReadersAsync(3);
        var id = await server.CampaignAsync(await server.ListSegmentAsync(readers));
        await server.SendAsync();
        await using (var scope = server.Services.CreateAsyncScope())
            Assert.Equal(3, await scope.ServiceProvider.GetRequiredService<CampaignDesk>().StopAsync(id, "tests", default));
        await server.HandOverAsync(shop.Clock);
        Assert.All(readers, r => Assert.Empty(shop.Post.To(r.Email!)));
        Assert.All(await server.RowsAsync(id), r => Assert.Equal(LeaveOut.Stopped, (LeaveOut)r.Reason));
        Assert.False(await server.WithDbAsync(db => db.OutgoingMails.AnyAsync(m => m.CampaignId == id)));
    }

    [Fact]
    public async Task A_segment_that_is_switched_off_holds_its_campaign_up_and_says_so()
    {
        var server = await AtAsync(LetterShop.Morning);
        var reader = await server.ReaderAsync();
        var segment = await server.ListSegmentAsync(reader);
        var id = await server.CampaignAsync(segment);
        await server.RunSqlAsync("UPDATE segments SET is_active = false WHERE id = $1", segment);
        await server.SendAsync();
        Assert.Contains("is off, so nobody is in it", (await server.StoredAsync(id)).Problem, StringComparison.Ordinal);
        Assert.Empty(await server.RowsAsync(id));
        await server.RunSqlAsync("UPDATE campaigns SET state = 4 WHERE id = $1", id);
    }

    private async Task<ShopServer> AtAsync(DateTimeOffset now)
    {
        shop.Clock.Now = now;
        return await shop.ServerAsync();
    }

    private static async Task<(LetterState State, LeaveOut Reason)> StateAsync(ShopServer server, int campaign, Data.Shoppers.Shopper reader) =>
        await server.RowAsync(campaign, reader) is { } row ? (row.State, (LeaveOut)row.Reason) : default;
}
