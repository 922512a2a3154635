using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using PetShop.Recommender.Interactions;

namespace PetShop.Recommender.Ranking;

/// <summary>Models as bytes, to be kept in a database or file; docs/model-format.md describes them for other engines.</summary>
/// <remarks>
/// Little-endian: 8 bytes "PETSHOPM"; int32 format (1); int32 kind (1 factors, 2 neighbours, 3 popularity); int32 length of the header, then the header as
/// UTF-8 JSON; int32 number of items n, then their ids as int32; then, by kind, factors: n x rank float32, row-major; neighbours: n + 1 starts as int32, int32
/// count m, then m pairs of int32 column and float32 score; popularity: n float32 scores, int32 count g (0 or n), then g int32 groups; blend (4): int32 count p, then
/// p parts of float32 weight, int32 length and that many bytes of a whole model file, whose trainer is the part's name. Last, the SHA-256 of all before.
/// </remarks>
public static class ModelFile
{
    private const int Format = 1, KindFactors = 1, KindNeighbours = 2, KindPopularity = 3, KindBlend = 4, MaxRank = 1024;

    private static ReadOnlySpan<byte> Magic => "PETSHOPM"u8;

    /// <summary>Writes a model.</summary>
    /// <exception cref="ArgumentException">This type of model has no form on file.</exception>
    public static byte[] Write(StoredModel stored)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Model files are written on little-endian machines only.");
        using var file = new MemoryStream();
        file.Write(Magic);
        WriteInt(file, Format);
        WriteInt(file, KindOf(stored.Model));
        var factors = stored.Model as FactorModel;
        var header = JsonSerializer.SerializeToUtf8Bytes(new ModelHeader(stored.Info, factors?.Rank ?? 0, factors?.Options), ModelJson.Default.ModelHeader);
        WriteInt(file, header.Length);
        file.Write(header);
        WriteInt(file, stored.Model.Items.Count);
        WriteAll(file, stored.Model.Items.Products);
        WriteArrays(file, stored);
        file.Write(SHA256.HashData(file.GetBuffer().AsSpan(0, (int)file.Length)));
        return file.ToArray();
    }

    /// <summary>Reads a model that <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are no model, truncated, altered, of an unknown format, or hold numbers that are not finite.</exception>
    public static StoredModel Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Magic.Length + SHA256.HashSizeInBytes || !bytes.StartsWith(Magic))
            throw new InvalidDataException($"These {bytes.Length} bytes are not a PetShop model file.");
        var content = bytes[..^SHA256.HashSizeInBytes];
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(bytes[content.Length..]))
            throw new InvalidDataException($"The checksum of the model file ({bytes.Length} bytes) does not fit: it is truncated or was altered. Train again or roll back.");
        var reader = new Reader(content[Magic.Length..]);
        if (reader.Int() is var format and not Format)
            throw new InvalidDataException($"The model file has format {format}; this program reads format {Format}. Train again.");
        try
        {
            return ReadBody(ref reader);
        }
        catch (Exception e) when (e is ArgumentException or ArithmeticException or JsonException)
        {
            throw new InvalidDataException($"The model file holds no usable model: {e.Message}", e);
        }
    }

    private static StoredModel ReadBody(ref Reader reader)
    {
        var kind = reader.Int();
        var header = JsonSerializer.Deserialize(reader.Take<byte>(reader.Int()), ModelJson.Default.ModelHeader)
            ?? throw new InvalidDataException("The model file has an empty header.");
        if (header.Info is not { Version: not null, Trainer: not null })
            throw new InvalidDataException("The header of the model file names no version or trainer under Info.");
        if (kind == KindFactors && header.Rank is < 1 or > MaxRank)
            throw new InvalidDataException($"The model file has {header.Rank} factors a product; from 1 to {MaxRank} are possible.");
        var items = new ItemIndex(reader.Take<int>(reader.Int()).ToArray());
        IModel model = kind switch
        {
            KindFactors => new FactorModel(items, header.Rank, reader.Take<float>(checked(items.Count * header.Rank)), header.FoldIn ?? new FoldInOptions()),
            KindNeighbours => new NeighbourModel(items, reader.Take<int>(items.Count + 1).ToArray(), reader.Take<Ranked>(reader.Int()).ToArray()),
            KindPopularity => new PopularityModel(items, reader.Take<float>(items.Count).ToArray(), reader.Take<int>(reader.Int()).ToArray()),
            KindBlend => ReadBlend(ref reader),
            _ => throw new InvalidDataException($"The model file is of kind {kind}, which this program does not know."),
        };
        reader.RequireEnd();
        // What an engine leaves out is read as null.
        return new StoredModel(header.Info with { Parameters = header.Info.Parameters ?? new Dictionary<string, string>(), Quality = header.Info.Quality ?? new Dictionary<string, double>() }, model);
    }

    private static int KindOf(IModel model) => model switch
    {
        FactorModel => KindFactors,
        NeighbourModel => KindNeighbours,
        PopularityModel => KindPopularity,
        BlendModel => KindBlend,
        _ => throw new ArgumentException($"A {model.GetType().Name} has no form on file.", nameof(model)),
    };

    private static BlendModel ReadBlend(ref Reader reader)
    {
        var parts = new List<BlendPart>();
        for (var left = reader.Int(); left > 0; left--)
        {
            var weight = reader.Take<float>(1)[0];
            var (info, model) = Read(reader.Take<byte>(reader.Int()));
            if (model is BlendModel)
                throw new InvalidDataException("The model file holds a blend within a blend.");
            parts.Add(new BlendPart(info.Trainer, model, weight));
        }
        return new BlendModel(parts);
    }

    private static void WriteBlend(MemoryStream file, ModelInfo info, BlendModel blend)
    {
        WriteInt(file, blend.Parts.Count);
        foreach (var (name, model, weight) in blend.Parts)
        {
            var part = Write(new StoredModel(info with { Trainer = name, Parameters = new Dictionary<string, string>(), Quality = new Dictionary<string, double>() }, model));
            WriteAll(file, [weight]);
            WriteInt(file, part.Length);
            file.Write(part);
        }
    }

    private static void WriteArrays(MemoryStream file, StoredModel stored)
    {
        switch (stored.Model)
        {
            case FactorModel factors:
                WriteAll(file, factors.Factors);
                break;
            case NeighbourModel neighbours:
                WriteAll(file, neighbours.Starts);
                WriteInt(file, neighbours.All.Length);
                WriteAll(file, neighbours.All);
                break;
            case PopularityModel popularity:
                WriteAll(file, popularity.Scores);
                WriteInt(file, popularity.Groups.Length);
                WriteAll(file, popularity.Groups);
                break;
            case BlendModel blend:
                WriteBlend(file, stored.Info, blend);
                break;
        }
    }

    private static void WriteInt(MemoryStream file, int value) => WriteAll(file, [value]);

    private static void WriteAll<T>(MemoryStream file, ReadOnlySpan<T> values) where T : unmanaged => file.Write(MemoryMarshal.AsBytes(values));

    private ref struct Reader(ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> _rest = rest;

        public int Int() => Take<int>(1)[0];

        public ReadOnlySpan<T> Take<T>(int count) where T : unmanaged
        {
            var length = (long)count * Marshal.SizeOf<T>();
            if (count < 0 || length > _rest.Length)
                throw new InvalidDataException($"The model file ends too early: {length} bytes wanted, {_rest.Length} left.");
            // A copy, because the bytes at hand need not be aligned.
            var values = new T[count];
            _rest[..(int)length].CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
            _rest = _rest[(int)length..];
            return values;
        }

        public readonly void RequireEnd()
        {
            if (!_rest.IsEmpty)
                throw new InvalidDataException($"The model file has {_rest.Length} bytes too many.");
        }
    }
}
