namespace PetShop.LocalPostgres;

/// <summary>Makes the data files of a server, once.</summary>
internal static class Cluster
{
    /// <summary>The server's only role.</summary>
    public const string Role = "petshop";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    // Names of one thing on Linux, older Linux and macOS; "C" is everywhere, but knows letters of English only.
    private static readonly string[] CharacterTypes = ["C.UTF-8", "en_US.UTF-8", "UTF-8", "C"];

    /// <summary>Runs initdb beside the final place and moves the result there, so that a half-made folder is never taken for data.</summary>
    public static async Task EnsureAsync(
        ServerFolder folder, PostgresPrograms programs, ServerAccount account, LocalPostgresOptions options, CancellationToken cancel)
    {
        var data = folder.Data(programs.Major);
        if (File.Exists(Path.Combine(data, "PG_VERSION")))
            return;
        var others = folder.MajorsWithData();
        if (others.Count > 0)
            options.Log?.Invoke($"'{folder.Root}' holds data of PostgreSQL {string.Join(", ", others)}, which is not here now; starting empty with {programs.Major}.");
        await folder.PasswordAsync(account, cancel);
        options.Log?.Invoke($"Making a PostgreSQL {programs.Major} database folder in '{folder.Root}'.");
        folder.RemoveUnfinished();
        var output = "";
        foreach (var characterType in CharacterTypes)
        {
            var made = folder.Unfinished();
            var result = await account.RunAsync(Words(programs, folder, made, characterType, options.FastForTests), Limit, cancel);
            if (result.Succeeded)
            {
                Directory.Move(made, data);
                return;
            }
            output = result.Output;
            if (!output.Contains("locale", StringComparison.Ordinal))
                break;
        }
        throw new LocalPostgresException($"initdb could not make a database folder in '{folder.Root}': {output}");
    }

    private static List<string> Words(PostgresPrograms programs, ServerFolder folder, string made, string characterType, bool fast)
    {
        List<string> words = [programs.InitDb, "-D", made, "-U", Role, "--pwfile", folder.Password, "--auth=scram-sha-256",
            "--encoding=UTF8", "--locale=C", $"--lc-ctype={characterType}", "--no-instructions"];
        // From 17 on PostgreSQL brings Unicode rules of its own, the same on every system.
        if (programs.Major >= 17)
            words.AddRange(["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]);
        if (fast)
            words.Add("--no-sync");
        return words;
    }
}
