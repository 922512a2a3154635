using System.Buffers.Binary;

namespace PetShop.Demo.Simulation;

/// <summary>Draws from the distributions that the simulation needs; the same seed gives the same draws.</summary>
internal sealed class Chance(ulong seed)
{
    private readonly Random _random = new(unchecked((int)(seed ^ (seed >> 32))));

    public static Chance For(string name, ulong seed) => new(StableHash.Of(name, seed));

    public double Unit() => _random.NextDouble();

    public bool Happens(double probability) => _random.NextDouble() < probability;

    public int Below(int bound) => _random.Next(bound);

    public double Between(double low, double high) => low + ((high - low) * _random.NextDouble());

    public T Pick<T>(IReadOnlyList<T> options) => options[_random.Next(options.Count)];

    public double Normal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
        return radius * Math.Cos(2 * Math.PI * _random.NextDouble());
    }

    public double LogNormal(double median, double sigma) => median * Math.Exp(sigma * Normal());

    public double Exponential(double mean) => -mean * Math.Log(1 - _random.NextDouble());

    /// <summary>An index, drawn in proportion to its weight; -1 when all weights are zero.</summary>
    public int Weighted(ReadOnlySpan<double> weights)
    {
        double total = 0;
        foreach (var weight in weights)
            total += weight;
        if (total <= 0)
            return -1;
        var mark = _random.NextDouble() * total;
        for (var index = 0; index < weights.Length; index++)
            if ((mark -= weights[index]) < 0)
                return index;
        return weights.Length - 1;
    }

    /// <summary>A version 4 UUID from this sequence.</summary>
    public Guid NextGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return Stamped(bytes, 0x40);
    }

    /// <summary>A version 7 UUID: 48 bits of milliseconds, then chance.</summary>
    public Guid NextGuid(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes[6..]);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, at.ToUnixTimeMilliseconds());
        time[2..].CopyTo(bytes);
        return Stamped(bytes, 0x70);
    }

    private static Guid Stamped(Span<byte> bytes, byte version)
    {
        bytes[6] = (byte)((bytes[6] & 0x0F) | version);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new(bytes, bigEndian: true);
    }
}
