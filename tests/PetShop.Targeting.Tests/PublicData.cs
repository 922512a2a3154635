using System.IO.Compression;
using System.Text.Json;

namespace PetShop.Targeting.Tests;

/// <summary>Finds the public data sets: PETSHOP_DATA, else a folder shared/data beside the repository or above it.</summary>
internal static class PublicData
{
    public static string Require(string set)
    {
        var folder = Find(set);
        Skip.If(folder is null, $"The public data set {set} is not here; set PETSHOP_DATA to the folder that holds it.");
        return folder!;
    }

    public static IEnumerable<string[]> Rows(string folder, string file, char separator = ',')
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(folder, file)), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
            yield return line.Split(separator);
    }

    public static JsonElement Json(string folder, string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, file))).RootElement;

    private static string? Find(string set)
    {
        if (Environment.GetEnvironmentVariable("PETSHOP_DATA") is { Length: > 0 } configured)
            return Directory.Exists(Path.Combine(configured, set)) ? Path.Combine(configured, set) : null;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "shared", "data", set);
            if (Directory.Exists(candidate))
                return candidate;
        }
        return null;
    }
}
