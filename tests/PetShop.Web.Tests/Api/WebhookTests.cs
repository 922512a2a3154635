using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Data.Api;
using PetShop.TestHost;
using PetShop.Web.Api.Keys;
using PetShop.Web.Api.Webhooks;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Api;

/// <summary>Messages reach a real receiver, at least once, whatever happens on the way.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private readonly MovedClock _clock = new(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));
    private ShopServer _server = null!;
    private WebhookReceiver _receiver = null!;
    private HttpClient _program = null!;

    public async Task InitializeAsync()
    {
        _server = await ApiSteps.StartAsync(await TestDatabase.EmptyAsync(), _clock, []);
        _receiver = await WebhookReceiver.StartAsync();
        _program = await _server.ProgramAsync();
        await _server.AddSegmentAsync("dog-homes", ApiSteps.DogHomes);
        await _server.RefreshRulesAsync();
        await _server.DogPersonAsync();
        await _server.MembersAsync();
    }

    public async Task DisposeAsync()
    {
        _program.Dispose();
        await _server.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Entries_and_exits_arrive_signed_and_tell_nothing_but_what_they_must()
    {
        var (_, secret) = await HookAsync();
        var shopper = await EnterAsync();
        await SendAsync();
        var message = Assert.Single(_receiver.Messages);
        Assert.True(message.IsSignedBy(secret));
        Assert.Equal(_clock.Now.ToUnixTimeSeconds(), message.Timestamp);
        Assert.Equal("segment.transitions", message.Json.GetProperty("type").GetString());
        var told = Assert.Single(message.Transitions);
        Assert.Equal(["at", "cause", "change", "id", "segment", "segmentVersion", "shopperId"], told.EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal((shopper, "dog-homes", "entered", "profile"), (told.GetProperty("shopperId").GetGuid(), told.GetProperty("segment").GetString(), told.GetProperty("change").GetString(), told.GetProperty("cause").GetString()));
        await _server.Services.GetRequiredService<NpgsqlDataSource>().RunAsync("UPDATE shoppers SET consent_personalisation = false WHERE id = $1", shopper);
        _clock.Now += TimeSpan.FromMinutes(1);
        await _server.MembersAsync();
        await SendAsync();
        Assert.Equal(("left", "consent"), (_receiver.Messages.Last().Transitions[0].GetProperty("change").GetString(), _receiver.Messages.Last().Transitions[0].GetProperty("cause").GetString()));
        await SendAsync();
        Assert.Equal(2, _receiver.Messages.Count);
    }

    [Fact]
    public async Task A_webhook_is_told_only_of_what_it_asked_for_in_messages_of_at_most_a_hundred()
    {
        await _server.AddSegmentAsync("buyers", ApiSteps.Buyers);
        await HookAsync("""{"name":"exits","url":"URL","segments":["dog-homes"],"onEntry":false}""");
        await HookAsync("""{"name":"buyers","url":"URL","segments":["buyers"]}""");
        for (var i = 0; i < 4; i++)
            await EnterAsync();
        Assert.Equal(0, await _server.WithDbAsync(db => db.WebhookDeliveries.CountAsync()));
        await HookAsync();
        await _server.Services.GetRequiredService<NpgsqlDataSource>().RunAsync("INSERT INTO segment_transitions (shopper_id, segment_id, entered, cause, at) SELECT gen_random_uuid(), 1, true, 3, $1 FROM generate_series(1, 250)", _clock.Now.UtcDateTime);
        await SendAsync();
        Assert.Equal([100, 100, 50], _receiver.Messages.Select(m => m.Ids.Length).OrderDescending());
        Assert.Equal(250, _receiver.Messages.SelectMany(m => m.Ids).Distinct().Count());
    }

    [Fact]
    public async Task What_fails_is_tried_again_later_and_later_under_the_same_id_until_it_arrives()
    {
        var (id, _) = await HookAsync();
        await EnterAsync();
        _receiver.Answers(HttpStatusCode.ServiceUnavailable);
        await SendAsync();
        await SendAsync();
        Assert.Single(_receiver.Messages);
        var waits = new List<TimeSpan>();
        for (var i = 0; i < 5; i++)
        {
            var waiting = await DeliveryAsync();
            Assert.Equal((DeliveryState.Waiting, i + 1, (short?)503), (waiting.State, waiting.Attempts, waiting.Answer));
            waits.Add(waiting.NextAttemptAt - _clock.Now);
            _clock.Now = waiting.NextAttemptAt - TimeSpan.FromSeconds(1);
            await SendAsync();
            Assert.Equal(i + 1, _receiver.Messages.Count);
            _clock.Now += TimeSpan.FromSeconds(1);
            await SendAsync();
        }
        Assert.Equal(waits.Order(), waits);
        Assert.NotNull((await HookRowAsync(id)).FailingSince);
        _receiver.Answers(HttpStatusCode.NoContent);
        _clock.Now = (await DeliveryAsync()).NextAttemptAt;
        await SendAsync();
        Assert.Equal((DeliveryState.Delivered, 7, null), ((await DeliveryAsync()).State, (await DeliveryAsync()).Attempts, (await HookRowAsync(id)).FailingSince));
        Assert.Single(_receiver.Messages.Select(m => m.Id).Distinct());
        Assert.Single(_receiver.Messages.Select(m => Convert.ToHexString(m.Body)).Distinct());
        Assert.Equal(7, _receiver.Messages.Select(m => m.Timestamp).Distinct().Count());
    }

    [Fact]
    public async Task A_receiver_that_is_silent_for_a_day_is_switched_off_and_says_so_and_what_waits_is_sent_when_it_is_back()
    {
        var (id, _) = await HookAsync();
        await EnterAsync();
        _receiver.Answers(HttpStatusCode.InternalServerError);
        for (var delivery = await DeliveryAsync(); delivery.State == DeliveryState.Waiting; delivery = await DeliveryAsync())
        {
            _clock.Now = delivery.NextAttemptAt > _clock.Now ? delivery.NextAttemptAt : _clock.Now;
            if (_clock.Now - delivery.CreatedAt > TimeSpan.FromHours(23) && await _server.WithDbAsync(db => db.WebhookDeliveries.CountAsync()) == 1)
                await EnterAsync();
            await SendAsync();
        }
        var hook = await HookRowAsync(id);
        Assert.False(hook.IsActive);
        Assert.Contains("took no message for 24 hours", hook.DisabledBecause, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromHours(24), _clock.Now - (await DeliveryAsync()).CreatedAt);
        using var staff = _server.SignedIn("administrator");
        Assert.Contains("took no message for 24 hours", (await staff.GetAsync("/admin/api")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("took no message", (await _program.GetReplyAsync($"/api/v1/webhooks/{id}")).Ok()["disabledBecause"].GetString(), StringComparison.Ordinal);
        _receiver.Answers(HttpStatusCode.OK);
        _receiver.Messages.Clear();
        _clock.Now += TimeSpan.FromHours(5);
        await SendAsync();
        Assert.Empty(_receiver.Messages);
        (await _program.AskAsync(HttpMethod.Put, $"/api/v1/webhooks/{id}", $$"""{"name":"all","url":"{{_receiver.Url}}","isActive":true}""")).Ok();
        await SendAsync();
        Assert.Single(_receiver.Messages);
        Assert.Null((await HookRowAsync(id)).DisabledBecause);
    }

    [Fact]
    public async Task Gone_switches_it_off_at_once_and_a_redirect_is_not_followed()
    {
        var (id, _) = await HookAsync();
        await EnterAsync();
        _receiver.Answer = http =>
        {
            http.Response.Headers.Location = "/elsewhere";
            return Task.FromResult(302);
        };
        await SendAsync();
        Assert.Contains("redirect", (await DeliveryAsync()).Problem, StringComparison.Ordinal);
        Assert.Single(_receiver.Messages);
        _receiver.Answers(HttpStatusCode.Gone);
        _clock.Now = (await DeliveryAsync()).NextAttemptAt;
        await SendAsync();
        Assert.Equal((DeliveryState.GivenUp, false), ((await DeliveryAsync()).State, (await HookRowAsync(id)).IsActive));
        Assert.Contains("410", (await HookRowAsync(id)).DisabledBecause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sender_that_dies_after_posting_loses_nothing_another_one_sends_it_again_under_the_same_id()
    {
        await HookAsync();
        await EnterAsync();
        using var death = new CancellationTokenSource();
        _receiver.Answer = _ =>
        {
            // It has the message; the sender goes before it hears of it.
            death.Cancel();
            return Task.FromResult(204);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _server.Services.GetRequiredService<WebhookSender>().SendDueAsync(death.Token));
        Assert.Equal(DeliveryState.Waiting, (await DeliveryAsync()).State);
        _receiver.Answers(HttpStatusCode.NoContent);
        await using var other = await ApiSteps.StartAsync(_server.Database, _clock, [], ownsDatabase: false);
        var replica = other.Services.GetRequiredService<WebhookSender>();
        await replica.SendDueAsync(CancellationToken.None);
        Assert.Single(_receiver.Messages);
        _clock.Now += new WebhookOptions().TakenFor;
        await replica.SendDueAsync(CancellationToken.None);
        Assert.Equal(2, _receiver.Messages.Count);
        Assert.Single(_receiver.Messages.Select(m => (m.Id, Convert.ToHexString(m.Body))).Distinct());
        Assert.Equal(DeliveryState.Delivered, (await DeliveryAsync()).State);
    }

    [Fact]
    public async Task Replicas_that_send_at_the_same_time_send_each_message_once()
    {
        await HookAsync();
        await _server.Services.GetRequiredService<NpgsqlDataSource>().RunAsync("INSERT INTO segment_transitions (shopper_id, segment_id, entered, cause, at) SELECT gen_random_uuid(), 1, true, 3, $1 FROM generate_series(1, 2000)", _clock.Now.UtcDateTime);
        await using var other = await ApiSteps.StartAsync(_server.Database, _clock, [], ownsDatabase: false);
        await Task.WhenAll(new[] { _server, other, _server, other }.Select(s => s.Services.GetRequiredService<WebhookSender>().SendDueAsync(CancellationToken.None)));
        Assert.Equal(20, _receiver.Messages.Count);
        Assert.Equal(20, _receiver.Messages.Select(m => m.Id).Distinct().Count());
        Assert.Equal(2000, _receiver.Messages.SelectMany(m => m.Ids).Distinct().Count());
    }

    [Fact]
    public async Task Messages_are_queued_with_what_they_tell_or_not_at_all()
    {
        await HookAsync();
        var source = _server.Services.GetRequiredService<NpgsqlDataSource>();
        const string Insert = "INSERT INTO segment_transitions (shopper_id, segment_id, entered, cause, at) VALUES (gen_random_uuid(), 1, true, 3, '2026-11-20T09:00Z')";
        await using var slow = await source.OpenConnectionAsync();
        await using var first = await slow.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand(Insert, slow))
            await command.ExecuteNonQueryAsync();
        await source.RunAsync(Insert);
        await SendAsync();
        Assert.Single(_receiver.Messages);
        await first.CommitAsync();
        await SendAsync();
        Assert.Equal(2, _receiver.Messages.Count);
        Assert.True(_receiver.Messages.First().Ids[0] > _receiver.Messages.Last().Ids[0]);
        await using (var undone = await slow.BeginTransactionAsync())
        {
            await using var command = new NpgsqlCommand(Insert, slow);
            await command.ExecuteNonQueryAsync();
            await undone.RollbackAsync();
        }
        await SendAsync();
        Assert.Equal(2, _receiver.Messages.Count);
    }

    [Fact]
    public async Task Who_is_erased_leaves_the_queue()
    {
        await HookAsync();
        var (kept, erased) = (await _server.DogPersonAsync(), await _server.DogPersonAsync());
        await _server.MembersAsync();
        await _server.Services.GetRequiredService<NpgsqlDataSource>().RunAsync("DELETE FROM shoppers WHERE id = $1", erased);
        await SendAsync();
        Assert.Equal(kept, Assert.Single(Assert.Single(_receiver.Messages).Transitions).GetProperty("shopperId").GetGuid());
        await EnterAsync();
        await _server.Services.GetRequiredService<NpgsqlDataSource>().RunAsync("DELETE FROM shoppers");
        await SendAsync();
        Assert.Single(_receiver.Messages);
        Assert.Equal(1, await _server.WithDbAsync(db => db.WebhookDeliveries.CountAsync(d => d.State == DeliveryState.Dropped)));
    }

    [Fact]
    public async Task For_a_day_both_secrets_sign_and_then_the_new_one_alone()
    {
        var (id, before) = await HookAsync();
        var after = (await _program.AskAsync(HttpMethod.Post, $"/api/v1/webhooks/{id}/secret")).Ok()["secret"].GetString()!;
        await EnterAsync();
        await SendAsync();
        Assert.True(_receiver.Messages.Last().IsSignedBy(before) && _receiver.Messages.Last().IsSignedBy(after));
        _clock.Now += TimeSpan.FromHours(24);
        await EnterAsync();
        await SendAsync();
        Assert.False(_receiver.Messages.Last().IsSignedBy(before));
        Assert.True(_receiver.Messages.Last().IsSignedBy(after));
        Assert.Equal(0, await _server.ScalarAsync<long>("SELECT count(*) FROM webhooks WHERE secret LIKE '%whsec%' OR secret LIKE '%' || $1 || '%'", after["whsec_".Length..]));
    }

    [Fact]
    public async Task A_receiver_that_never_answers_is_left_after_a_while()
    {
        await using var hasty = await ApiSteps.StartAsync(_server.Database, _clock, ["Api:Webhooks:Patience=00:00:00.200"], ownsDatabase: false);
        await HookAsync();
        await EnterAsync();
        var end = new TaskCompletionSource();
        _receiver.Answer = async _ =>
        {
            await end.Task;
            return 200;
        };
        await hasty.Services.GetRequiredService<WebhookSender>().SendDueAsync(CancellationToken.None);
        end.SetResult();
        Assert.Equal((DeliveryState.Waiting, "There was no answer within 0.2 seconds."), ((await DeliveryAsync()).State, (await DeliveryAsync()).Problem));
    }

    [Fact]
    public async Task No_message_enters_a_private_network_though_its_name_led_outside_when_it_was_given()
    {
        await using var strict = await ApiSteps.StartAsync(_server.Database, _clock, ["Api:Webhooks:AllowPrivateAddresses=false"], ownsDatabase: false);
        await HookAsync();
        await EnterAsync();
        await strict.Services.GetRequiredService<WebhookSender>().SendDueAsync(CancellationToken.None);
        Assert.Empty(_receiver.Messages);
        Assert.Contains("127.0.0.1 leads into a network of its own", (await DeliveryAsync()).Problem, StringComparison.Ordinal);
    }

    private async Task<(int Id, string Secret)> HookAsync(string body = """{"name":"all","url":"URL"}""")
    {
        var made = (await _program.AskAsync(HttpMethod.Post, "/api/v1/webhooks", body.Replace("URL", _receiver.Url, StringComparison.Ordinal))).Ok(HttpStatusCode.Created);
        return (made["webhook"].GetProperty("id").GetInt32(), made["secret"].GetString()!);
    }

    /// <summary>Somebody enters the segment.</summary>
    private async Task<Guid> EnterAsync()
    {
        var shopper = await _server.DogPersonAsync();
        await _server.MembersAsync();
        return shopper;
    }

    private Task SendAsync() => _server.Services.GetRequiredService<WebhookSender>().SendDueAsync(CancellationToken.None);

    /// <summary>The oldest message.</summary>
    private Task<WebhookDelivery> DeliveryAsync() => _server.WithDbAsync(db => db.WebhookDeliveries.AsNoTracking().OrderBy(d => d.CreatedAt).FirstAsync());

    private Task<Webhook> HookRowAsync(int id) => _server.WithDbAsync(db => db.Webhooks.AsNoTracking().SingleAsync(w => w.Id == id));
}
