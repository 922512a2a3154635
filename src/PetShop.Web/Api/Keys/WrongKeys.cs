using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace PetShop.Web.Api.Keys;

/// <summary>Counts the wrong keys that come from one address, and has it wait after too many.</summary>
public sealed class WrongKeys(IOptions<ApiOptions> options) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<IPAddress> _limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new() { PermitLimit = options.Value.WrongKeysPerMinute, Window = Window, QueueLimit = 0 }));

    /// <summary>How long the address has to wait; null when it need not.</summary>
    public TimeSpan? WaitOf(IPAddress? address)
    {
        // Asking for no permit takes none.
        using var lease = _limiter.AttemptAcquire(address ?? IPAddress.None, 0);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Window;
    }

    public void Count(IPAddress? address) => _limiter.AttemptAcquire(address ?? IPAddress.None).Dispose();

    public void Dispose() => _limiter.Dispose();
}
