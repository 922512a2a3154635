using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Data.Api;
using PetShop.TestHost;
using PetShop.Web.Api.Webhooks;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Api;

/// <summary>Messages tell what happened, to whom it concerns, once queued for good.</summary>
public sealed class WebhookTests : WebhookCase
{
    [Fact]
    public async Task Entries_and_exits_arrive_signed_and_tell_nothing_but_what_they_must()
    {
        var (_, secret) = await HookAsync();
        var shopper = await EnterAsync();
        await SendAsync();
        var message = Assert.Single(Receiver.Messages);
        Assert.True(message.IsSignedBy(secret));
        Assert.Equal(Clock.Now.ToUnixTimeSeconds(), message.Timestamp);
        Assert.Equal("segment.transitions", message.Json.GetProperty("type").GetString());
        var told = Assert.Single(message.Transitions);
        Assert.Equal(["at", "cause", "change", "id", "segment", "segmentVersion", "shopperId"], told.EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal((shopper, "dog-homes", "entered", "profile"), (told.GetProperty("shopperId").GetGuid(), told.GetProperty("segment").GetString(), told.GetProperty("change").GetString(), told.GetProperty("cause").GetString()));
        await Server.Services.GetRequiredService<NpgsqlDataSource>().RunAsync("UPDATE shoppers SET consent_personalisation = false WHERE id = $1", shopper);
        Clock.Now += TimeSpan.FromMinutes(1);
        await Server.MembersAsync();
        await SendAsync();
        Assert.Equal(("left", "consent"), (Receiver.Messages.Last().Transitions[0].GetProperty("change").GetString(), Receiver.Messages.Last().Transitions[0].GetProperty("cause").GetString()));
        await SendAsync();
        Assert.Equal(2, Receiver.Messages.Count);
    }

    [Fact]
    public async Task A_webhook_is_told_only_of_what_it_asked_for_in_messages_of_at_most_a_hundred()
    {
        await Server.AddSegmentAsync("buyers", ApiSteps.Buyers);
        await HookAsync("""{"name":"exits","url":"URL","segments":["dog-homes"],"onEntry":false}""");
        await HookAsync("""{"name":"buyers","url":"URL","segments":["buyers"]}""");
        for (var i = 0; i < 4; i++)
            await EnterAsync();
        Assert.Equal(0, await Server.WithDbAsync(db => db.WebhookDeliveries.CountAsync()));
        await HookAsync();
        await Server.Services.GetRequiredService<NpgsqlDataSource>().RunAsync("INSERT INTO segment_transitions (shopper_id, segment_id, entered, cause, at) SELECT gen_random_uuid(), 1, true, 3, $1 FROM generate_series(1, 250)", Clock.Now.UtcDateTime);
        await SendAsync();
        Assert.Equal([100, 100, 50], Receiver.Messages.Select(m => m.Ids.Length).OrderDescending());
        Assert.Equal(250, Receiver.Messages.SelectMany(m => m.Ids).Distinct().Count());
    }

    [Fact]
    public async Task Replicas_that_send_at_the_same_time_send_each_message_once()
    {
        await HookAsync();
        await Server.Services.GetRequiredService<NpgsqlDataSource>().RunAsync("INSERT INTO segment_transitions (shopper_id, segment_id, entered, cause, at) SELECT gen_random_uuid(), 1, true, 3, $1 FROM generate_series(1, 2000)", Clock.Now.UtcDateTime);
        await using var other = await ApiSteps.StartAsync(Server.Database, Clock, [], ownsDatabase: false);
        await Task.WhenAll(new[] { Server, other, Server, other }.Select(s => s.Services.GetRequiredService<WebhookSender>().SendDueAsync(CancellationToken.None)));
        Assert.Equal(20, Receiver.Messages.Count);
        Assert.Equal(20, Receiver.Messages.Select(m => m.Id).Distinct().Count());
        Assert.Equal(2000, Receiver.Messages.SelectMany(m => m.Ids).Distinct().Count());
    }

    [Fact]
    public async Task Messages_are_queued_with_what_they_tell_or_not_at_all()
    {
        await HookAsync();
        var source = Server.Services.GetRequiredService<NpgsqlDataSource>();
        const string Insert = "INSERT INTO segment_transitions (shopper_id, segment_id, entered, cause, at) VALUES (gen_random_uuid(), 1, true, 3, '2026-11-20T09:00Z')";
        await using var slow = await source.OpenConnectionAsync();
        await using var first = await slow.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand(Insert, slow))
            await command.ExecuteNonQueryAsync();
        await source.RunAsync(Insert);
        await SendAsync();
        Assert.Single(Receiver.Messages);
        await first.CommitAsync();
        await SendAsync();
        Assert.Equal(2, Receiver.Messages.Count);
        Assert.True(Receiver.Messages.First().Ids[0] > Receiver.Messages.Last().Ids[0]);
        await using (var undone = await slow.BeginTransactionAsync())
        {
            await using var command = new NpgsqlCommand(Insert, slow);
            await command.ExecuteNonQueryAsync();
            await undone.RollbackAsync();
        }
        await SendAsync();
        Assert.Equal(2, Receiver.Messages.Count);
    }

    [Fact]
    public async Task Who_is_erased_leaves_the_queue()
    {
        await HookAsync();
        var (kept, erased) = (await Server.DogPersonAsync(), await Server.DogPersonAsync());
        await Server.MembersAsync();
        await Server.Services.GetRequiredService<NpgsqlDataSource>().RunAsync("DELETE FROM shoppers WHERE id = $1", erased);
        await SendAsync();
        Assert.Equal(kept, Assert.Single(Assert.Single(Receiver.Messages).Transitions).GetProperty("shopperId").GetGuid());
        await EnterAsync();
        await Server.Services.GetRequiredService<NpgsqlDataSource>().RunAsync("DELETE FROM shoppers");
        await SendAsync();
        Assert.Single(Receiver.Messages);
        Assert.Equal(1, await Server.WithDbAsync(db => db.WebhookDeliveries.CountAsync(d => d.State == DeliveryState.Dropped)));
    }

    [Fact]
    public async Task For_a_day_both_secrets_sign_and_then_the_new_one_alone()
    {
        var (id, before) = await HookAsync();
        var after = (await Program.AskAsync(HttpMethod.Post, $"/api/v1/webhooks/{id}/secret")).Ok()["secret"].GetString()!;
        await EnterAsync();
        await SendAsync();
        Assert.True(Receiver.Messages.Last().IsSignedBy(before) && Receiver.Messages.Last().IsSignedBy(after));
        Clock.Now += TimeSpan.FromHours(24);
        await EnterAsync();
        await SendAsync();
        Assert.False(Receiver.Messages.Last().IsSignedBy(before));
        Assert.True(Receiver.Messages.Last().IsSignedBy(after));
        Assert.Equal(0, await Server.ScalarAsync<long>("SELECT count(*) FROM webhooks WHERE secret LIKE '%whsec%' OR secret LIKE '%' || $1 || '%'", after["whsec_".Length..]));
    }
}
