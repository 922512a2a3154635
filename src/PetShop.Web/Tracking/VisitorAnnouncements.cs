using Npgsql;
using PetShop.Web.Database;

namespace PetShop.Web.Tracking;

/// <summary>Hears whose consents or history changed on another replica, and drops what this one keeps of them.</summary>
public sealed class VisitorAnnouncements(
    NpgsqlDataSource source, LiveHistories histories, ShopperConsents shopperConsents, TimeProvider clock, ILogger<VisitorAnnouncements> logger)
    : AnnouncementListener(source, clock, logger, "visitors", VisitorNews.Channel)
{
    protected override void Hear(string channel, string payload)
    {
        if (VisitorNews.Parse(payload) is not { } news)
            return;
        shopperConsents.Forget(news.Id);
        if (news.Stays)
            histories.Outdate(news.Id);
        else
            histories.Forget(news.Id);
    }

    protected override async Task AttendAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        shopperConsents.ForgetAll();
        histories.ForgetAll();
        while (true)
            await connection.WaitAsync(cancel);
    }
}
