using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace PetShop.Web.Accounts;

/// <summary>Counts the tries of a network address and the mails to a mail address, so that neither passwords nor mailboxes can be flooded.</summary>
public sealed class AccountLimiter(IOptions<AccountOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _posts = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        RateLimitPartition.GetSlidingWindowLimiter(Network(address), _ => new()
        {
            PermitLimit = options.Value.PostsPerAddress, Window = options.Value.PostWindow, SegmentsPerWindow = 5,
        }));

    private readonly PartitionedRateLimiter<string> _mails = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetSlidingWindowLimiter(address, _ => new()
        {
            PermitLimit = options.Value.MailsPerHour, Window = TimeSpan.FromHours(1), SegmentsPerWindow = 6,
        }));

    public bool MayPost(IPAddress? address)
    {
        using var lease = _posts.AttemptAcquire(address ?? IPAddress.None);
        return lease.IsAcquired;
    }

    public bool MayMail(string address)
    {
        using var lease = _mails.AttemptAcquire(address.Trim().ToUpperInvariant());
        return lease.IsAcquired;
    }

    /// <summary>A household has one IPv4 address but 2^64 of IPv6: the network counts.</summary>
    internal static IPAddress Network(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new(bytes);
    }

    public void Dispose()
    {
        _posts.Dispose();
        _mails.Dispose();
    }
}
