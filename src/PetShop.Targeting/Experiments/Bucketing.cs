using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace PetShop.Targeting.Experiments;

/// <summary>Puts keys into one of 10,000 buckets, always the same one, evenly and independently for every salt.</summary>
public static class Bucketing
{
    public const int Buckets = 10_000;

    /// <summary>The first four bytes of MD5(salt ":" key) in UTF-8, big endian, modulo 10,000; PostgreSQL computes the same.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "Spreads keys evenly; protects nothing.")]
    public static int Bucket(string salt, string key)
    {
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(Encoding.UTF8.GetBytes($"{salt}:{key}"), hash);
        return (int)(BinaryPrimitives.ReadUInt32BigEndian(hash) % Buckets);
    }
}
