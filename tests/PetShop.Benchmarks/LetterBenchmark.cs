using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PetShop.Data;
using PetShop.Data.Campaigns;
using PetShop.Web.Campaigns;
using PetShop.Web.Recommendations.Serving;
using Spectre.Console;

namespace PetShop.Benchmarks;

/// <summary>Letters a second, written and queued: planned, each reader asked about again, text and HTML made, noted and put into the queue.</summary>
public static class LetterBenchmark
{
    private const int Campaigns = 5;

    public static async Task RunAsync(Pace pace)
    {
        await using var shop = await BenchmarkShop.OpenAsync("letters");
        var table = new Table().AddColumns("letters", "written", "seconds", "a second").Title("Letters queued");
        // Whoever has an account may be written to, at any hour and as often as it takes.
        await shop.ExecuteAsync("UPDATE shoppers SET consent_email = true, email_confirmed = true, birth_year = NULL WHERE NOT is_suppressed");
        foreach (var (name, rail) in new[] { ("words alone", (string?)null), ("with four products chosen for each reader", "letter-for-you") })
        {
            var (letters, seconds) = (0, 0.0);
            // Each campaign meets a shop that has just started: nobody's taste is at hand.
            for (var i = 0; i < (pace.IsQuick ? 1 : Campaigns); i++)
            {
                var (written, took) = await WriteAsync(shop, rail);
                (letters, seconds) = (letters + written, seconds + took);
            }
            table.AddRow(name, $"{letters:N0}", $"{seconds:0.0}", $"{letters / seconds:N0}");
        }
        AnsiConsole.Write(table.Caption(BenchmarkPages.MachineLoad()));
    }

    private static async Task<(int Letters, double Seconds)> WriteAsync(BenchmarkShop shop, string? rail)
    {
        await using var app = shop.Build("--Targeting:RunJobs=false", "--Campaigns:QuietFrom=0", "--Campaigns:QuietUntil=0", "--Campaigns:Cap=00:00:00", "--Campaigns:MostWaiting=1000000");
        await app.Services.GetRequiredService<ServingRefresher>().ReadAllAsync(CancellationToken.None);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
        var campaign = new Campaign
        {
            Name = "Benchmark", Subject = "Warm paws", Body = "Hello {name|there},\n\nthis is **for {pets|your pets}**: see [our beds](/shop/dog/dog-beds).\n\n- one\n- two", Rail = rail, ButtonLabel = "See the beds",
            ButtonLink = "/shop/dog/dog-beds", RootUrl = "https://shop.example", State = CampaignState.Scheduled, HoldoutPercent = 0,
        };
        db.Campaigns.Add(campaign);
        await db.SaveChangesAsync();
        try
        {
            var started = Stopwatch.GetTimestamp();
            await app.Services.GetRequiredService<CampaignSender>().RunAsync(CancellationToken.None);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            return (await db.OutgoingMails.CountAsync(m => m.CampaignId == campaign.Id), seconds);
        }
        finally
        {
            await using var clear = app.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand($"DELETE FROM outgoing_mails WHERE campaign_id = {campaign.Id}; DELETE FROM campaigns WHERE id = {campaign.Id}");
            await clear.ExecuteNonQueryAsync();
        }
    }
}
