using System.Buffers.Binary;
using PetShop.Targeting.Segments;
using PetShop.Web.Tracking;

namespace PetShop.Web.Targeting;

/// <summary>Brings a shopper's last visit and number of visits up to the last click, ahead of the job that stores them.</summary>
internal static class RecentVisits
{
    // The window of the stored number.
    private static readonly TimeSpan Window = TimeSpan.FromHours(720);

    /// <summary>The stored facts with what the history knows better; a browser without an account has no such facts.</summary>
    /// <remarks>Whatever happened up to the stored last visit is in the stored figures. A visit that began after it is not; its beginning stands in its id.</remarks>
    public static VisitorFacts Upon(VisitorFacts stored, VisitorHistory history, DateTimeOffset now)
    {
        if (stored.ShopperId is null)
            return stored;
        var (since, seen, visits) = (stored.LastSeenAt ?? DateTimeOffset.MinValue, stored.LastSeenAt, (HashSet<Guid>?)null);
        foreach (var e in history.Span)
        {
            if (e.OccurredAt <= since || e.OccurredAt < now - Window)
                break;
            if (e.OccurredAt >= now)
                continue;
            seen = seen > e.OccurredAt ? seen : e.OccurredAt;
            if (e.SessionId is { } visit && StartOf(visit, e.OccurredAt) > since)
                (visits ??= []).Add(visit);
        }
        return visits is null && seen == stored.LastSeenAt ? stored : stored with { LastSeenAt = seen, Sessions30d = stored.Sessions30d + (visits?.Count ?? 0) };
    }

    private static DateTimeOffset StartOf(Guid visit, DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        return visit.Version == 7 && visit.TryWriteBytes(bytes, bigEndian: true, out _) ? DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16) : at;
    }
}
