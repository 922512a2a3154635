namespace PetShop.Tests;

/// <summary>Finds the public data sets: in the folder that PETSHOP_DATA names, else in shared/data beside the repository or above it.</summary>
internal static class DataSets
{
    /// <summary>The folder of a set; null when it is not here.</summary>
    public static string? Find(string set)
    {
        if (Environment.GetEnvironmentVariable("PETSHOP_DATA") is { Length: > 0 } configured)
            return Existing(Path.Combine(configured, set));
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Existing(Path.Combine(at.FullName, "shared", "data", set)) is { } found)
                return found;
        return null;
    }

    private static string? Existing(string folder) => Directory.Exists(folder) ? folder : null;
}
