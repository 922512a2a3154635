using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Data.Api;
using PetShop.TestHost;
using PetShop.Web.Api.Webhooks;
using PetShop.Web.Tests.Targeting;

namespace PetShop.Web.Tests.Api;

/// <summary>A shop with a segment of dog homes, a program that manages its webhooks, and a real receiver; the clock stands until it is moved.</summary>
public abstract class WebhookCase : IAsyncLifetime
{
    private protected MovedClock Clock { get; } = new(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));
    private protected ShopServer Server { get; private set; } = null!;
    private protected WebhookReceiver Receiver { get; private set; } = null!;
    private protected HttpClient Program { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await ApiSteps.StartAsync(await TestDatabase.EmptyAsync(), Clock, []);
        Receiver = await WebhookReceiver.StartAsync();
        Program = await Server.ProgramAsync();
        await Server.AddSegmentAsync("dog-homes", ApiSteps.DogHomes);
        await Server.RefreshRulesAsync();
        await Server.DogPersonAsync();
        await Server.MembersAsync();
    }

    public async Task DisposeAsync()
    {
        Program.Dispose();
        await Server.DisposeAsync();
        await Receiver.DisposeAsync();
    }

    private protected async Task<(int Id, string Secret)> HookAsync(string body = """{"name":"all","url":"URL"}""")
    {
        var made = (await Program.AskAsync(HttpMethod.Post, "/api/v1/webhooks", body.Replace("URL", Receiver.Url, StringComparison.Ordinal))).Ok(HttpStatusCode.Created);
        return (made["webhook"].GetProperty("id").GetInt32(), made["secret"].GetString()!);
    }

    /// <summary>Somebody enters the segment.</summary>
    private protected async Task<Guid> EnterAsync()
    {
        var shopper = await Server.DogPersonAsync();
        await Server.MembersAsync();
        return shopper;
    }

    private protected Task SendAsync() => Server.Services.GetRequiredService<WebhookSender>().SendDueAsync(CancellationToken.None);

    /// <summary>The oldest message.</summary>
    private protected Task<WebhookDelivery> DeliveryAsync() => Server.WithDbAsync(db => db.WebhookDeliveries.AsNoTracking().OrderBy(d => d.CreatedAt).FirstAsync());

    private protected Task<Webhook> HookRowAsync(int id) => Server.WithDbAsync(db => db.Webhooks.AsNoTracking().SingleAsync(w => w.Id == id));
}
