using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace PetShop.LocalPostgres;

/// <summary>A detached shell process that runs the server as long as any process holds the folder's named pipe open.</summary>
/// <remarks>
/// The system closes a dead process's end of the pipe, however it died; when the last one is closed, the keeper reads the end of the
/// file and stops the server. Orders go down the same pipe; an answer is a file with the exit code. A process that got an answer
/// holds its end already, so the keeper cannot be about to leave.
/// </remarks>
internal sealed class UnixKeeper : IKeeper
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan JoinLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LaunchLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan OrderLimit = TimeSpan.FromMinutes(3);

    // $1 folder, $2 pg_ctl, $3 data folder, $4 settings, $5 major version, $6 "keep" or "remove" for what becomes of the data.
    private const string Script =
        """
        # Written by PetShop.LocalPostgres at every start. Keeps PostgreSQL running while any process holds the pipe "users" open.
        # Ctrl-C and a closed terminal end the shop, which then lets go of the pipe; they must not end the server first.
        trap '' INT HUP QUIT
        umask 077
        exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
        cd "$1" || exit 1
        rm -f user-* new-* keeper.pid
        printf '%s\n%s\n%s\n' "$$" "$5" "$0" >keeper.pid || exit 1
        # Opened for both first, as opening for reading alone waits for a writer, who may have died by now.
        exec 4<>users 3<users 4>&-
        while read -r order word port <&3; do
            case $order in
                start) "$2" start -w -t 120 -D "$3" -l server.log -o "$4 -p $port" 3<&- </dev/null ;;
                stop) "$2" stop -w -t 60 -D "$3" -m fast 3<&- ;;
                *) : ;;
            esac
            echo $? >"new-$word"
            mv "new-$word" "user-$word"
        done
        if [ -f "$3/postmaster.pid" ]; then
            "$2" stop -w -t 60 -D "$3" -m fast 3<&- || "$2" stop -w -t 10 -D "$3" -m immediate 3<&-
        fi
        # Before the note below goes: whoever starts meanwhile waits for that.
        if [ "$6" = remove ]; then rm -rf "$3"; fi
        rm -f keeper.pid
        """;

    // $1 log, then the words that start the keeper: in a session of its own where there is a setsid (not on macOS), so that a signal
    // to our process group passes it by.
    private const string Launch =
        """
        umask 077
        log=$1; shift
        if [ -f "$log" ]; then mv -f "$log" "$log.before"; fi
        if command -v setsid >/dev/null; then set -- setsid "$@"; fi
        "$@" </dev/null >>"$log" 2>&1 &
        """;

    // Somebody who keeps only the connection string uses the server as well: the collector must not close the pipe.
    private static readonly ConcurrentDictionary<UnixKeeper, bool> Held = [];

    private readonly ServerFolder _folder;
    private readonly FileStream _users;

    private UnixKeeper(ServerFolder folder, int major)
    {
        _folder = folder;
        // Opened for both, as opening for writing alone waits for the keeper; never read here, and not inherited by programs we start.
        _users = new(folder.Users, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        Major = major;
        Held[this] = true;
    }

    public int Major { get; }

    /// <summary>Becomes a user of the server that another process started; null when there is none, or it is just stopping.</summary>
    public static async Task<UnixKeeper?> TryJoinAsync(ServerFolder folder, CancellationToken cancel)
    {
        if (folder.KeeperNow() is not { } now)
            return null;
        var keeper = new UnixKeeper(folder, now.Major);
        return await keeper.JoinsAsync(TimeSpan.Zero, cancel) ? keeper : null;
    }

    public static async Task<UnixKeeper> LaunchAsync(
        ServerFolder folder, PostgresPrograms programs, ServerAccount account, LocalPostgresOptions options, CancellationToken cancel)
    {
        await ServerFolder.WriteAsync(folder.Keeper, Script.ReplaceLineEndings("\n") + "\n", account, cancel);
        await MakePipeAsync(folder, account, cancel);
        // Held before the keeper comes up: it leaves when it finds nobody.
        var keeper = new UnixKeeper(folder, programs.Major);
        var launched = await account.RunAsync(["sh", "-c", Launch, "sh", folder.Log, "sh", folder.Keeper, folder.Root, programs.Control,
            folder.Data(programs.Major), ServerSettings.Words(options), programs.Major.ToString(CultureInfo.InvariantCulture), options.RemovedAtEnd ? "remove" : "keep"],
            LaunchLimit, CancellationToken.None);
        if (await keeper.JoinsAsync(launched.Succeeded ? LaunchLimit : TimeSpan.Zero, cancel))
            return keeper;
        throw new LocalPostgresException(
            $"The process that keeps PostgreSQL running could not be started: {launched.Output} {folder.LogTail()}");
    }

    public Task<bool> StartServerAsync(int port, CancellationToken cancel) => OrderAsync("start", port, OrderLimit, TimeSpan.Zero, cancel);

    public Task<bool> StopServerAsync(CancellationToken cancel) => OrderAsync("stop", 0, OrderLimit, TimeSpan.Zero, cancel);

    public ValueTask DisposeAsync()
    {
        Held.TryRemove(this, out _);
        return _users.DisposeAsync();
    }

    // Lets go of the pipe unless the keeper answers.
    private async Task<bool> JoinsAsync(TimeSpan launching, CancellationToken cancel)
    {
        var joined = false;
        try
        {
            return joined = await OrderAsync("join", 0, JoinLimit, launching, cancel);
        }
        finally
        {
            if (!joined)
                await DisposeAsync();
        }
    }

    /// <param name="launching">For so long the keeper may not have come up yet; later its absence is a no.</param>
    private async Task<bool> OrderAsync(string order, int port, TimeSpan limit, TimeSpan launching, CancellationToken cancel)
    {
        var word = Guid.NewGuid().ToString("N");
        var answer = _folder.Answer(word);
        // One short write is one line in the pipe, whoever else writes.
        _users.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{order} {word} {port}\n")));
        _users.Flush();
        for (var waited = TimeSpan.Zero; waited < limit; waited += Pause)
        {
            if (File.Exists(answer))
            {
                var code = (await File.ReadAllTextAsync(answer, cancel)).Trim();
                File.Delete(answer);
                return code == "0";
            }
            if (waited > launching && _folder.KeeperNow() is null)
                return false;
            await Task.Delay(Pause, cancel);
        }
        throw new LocalPostgresException($"PostgreSQL's keeper (process {_folder.KeeperNow()?.Pid}) did not answer '{order}' within " +
            $"{limit.TotalSeconds:0} s. {_folder.LogTail()}");
    }

    private static async Task MakePipeAsync(ServerFolder folder, ServerAccount account, CancellationToken cancel)
    {
        if (File.Exists(folder.Users))
            return;
        var made = await account.RunAsync(["mkfifo", "-m", "600", folder.Users], TimeSpan.FromSeconds(20), cancel);
        if (!made.Succeeded)
            throw new LocalPostgresException($"The named pipe '{folder.Users}' could not be made; the data folder must be on a local disk. {made.Output}");
    }
}
