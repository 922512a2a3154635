using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting.Internal;
using PetShop.Data;
using PetShop.TestHost;
using PetShop.Web.Mail;

namespace PetShop.Web.Tests.Mail;

public sealed class MailTests
{
    [Fact]
    public async Task A_mail_to_a_folder_reads_back_as_it_was_written()
    {
        await using var server = await ServerAsync(null);
        var folder = server.Services.GetRequiredService<MailFolder>();
        var letter = new Letter("zoë@example.com", "Zoë \"Quotes\" Müller\r\nBcc: x@evil.example", "Grüße ✓", "Text with\r\nlines\r\n\r\nand umläuts", "<p>größer</p>", "https://shop.example/unsubscribe/x");
        await server.Services.GetRequiredService<IMailSender>().SendAsync(letter, default);
        var entry = Assert.Single(folder.List());
        Assert.Equal(letter, entry.Letter);
        Assert.Equal(entry, folder.Read(entry.Id));
        Assert.DoesNotContain("\r\nBcc:", await File.ReadAllTextAsync(Path.Combine(folder.Path, entry.Id + ".eml")));
        Assert.Null(folder.Read("../../etc/passwd"));
    }

    [Fact]
    public async Task A_mail_that_no_server_takes_waits_in_the_database()
    {
        await using var server = await ServerAsync(new BrokenServer());
        await using var scope = server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
        db.OutgoingMails.Add(new LetterDraft("PetShop", "Hello").Say("Hi.").To("ada@example.com", "Ada", DateTimeOffset.UnixEpoch.AddYears(56)));
        await db.SaveChangesAsync();
        server.Services.GetRequiredService<MailSignal>().Raise();
        for (var i = 0; i < 200 && !await db.OutgoingMails.AnyAsync(m => m.LastError != null); i++)
            await Task.Delay(50);
        var mail = await db.OutgoingMails.AsNoTracking().SingleAsync();
        Assert.Equal(("The server is on strike.", 1), (mail.LastError, mail.Attempts));
        Assert.True(mail.NextTryAt > mail.CreatedAt);
    }

    [Theory]
    [InlineData("Production", "", "*", false)]
    [InlineData("Production", "", null, false)]
    [InlineData("Production", "https://petshop.example", "*", true)]
    [InlineData("Production", "", "petshop.example", true)]
    [InlineData("Development", "", "*", true)]
    public void A_shop_on_the_internet_does_not_open_while_links_in_mails_follow_any_host(string environment, string publicUrl, string? allowedHosts, bool opens)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("AllowedHosts", allowedHosts)]).Build();
        var check = new PublicAddressCheck(new HostingEnvironment { EnvironmentName = environment }, configuration).Validate(null, new() { PublicUrl = publicUrl });
        Assert.Equal(opens, check.Succeeded);
        Assert.True(opens || check.FailureMessage!.Contains("Mail__PublicUrl", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mails_nobody_took_lose_their_words_and_old_files_go()
    {
        await using var server = await ServerAsync(new BrokenServer());
        await using var scope = server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
        foreach (var (days, next) in new (int, DateTimeOffset?)[] { (31, null), (29, null), (31, TimeProvider.System.GetUtcNow().AddDays(1)) })
        {
            var mail = new LetterDraft("PetShop", "Hello").Say("Hi.").To("ada@example.com", "Ada", TimeProvider.System.GetUtcNow().AddDays(-days));
            mail.NextTryAt = next;
            db.OutgoingMails.Add(mail);
        }
        await db.SaveChangesAsync();
        var folder = server.Services.GetRequiredService<MailFolder>();
        Directory.CreateDirectory(folder.Path);
        foreach (var day in new[] { TimeProvider.System.GetUtcNow().AddDays(-31), TimeProvider.System.GetUtcNow().AddDays(-29) })
            await File.WriteAllTextAsync(Path.Combine(folder.Path, $"{day:yyyyMMdd-HHmmss-fff}-{Guid.NewGuid():N}.eml"), "Subject: x\r\n\r\nx");

        await server.Services.GetRequiredService<MailRetention>().ApplyAsync(default);
        Assert.Equal([true, false, false], await db.OutgoingMails.OrderBy(m => m.Id).Select(m => m.Text == "" && m.Html == "").ToListAsync());
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    private static async Task<ShopServer> ServerAsync(IMailSender? sender) => await ShopServer.StartAsync(await TestDatabase.EmptyAsync(),
        [$"Mail:Folder={Path.Combine(Path.GetTempPath(), $"petshop-mails-{Guid.NewGuid():N}")}", "Mail:PollInterval=00:00:00.200"],
        builder => { if (sender is not null) builder.Services.Replace(ServiceDescriptor.Singleton(sender)); });

    private sealed class BrokenServer : IMailSender
    {
        public Task SendAsync(Letter letter, CancellationToken cancel) => throw new InvalidOperationException("The server is on strike.");
    }
}
