using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using PetShop.Data.Campaigns;
using PetShop.Data.Shoppers;
using PetShop.TestHost;
using PetShop.Web.Campaigns;
using PetShop.Web.Mail;
using PetShop.Web.Targeting.Members;
using PetShop.Web.Tests.Targeting;

namespace PetShop.Web.Tests.Campaigns;

/// <summary>A shop that writes and hands over letters only when a test says so, by a clock that stands at ten in the morning until it is moved.</summary>
public sealed class LetterShop : ShopFixture
{
    public static readonly DateTimeOffset Morning = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    internal MovedClock Clock { get; } = new(Morning);
    internal PostBox Post { get; } = new();

    protected override async Task<ShopServer> StartAsync() => await ShopServer.StartAsync(await TestDatabase.EmptyAsync(),
        [.. TargetedShop.Settings, "Mail:PollInterval=00:00:00.100", "Mail:PublicUrl=https://shop.example", "Campaigns:SmallestAudience=3", "Campaigns:BatchSize=7"], builder =>
        {
            TargetedShop.Configure(builder);
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            builder.Services.Replace(ServiceDescriptor.Singleton<IMailSender>(Post));
            builder.Services.Remove(builder.Services.Single(s => s.ImplementationType == typeof(MailDispatcher)));
        });

    /// <summary>Keeps what it is given.</summary>
    internal sealed class PostBox : IMailSender
    {
        private readonly List<Letter> _letters = [];

        public Task SendAsync(Letter letter, CancellationToken cancel)
        {
            lock (_letters)
                _letters.Add(letter);
            return Task.CompletedTask;
        }

        public List<Letter> To(string address)
        {
            lock (_letters)
                return _letters.FindAll(l => l.ToAddress == address);
        }
    }
}

/// <summary>What these tests ask of the shop again and again.</summary>
internal static class LetterSteps
{
    /// <summary>An account that may be written to, unless told otherwise.</summary>
    public static Task<Shopper> ReaderAsync(this ShopServer server, Action<Shopper>? set = null) => server.WithDbAsync(async db =>
    {
        var id = Guid.CreateVersion7();
        var shopper = new Shopper
        {
            Id = id, UserName = $"{id}@example.com", NormalizedUserName = $"{id}@EXAMPLE.COM".ToUpperInvariant(), Email = $"{id}@example.com", NormalizedEmail = $"{id}@EXAMPLE.COM".ToUpperInvariant(),
            EmailConfirmed = true, FirstName = "Ada", RegisteredAt = LetterShop.Morning.AddDays(-100), ConsentAnalytics = true, ConsentPersonalisation = true, ConsentEmail = true,
        };
        set?.Invoke(shopper);
        db.Shoppers.Add(shopper);
        db.ConsentReceipts.Add(new()
        {
            Id = Guid.CreateVersion7(), ShopperId = id, Analytics = true, Personalisation = true, Email = shopper.ConsentEmail, TextVersion = "t", TextHash = "h", Language = "en", DialogVariant = "test", Method = "accept",
            GivenAt = new DateTimeOffset(2026, 5, 3, 12, 0, 0, TimeSpan.Zero),
        });
        await db.SaveChangesAsync();
        return shopper;
    });

    public static async Task<Shopper[]> ReadersAsync(this ShopServer server, int count)
    {
        var readers = new Shopper[count];
        for (var i = 0; i < count; i++)
            readers[i] = await server.ReaderAsync();
        return readers;
    }

    /// <summary>A segment of the shoppers on a list of its own, with its members stored.</summary>
    public static async Task<int> ListSegmentAsync(this ShopServer server, params IEnumerable<Shopper> members)
    {
        var key = $"l-{Guid.NewGuid():N}"[..12];
        await server.RunSqlAsync("INSERT INTO shopper_lists (slug, name, note, updated_at, updated_by) VALUES ($1, $1, '', now(), '')", key);
        var segment = await server.AddSegmentAsync(key, $$"""{"v":1,"list":"{{key}}"}""");
        foreach (var member in members)
            await server.PutOnListAsync(segment.Id, member.Id);
        await server.RefreshRulesAsync();
        await server.MembersAsync();
        return segment.Id;
    }

    public static Task PutOnListAsync(this ShopServer server, int segment, Guid shopper) =>
        server.RunSqlAsync("INSERT INTO shopper_list_members (list_id, shopper_id) SELECT l.id, $2 FROM shopper_lists l JOIN segments s ON s.slug = l.slug WHERE s.id = $1", segment, shopper);

    public static Task TakeOffListAsync(this ShopServer server, int segment, Guid shopper) =>
        server.RunSqlAsync("DELETE FROM shopper_list_members m USING shopper_lists l, segments s WHERE l.id = m.list_id AND s.slug = l.slug AND s.id = $1 AND m.shopper_id = $2", segment, shopper);

    public static Task MembersAsync(this ShopServer server) => server.Services.GetRequiredService<SegmentMembership>().RefreshAsync(CancellationToken.None);

    /// <summary>A campaign that was confirmed; sent once and at once unless told otherwise.</summary>
    public static Task<int> CampaignAsync(this ShopServer server, int segment, Action<Campaign>? set = null) => server.WithDbAsync(async db =>
    {
        var campaign = new Campaign
        {
            Name = "Winter", Subject = "Warm paws", Body = "Hello {name|there}, this is for {pets|your pets}.", SegmentIds = [segment], RootUrl = "https://shop.example", State = CampaignState.Scheduled,
            UpdatedAt = LetterShop.Morning, StartedAt = LetterShop.Morning.AddMinutes(-1),
        };
        set?.Invoke(campaign);
        db.Campaigns.Add(campaign);
        await db.SaveChangesAsync();
        return campaign.Id;
    });

    public static Task SendAsync(this ShopServer server) => server.Services.GetRequiredService<CampaignSender>().RunAsync(CancellationToken.None);

    /// <summary>Hands over what may leave now.</summary>
    public static async Task HandOverAsync(this ShopServer server, MovedClock clock)
    {
        using var dispatcher = ActivatorUtilities.CreateInstance<MailDispatcher>(server.Services);
        await dispatcher.StartAsync(CancellationToken.None);
        // While a mail is under way nobody else may take it for some minutes.
        await Eventually.UntilAsync(() => server.WithDbAsync(async db => !await db.OutgoingMails.AnyAsync(m => m.NextTryAt <= clock.Now.AddMinutes(10))));
        await Eventually.UntilAsync(() => server.WithDbAsync(async db => !await db.CampaignRecipients.AnyAsync(r => r.State == LetterState.HandingOver)));
        await dispatcher.StopAsync(CancellationToken.None);
    }

    public static Task<CampaignRecipient[]> RowsAsync(this ShopServer server, int campaign) => server.WithDbAsync(db => db.CampaignRecipients.AsNoTracking().Where(r => r.CampaignId == campaign).ToArrayAsync());

    public static async Task<CampaignRecipient?> RowAsync(this ShopServer server, int campaign, Shopper reader) => (await server.RowsAsync(campaign)).SingleOrDefault(r => r.ShopperId == reader.Id);

    public static Task<Campaign> StoredAsync(this ShopServer server, int campaign) => server.WithDbAsync(db => db.Campaigns.AsNoTracking().SingleAsync(c => c.Id == campaign));

    public static async Task RunSqlAsync(this ShopServer server, string sql, params object[] values)
    {
        await using var command = server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
