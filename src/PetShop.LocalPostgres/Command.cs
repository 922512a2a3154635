using System.ComponentModel;
using System.Diagnostics;

namespace PetShop.LocalPostgres;

/// <summary>What a program printed, on both its outputs, and how it ended.</summary>
internal sealed record CommandResult(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;
}

/// <summary>Runs a program to its end and collects what it prints.</summary>
internal static class Command
{
    // The exit code that shells give to a program that could not be started.
    private const int NotStarted = 127;

    public static async Task<CommandResult> RunAsync(
        IReadOnlyList<string> words, TimeSpan limit, CancellationToken cancel, string? folder = null)
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The server's account may not be able to enter the folder we were started in.
            WorkingDirectory = folder ?? Path.GetPathRoot(Environment.SystemDirectory is { Length: > 0 } system ? system : "/"),
        };
        // PostgreSQL translates its messages; the version line and errors are read in English.
        start.Environment["LC_ALL"] = "C";
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(limit);
        try
        {
            using var process = Process.Start(start)!;
            return await CollectAsync(process, limited.Token);
        }
        catch (Win32Exception e)
        {
            return new(NotStarted, $"{words[0]}: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(NotStarted, $"{words[0]} did not end within {limit.TotalSeconds:0} s");
        }
    }

    private static async Task<CommandResult> CollectAsync(Process process, CancellationToken cancel)
    {
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var errors = process.StandardError.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            return new(process.ExitCode, (await output + await errors).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
