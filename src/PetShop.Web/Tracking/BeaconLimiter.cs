using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace PetShop.Web.Tracking;

/// <summary>Limits how often one visitor's pages may report.</summary>
public sealed class BeaconLimiter(IOptions<TrackingOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<Guid> _limiter = PartitionedRateLimiter.Create<Guid, Guid>(visitor =>
        RateLimitPartition.GetSlidingWindowLimiter(visitor, _ => new()
        {
            PermitLimit = options.Value.BeaconBatchesPerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6, QueueLimit = 0,
        }));

    public bool TryTake(Guid visitorId)
    {
        using var lease = _limiter.AttemptAcquire(visitorId);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
