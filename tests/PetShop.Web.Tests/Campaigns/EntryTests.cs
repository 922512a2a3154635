using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Data.Campaigns;
using PetShop.Data.Segments;
using PetShop.Targeting.Messages;
using PetShop.TestHost;
using PetShop.Web.Tests.Targeting;

namespace PetShop.Web.Tests.Campaigns;

public sealed class EntryTests(LetterShop shop) : IClassFixture<LetterShop>
{
    [Fact]
    public async Task Whoever_enters_gets_the_letter_once_after_the_delay_and_nobody_who_was_in_before()
    {
        var server = await AtAsync(LetterShop.Morning);
        var (old, fresh) = (await server.ReaderAsync(), await server.ReaderAsync());
        var segment = await server.ListSegmentAsync(old);
        shop.Clock.Now = LetterShop.Morning.AddMinutes(10);
        var id = await TriggerAsync(server, segment, delayHours: 2);
        await server.PutOnListAsync(segment, fresh.Id);
        await server.MembersAsync();
        shop.Clock.Now = LetterShop.Morning.AddHours(2);
        await server.SendAsync();
        Assert.Empty(await server.RowsAsync(id));
        shop.Clock.Now = LetterShop.Morning.AddHours(2).AddMinutes(11);
        await server.SendAsync();
        await server.SendAsync();
        await server.HandOverAsync(shop.Clock);
        Assert.Single(shop.Post.To(fresh.Email!));
        Assert.Empty(shop.Post.To(old.Email!));

        // In again after a month: the campaign writes to nobody twice.
        await server.TakeOffListAsync(segment, fresh.Id);
        shop.Clock.Now = LetterShop.Morning.AddDays(29);
        await server.MembersAsync();
        await server.PutOnListAsync(segment, fresh.Id);
        shop.Clock.Now = LetterShop.Morning.AddDays(30);
        await server.MembersAsync();
        shop.Clock.Now = LetterShop.Morning.AddDays(30).AddHours(3);
        await server.SendAsync();
        Assert.Single(await server.RowsAsync(id));
    }

    [Fact]
    public async Task Who_enters_again_gets_it_again_where_the_campaign_says_so()
    {
        var server = await AtAsync(LetterShop.Morning);
        var reader = await server.ReaderAsync();
        var segment = await server.ListSegmentAsync();
        var id = await TriggerAsync(server, segment, delayHours: 0, again: 20);
        foreach (var days in new[] { 0, 10, 21 })
        {
            shop.Clock.Now = LetterShop.Morning.AddDays(days).AddMinutes(1);
            await server.PutOnListAsync(segment, reader.Id);
            await server.MembersAsync();
            shop.Clock.Now += TimeSpan.FromMinutes(1);
            await server.SendAsync();
            await server.TakeOffListAsync(segment, reader.Id);
            shop.Clock.Now += TimeSpan.FromMinutes(1);
            await server.MembersAsync();
        }
        Assert.Equal([LetterShop.Morning.AddMinutes(1), LetterShop.Morning.AddDays(21).AddMinutes(1)], (await server.RowsAsync(id)).Select(r => r.DueAt).Order());
    }

    [Theory]
    [InlineData(TransitionCause.Profile, 1)]
    [InlineData(TransitionCause.Clock, 1)]
    [InlineData(TransitionCause.Model, 1)]
    [InlineData(TransitionCause.Rule, 0)]
    [InlineData(TransitionCause.Catalogue, 0)]
    [InlineData(TransitionCause.Check, 0)]
    public async Task What_the_shop_did_is_no_entry_to_write_about(TransitionCause cause, int letters)
    {
        var server = await AtAsync(LetterShop.Morning);
        var reader = await server.ReaderAsync();
        var segment = await server.ListSegmentAsync(reader);
        var id = await TriggerAsync(server, segment, delayHours: 0);
        await server.RunSqlAsync("INSERT INTO segment_transitions (shopper_id, segment_id, entered, cause, at) VALUES ($1, $2, true, $3, $4)", reader.Id, segment, (short)cause, LetterShop.Morning.AddMinutes(1).UtcDateTime);
        shop.Clock.Now = LetterShop.Morning.AddMinutes(2);
        await server.SendAsync();
        Assert.Equal(letters, (await server.RowsAsync(id)).Length);
    }

    [Fact]
    public async Task A_letter_that_follows_an_entry_waits_for_the_week_after_another_one()
    {
        var server = await AtAsync(LetterShop.Morning);
        var reader = await server.ReaderAsync();
        await server.CampaignAsync(await server.ListSegmentAsync(reader));
        await server.SendAsync();
        shop.Clock.Now = LetterShop.Morning.AddDays(3);
        var segment = await server.ListSegmentAsync();
        var id = await TriggerAsync(server, segment, delayHours: 0);
        shop.Clock.Now += TimeSpan.FromMinutes(1);
        await server.PutOnListAsync(segment, reader.Id);
        await server.MembersAsync();
        shop.Clock.Now += TimeSpan.FromMinutes(1);
        await server.SendAsync();
        Assert.Equal((LetterState.Waiting, LetterShop.Morning.AddDays(7)), ((await server.RowAsync(id, reader))!.State, (await server.RowAsync(id, reader))!.NotBefore));
        shop.Clock.Now = LetterShop.Morning.AddDays(7);
        await server.SendAsync();
        Assert.Equal(LetterState.Queued, (await server.RowAsync(id, reader))!.State);
    }

    [Fact]
    public async Task Whoever_left_before_the_letter_was_due_gets_none()
    {
        var server = await AtAsync(LetterShop.Morning);
        var reader = await server.ReaderAsync();
        var segment = await server.ListSegmentAsync();
        var id = await TriggerAsync(server, segment, delayHours: 1);
        shop.Clock.Now = LetterShop.Morning.AddMinutes(1);
        await server.PutOnListAsync(segment, reader.Id);
        await server.MembersAsync();
        await server.TakeOffListAsync(segment, reader.Id);
        shop.Clock.Now = LetterShop.Morning.AddHours(2);
        await server.SendAsync();
        Assert.Equal(LeaveOut.LeftSegment, (LeaveOut)(await server.RowAsync(id, reader))!.Reason);
    }

    private Task<int> TriggerAsync(ShopServer server, int segment, int delayHours, int? again = null) => server.CampaignAsync(segment, c =>
        (c.Kind, c.State, c.StartedAt, c.DelayHours, c.AgainAfterDays) = (CampaignKind.OnEntry, CampaignState.Sending, shop.Clock.Now, delayHours, again));

    // Campaigns of the test before would write to nobody here, but be asked every time.
    private async Task<ShopServer> AtAsync(DateTimeOffset now)
    {
        shop.Clock.Now = now;
        var server = await shop.ServerAsync();
        await server.RunSqlAsync("UPDATE campaigns SET state = 4");
        return server;
    }
}
