namespace PetShop.LocalPostgres;

/// <summary>The folders in which a PostgreSQL that somebody installed may stand, best first.</summary>
internal static class InstallFolders
{
    /// <summary>Folders of PATH that hold a server; links are followed, as the programs look for their library beside themselves.</summary>
    public static IEnumerable<string> OnPath()
    {
        var name = OperatingSystem.IsWindows() ? "postgres.exe" : "postgres";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => new FileInfo(Path.Combine(folder, name))).Where(file => file.Exists)
            .Select(file => Path.GetDirectoryName((file.ResolveLinkTarget(returnFinalTarget: true) ?? file).FullName)!);
    }

    public static IEnumerable<string> Usual()
    {
        if (OperatingSystem.IsWindows())
            return Versions(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "", "bin");
        IEnumerable<string> folders =
        [
            .. Versions("/usr/lib/postgresql", "", "bin"),
            .. Versions("/usr", "pgsql-", "bin"),
            "/usr/local/pgsql/bin",
            .. Versions("/opt/homebrew/opt", "postgresql@", "bin"),
            .. Versions("/usr/local/opt", "postgresql@", "bin"),
            .. Versions("/home/linuxbrew/.linuxbrew/opt", "postgresql@", "bin"),
            .. Versions("/Applications/Postgres.app/Contents/Versions", "", "bin"),
        ];
        return folders.Where(Directory.Exists);
    }

    // Newest first: "/usr/lib/postgresql/17/bin" before ".../15/bin".
    private static IEnumerable<string> Versions(string parent, string prefix, string bin) =>
        !Directory.Exists(parent) ? [] : Directory.EnumerateDirectories(parent, prefix + "*")
            .Select(folder => (Folder: folder, Version: VersionOf(Path.GetFileName(folder)[prefix.Length..])))
            .Where(found => found.Version > 0).OrderByDescending(found => found.Version)
            .Select(found => Path.Combine(found.Folder, bin));

    private static int VersionOf(string text) => int.TryParse(text.Split('.')[0], out var version) ? version : 0;
}
