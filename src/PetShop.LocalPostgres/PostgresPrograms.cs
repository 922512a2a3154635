using System.Text.RegularExpressions;

namespace PetShop.LocalPostgres;

/// <summary>A folder of server programs that run here, and their major version.</summary>
internal sealed partial record PostgresPrograms(string Folder, int Major)
{
    /// <summary>The oldest major version that the shop's SQL runs on.</summary>
    public const int OldestMajor = 15;

    private static readonly string[] Needed = ["postgres", "initdb", "pg_ctl"];

    public string Server => Of(Folder, "postgres");

    public string InitDb => Of(Folder, "initdb");

    public string Control => Of(Folder, "pg_ctl");

    /// <summary>Looks at one folder; a folder that will not do adds the reason to the notes.</summary>
    public static async Task<PostgresPrograms?> TryAsync(
        string folder, ServerAccount account, ICollection<string> notes, CancellationToken cancel)
    {
        var missing = Needed.Where(program => !File.Exists(Of(folder, program))).ToList();
        if (missing.Count > 0)
        {
            notes.Add($"{folder}: holds no {string.Join(", no ", missing)}");
            return null;
        }
        var asked = await account.RunAsync([Of(folder, "postgres"), "--version"], TimeSpan.FromSeconds(20), cancel);
        var version = VersionLine().Match(asked.Output);
        if (!asked.Succeeded || !version.Success)
        {
            var who = account.Name is null ? "" : $" as '{account.Name}'";
            notes.Add($"{folder}: postgres --version does not run{who}: {asked.Output}");
            return null;
        }
        var major = int.Parse(version.Groups[1].ValueSpan);
        if (major >= OldestMajor)
            return new(folder, major);
        notes.Add($"{folder}: is PostgreSQL {major}, older than {OldestMajor}");
        return null;
    }

    private static string Of(string folder, string program) =>
        Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program);

    // "postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)", "postgres (PostgreSQL) 19beta1"
    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex VersionLine();
}
