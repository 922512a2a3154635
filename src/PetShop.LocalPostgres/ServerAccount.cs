namespace PetShop.LocalPostgres;

/// <summary>The account that the server runs under: our own, or an unprivileged one when we are root, as PostgreSQL refuses root.</summary>
internal sealed class ServerAccount
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly string[] Preferred = ["postgres", "nobody"];

    private readonly Func<IReadOnlyList<string>, IReadOnlyList<string>> _wrap;

    private ServerAccount(string? name, string? owner, Func<IReadOnlyList<string>, IReadOnlyList<string>> wrap) =>
        (Name, Owner, _wrap) = (name, owner, wrap);

    /// <summary>Null when the server runs as ourselves.</summary>
    public string? Name { get; }

    /// <summary>As <c>chown</c> takes it: user and group number.</summary>
    public string? Owner { get; }

    public static async Task<ServerAccount> ForThisProcessAsync(CancellationToken cancel)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            return new(null, null, words => words);
        foreach (var name in Preferred)
        {
            if (await IdAsync(name, "-u", cancel) is not { } user || await IdAsync(name, "-g", cancel) is not { } group)
                continue;
            foreach (var wrap in WaysToBecome(name, user, group))
                if (await Command.RunAsync(wrap(["id", "-u"]), Limit, cancel) is { Succeeded: true } seen && seen.Output == user)
                    return new(name, $"{user}:{group}", wrap);
        }
        throw new LocalPostgresException(
            "PostgreSQL refuses to run as root, and none of setpriv, runuser and su can start it as 'postgres' or 'nobody' here. " +
            "Start the shop as an ordinary user, or set ConnectionStrings__PetShop to a server you have.");
    }

    /// <summary>Runs a program under this account.</summary>
    public Task<CommandResult> RunAsync(IReadOnlyList<string> words, TimeSpan limit, CancellationToken cancel) =>
        Command.RunAsync(_wrap(words), limit, cancel);

    /// <summary>Hands a file or folder of ours to this account.</summary>
    public async Task OwnAsync(string path, CancellationToken cancel)
    {
        if (Owner is null)
            return;
        var done = await Command.RunAsync(["chown", Owner, path], Limit, cancel);
        if (!done.Succeeded)
            throw new LocalPostgresException($"'{path}' could not be given to the account '{Name}' that runs PostgreSQL: {done.Output}");
    }

    /// <summary>Whether this account can reach the folder and write into it.</summary>
    public async Task<bool> CanWriteAsync(string folder, CancellationToken cancel) =>
        OperatingSystem.IsWindows()
        || (await RunAsync(["sh", "-c", "cd \"$1\" && test -w .", "sh", folder], Limit, cancel)).Succeeded;

    private static async Task<string?> IdAsync(string name, string option, CancellationToken cancel) =>
        await Command.RunAsync(["id", option, name], Limit, cancel) is { Succeeded: true } id ? id.Output : null;

    private static IEnumerable<Func<IReadOnlyList<string>, IReadOnlyList<string>>> WaysToBecome(string name, string user, string group) =>
    [
        words => ["setpriv", $"--reuid={user}", $"--regid={group}", "--clear-groups", "--", .. words],
        words => ["runuser", "-u", name, "--", .. words],
        words => ["su", "-s", "/bin/sh", name, "-c", string.Join(' ', words.Select(Quote))],
    ];

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
