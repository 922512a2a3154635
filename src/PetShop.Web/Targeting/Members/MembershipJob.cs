using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;

namespace PetShop.Web.Targeting.Members;

/// <summary>Looks every few seconds whose membership changed, and checks a sample once a night; one replica at a time.</summary>
public sealed partial class MembershipJob(
    SegmentMembership membership, MembershipCheck check, IServiceScopeFactory scopes, IOptions<TargetingOptions> options, IOptions<ShopOptions> shop, TimeProvider clock,
    ILogger<MembershipJob> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (options.Value.RunJobs && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await membership.TryRefreshAsync(stoppingToken);
                if (await IsCheckDueAsync(stoppingToken))
                    await check.TryRunAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(options.Value.MembersInterval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> IsCheckDueAsync(CancellationToken cancel)
    {
        var local = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), shop.Value.Zone);
        var tonight = local.Date.AddHours(options.Value.MembersCheckHour);
        if (local.DateTime < tonight)
            return false;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
        var last = await db.JobRuns.Where(r => r.Name == MembershipCheck.JobName).OrderByDescending(r => r.StartedAt).Select(r => (DateTimeOffset?)r.StartedAt).FirstOrDefaultAsync(cancel);
        return last is null || TimeZoneInfo.ConvertTime(last.Value, shop.Value.Zone).DateTime < tonight;
    }

    [LoggerMessage(LogLevel.Warning, "Stored segment members could not be brought up to date; the next look tries again: {Problem}")]
    private partial void LogFailed(string problem);
}
