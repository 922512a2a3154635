using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Data.Api;
using PetShop.Web.Api.Webhooks;
using PetShop.Web.Tests.Targeting;

namespace PetShop.Web.Tests.Api;

/// <summary>Receivers and senders fail, and nothing is lost, nor sent where it must not go.</summary>
public sealed class WebhookFailureTests : WebhookCase
{
    [Fact]
    public async Task What_fails_is_tried_again_later_and_later_under_the_same_id_until_it_arrives()
    {
        var (id, _) = await HookAsync();
        await EnterAsync();
        Receiver.Answers(HttpStatusCode.ServiceUnavailable);
        await SendAsync();
        await SendAsync();
        Assert.Single(Receiver.Messages);
        var waits = new List<TimeSpan>();
        for (var i = 0; i < 5; i++)
        {
            var waiting = await DeliveryAsync();
            Assert.Equal((DeliveryState.Waiting, i + 1, (short?)503), (waiting.State, waiting.Attempts, waiting.Answer));
            waits.Add(waiting.NextAttemptAt - Clock.Now);
            Clock.Now = waiting.NextAttemptAt - TimeSpan.FromSeconds(1);
            await SendAsync();
            Assert.Equal(i + 1, Receiver.Messages.Count);
            Clock.Now += TimeSpan.FromSeconds(1);
            await SendAsync();
        }
        Assert.Equal(waits.Order(), waits);
        Assert.NotNull((await HookRowAsync(id)).FailingSince);
        Receiver.Answers(HttpStatusCode.NoContent);
        Clock.Now = (await DeliveryAsync()).NextAttemptAt;
        await SendAsync();
        Assert.Equal((DeliveryState.Delivered, 7, null), ((await DeliveryAsync()).State, (await DeliveryAsync()).Attempts, (await HookRowAsync(id)).FailingSince));
        Assert.Single(Receiver.Messages.Select(m => m.Id).Distinct());
        Assert.Single(Receiver.Messages.Select(m => Convert.ToHexString(m.Body)).Distinct());
        Assert.Equal(7, Receiver.Messages.Select(m => m.Timestamp).Distinct().Count());
    }

    [Fact]
    public async Task A_receiver_that_is_silent_for_a_day_is_switched_off_and_says_so_and_what_waits_is_sent_when_it_is_back()
    {
        var (id, _) = await HookAsync();
        await EnterAsync();
        Receiver.Answers(HttpStatusCode.InternalServerError);
        for (var delivery = await DeliveryAsync(); delivery.State == DeliveryState.Waiting; delivery = await DeliveryAsync())
        {
            Clock.Now = delivery.NextAttemptAt > Clock.Now ? delivery.NextAttemptAt : Clock.Now;
            if (Clock.Now - delivery.CreatedAt > TimeSpan.FromHours(23) && await Server.WithDbAsync(db => db.WebhookDeliveries.CountAsync()) == 1)
                await EnterAsync();
            await SendAsync();
        }
        var hook = await HookRowAsync(id);
        Assert.False(hook.IsActive);
        Assert.Contains("took no message for 24 hours", hook.DisabledBecause, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromHours(24), Clock.Now - (await DeliveryAsync()).CreatedAt);
        using var staff = Server.SignedIn("administrator");
        Assert.Contains("took no message for 24 hours", (await staff.GetAsync("/admin/api")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("took no message", (await Program.GetReplyAsync($"/api/v1/webhooks/{id}")).Ok()["disabledBecause"].GetString(), StringComparison.Ordinal);
        Receiver.Answers(HttpStatusCode.OK);
        Receiver.Messages.Clear();
        Clock.Now += TimeSpan.FromHours(5);
        await SendAsync();
        Assert.Empty(Receiver.Messages);
        (await Program.AskAsync(HttpMethod.Put, $"/api/v1/webhooks/{id}", $$"""{"name":"all","url":"{{Receiver.Url}}","isActive":true}""")).Ok();
        await SendAsync();
        Assert.Single(Receiver.Messages);
        Assert.Null((await HookRowAsync(id)).DisabledBecause);
    }

    [Fact]
    public async Task Gone_switches_it_off_at_once_and_a_redirect_is_not_followed()
    {
        var (id, _) = await HookAsync();
        await EnterAsync();
        Receiver.Answer = http =>
        {
            http.Response.Headers.Location = "/elsewhere";
            return Task.FromResult(302);
        };
        await SendAsync();
        Assert.Contains("redirect", (await DeliveryAsync()).Problem, StringComparison.Ordinal);
        Assert.Single(Receiver.Messages);
        Receiver.Answers(HttpStatusCode.Gone);
        Clock.Now = (await DeliveryAsync()).NextAttemptAt;
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
        Receiver.Answer = _ =>
        {
            // It has the message; the sender goes before it hears of it.
            death.Cancel();
            return Task.FromResult(204);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Server.Services.GetRequiredService<WebhookSender>().SendDueAsync(death.Token));
        Assert.Equal(DeliveryState.Waiting, (await DeliveryAsync()).State);
        Receiver.Answers(HttpStatusCode.NoContent);
        await using var other = await ApiSteps.StartAsync(Server.Database, Clock, [], ownsDatabase: false);
        var replica = other.Services.GetRequiredService<WebhookSender>();
        await replica.SendDueAsync(CancellationToken.None);
        Assert.Single(Receiver.Messages);
        Clock.Now += new WebhookOptions().TakenFor;
        await replica.SendDueAsync(CancellationToken.None);
        Assert.Equal(2, Receiver.Messages.Count);
        Assert.Single(Receiver.Messages.Select(m => (m.Id, Convert.ToHexString(m.Body))).Distinct());
        Assert.Equal(DeliveryState.Delivered, (await DeliveryAsync()).State);
    }

    [Fact]
    public async Task A_receiver_that_never_answers_is_left_after_a_while()
    {
        await using var hasty = await ApiSteps.StartAsync(Server.Database, Clock, ["Api:Webhooks:Patience=00:00:00.200"], ownsDatabase: false);
        await HookAsync();
        await EnterAsync();
        var end = new TaskCompletionSource();
        Receiver.Answer = async _ =>
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
        await using var strict = await ApiSteps.StartAsync(Server.Database, Clock, ["Api:Webhooks:AllowPrivateAddresses=false"], ownsDatabase: false);
        await HookAsync();
        await EnterAsync();
        await strict.Services.GetRequiredService<WebhookSender>().SendDueAsync(CancellationToken.None);
        Assert.Empty(Receiver.Messages);
        Assert.Contains("127.0.0.1 leads into a network of its own", (await DeliveryAsync()).Problem, StringComparison.Ordinal);
    }
}
