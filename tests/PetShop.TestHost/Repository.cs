namespace PetShop.TestHost;

/// <summary>Where the sources of the running tests are.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();
    public static string WebFolder { get; } = Path.Combine(Root, "src", "PetShop.Web");

    /// <summary>The folder of public data sets beside the repository, or the one named by PETSHOP_DATA; null when there is none.</summary>
    public static string? DataSets { get; } =
        new[] { Environment.GetEnvironmentVariable("PETSHOP_DATA"), Path.Combine(Root, "..", "shared", "data") }.FirstOrDefault(Directory.Exists);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "PetShop.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No PetShop.sln above {AppContext.BaseDirectory}; run the tests from a checkout.");
    }
}
