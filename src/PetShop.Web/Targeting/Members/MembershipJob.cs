using Microsoft.Extensions.Options;
using PetShop.Web.Database;

namespace PetShop.Web.Targeting.Members;

/// <summary>Looks every few seconds whose membership changed, and checks a sample once a night; one replica at a time.</summary>
public sealed class MembershipJob(
    SegmentMembership membership, MembershipCheck check, JobLog jobs, IOptions<TargetingOptions> options, IOptions<ShopOptions> shop, TimeProvider clock,
    ILogger<MembershipJob> logger) : RecurringJob(options, clock, logger, "stored segment members", options.Value.MembersInterval)
{
    // A check that failed is tried again the same night, not at every look.
    private static readonly TimeSpan AfterFailure = TimeSpan.FromHours(1);

    public override async Task RunAsync(CancellationToken cancel)
    {
        await membership.TryRefreshAsync(cancel);
        if (await IsCheckDueAsync(cancel))
            await check.TryRunAsync(cancel);
    }

    private async Task<bool> IsCheckDueAsync(CancellationToken cancel)
    {
        var local = TimeZoneInfo.ConvertTime(Clock.GetUtcNow(), shop.Value.Zone);
        var tonight = local.Date.AddHours(Options.MembersCheckHour);
        if (local.DateTime < tonight)
            return false;
        return await jobs.LastResultAsync(MembershipCheck.JobName, Clock.GetUtcNow() - AfterFailure, cancel) is not { } last || TimeZoneInfo.ConvertTime(last, shop.Value.Zone).DateTime < tonight;
    }
}
