using System.Buffers.Binary;

namespace PetShop.Web.Tracking;

/// <summary>Ids of events: UUIDv7 whose order is that of time within a millisecond, too, so that a history reads the same from memory and from the database.</summary>
internal static class EventId
{
    private const int FractionBits = 12;

    /// <summary>An id of the moment given, to a quarter of a microsecond: the 12 bits after the version count the fraction of the millisecond (RFC 9562, 6.2, method 3).</summary>
    public static Guid New(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(at).TryWriteBytes(bytes, bigEndian: true, out _);
        var fraction = ((at.UtcTicks % TimeSpan.TicksPerMillisecond) << FractionBits) / TimeSpan.TicksPerMillisecond;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)((7 << FractionBits) | (int)fraction));
        return new(bytes, bigEndian: true);
    }
}
