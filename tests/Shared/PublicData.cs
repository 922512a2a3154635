using System.IO.Compression;
using System.Text.Json;

namespace PetShop.Tests;

/// <summary>Reads public data sets; tests that need one skip without it.</summary>
internal static class PublicData
{
    public static string Require(string set)
    {
        var folder = DataSets.Find(set);
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
}
