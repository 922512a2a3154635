using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;

namespace PetShop.Web.Targeting.Members;

/// <summary>Looks every few seconds whose membership changed, and checks a sample once a night; one replica at a time.</summary>
public sealed class MembershipJob(
    SegmentMembership membership, MembershipCheck check, IServiceScopeFactory scopes, IOptions<TargetingOptions> options, IOptions<ShopOptions> shop, TimeProvider clock,
    ILogger<MembershipJob> logger) : RecurringJob(options, clock, logger, "stored segment members", options.Value.MembersInterval)
{
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
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
        var last = await db.JobRuns.Where(r => r.Name == MembershipCheck.JobName).OrderByDescending(r => r.StartedAt).Select(r => (DateTimeOffset?)r.StartedAt).FirstOrDefaultAsync(cancel);
        return last is null || TimeZoneInfo.ConvertTime(last.Value, shop.Value.Zone).DateTime < tonight;
    }
}
