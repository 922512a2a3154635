namespace PetShop.TestHost;

/// <summary>Where the sources of the running tests are.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();
    public static string WebFolder { get; } = Path.Combine(Root, "src", "PetShop.Web");

    /// <summary>The folder of a public data set, looked for as the tests of the pure libraries do; null when it is not here.</summary>
    public static string? DataSet(string set) => Tests.DataSets.Find(set);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "PetShop.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No PetShop.sln above {AppContext.BaseDirectory}; run the tests from a checkout.");
    }
}
