using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PetShop.Recommender.Interactions;

namespace PetShop.Recommender.Sessions;

/// <summary>Session logs as bytes, to be kept in a database or file. There is nobody's id in them.</summary>
/// <remarks>
/// Little-endian: 8 bytes "PETSHOPS"; then int32: format (1), number of items i, sessions s, clicks c; i product ids; s + 1 starts; c columns; s days
/// since the year 1. Last, the SHA-256 of all before.
/// </remarks>
public static class SessionFile
{
    private const int Format = 1, HeaderInts = 4;

    private static ReadOnlySpan<byte> Magic => "PETSHOPS"u8;

    /// <summary>Writes a log.</summary>
    public static byte[] Write(SessionLog log)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Session files are written on little-endian machines only.");
        int[] content = [Format, log.Items.Count, log.Count, log.ClickCount, .. log.Items.Products, .. log.Starts, .. log.Clicks, .. log.Days];
        byte[] bytes = [.. Magic, .. MemoryMarshal.AsBytes<int>(content)];
        return [.. bytes, .. SHA256.HashData(bytes)];
    }

    /// <summary>Reads a log that <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are no session file, truncated, altered or of an unknown format.</exception>
    public static SessionLog Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Magic.Length + HeaderInts * sizeof(int) + SHA256.HashSizeInBytes || !bytes.StartsWith(Magic))
            throw new InvalidDataException($"These {bytes.Length} bytes are not a PetShop session file.");
        var content = bytes[..^SHA256.HashSizeInBytes];
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(bytes[content.Length..]))
            throw new InvalidDataException($"The checksum of the session file ({bytes.Length} bytes) does not fit: it is truncated or was altered. Train again.");
        // A copy, because the bytes at hand need not be aligned.
        var numbers = new int[(content.Length - Magic.Length) / sizeof(int)];
        content.Slice(Magic.Length, numbers.Length * sizeof(int)).CopyTo(MemoryMarshal.AsBytes(numbers.AsSpan()));
        if (numbers[0] != Format)
            throw new InvalidDataException($"The session file has format {numbers[0]}; this program reads format {Format}. Train again.");
        return ReadBody(numbers);
    }

    private static SessionLog ReadBody(int[] numbers)
    {
        var (items, sessions, clicks) = (numbers[1], numbers[2], numbers[3]);
        if (items < 0 || sessions < 0 || clicks < 0 || HeaderInts + (long)items + sessions + 1 + clicks + sessions != numbers.Length)
            throw new InvalidDataException($"The session file promises {items} items, {sessions} sessions and {clicks} clicks, but has another length.");
        var at = HeaderInts;
        try
        {
            return new SessionLog(new ItemIndex(Take(items)), Take(sessions + 1), Take(clicks), Take(sessions));
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"The session file holds no usable log: {e.Message}", e);
        }

        int[] Take(int count) => numbers[at..(at += count)];
    }
}
