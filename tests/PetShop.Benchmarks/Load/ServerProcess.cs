using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace PetShop.Benchmarks.Load;

/// <summary>A web server in a process of its own, so that its CPU time can be told from the load generator's.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }
    public int ProcessId => _process.Id;

    /// <summary>Starts <paramref name="assembly"/> and waits until <paramref name="readyPath"/> answers.</summary>
    /// <exception cref="InvalidOperationException">It ended or did not answer in time; the message holds its last output.</exception>
    public static async Task<ServerProcess> StartAsync(string assembly, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string> environment, string readyPath)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments, "--urls", address.ToString()])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        var output = new Queue<string>();
        void Keep(object _, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.Enqueue(line.Data ?? "");
                if (output.Count > 30)
                    output.Dequeue();
            }
        }
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (await AnswersAsync(process, new Uri(address, readyPath)))
            return new(process, address);
        process.Kill(entireProcessTree: true);
        lock (output)
            throw new InvalidOperationException($"{assembly} did not answer at {address}:\n{string.Join('\n', output)}");
    }

    private static async Task<bool> AnswersAsync(Process process, Uri address)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (var tries = 0; tries < 240 && !process.HasExited; tries++)
        {
            try
            {
                using var response = await client.GetAsync(address);
                if (response.IsSuccessStatusCode)
                    return true;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet.
            }
            await Task.Delay(250);
        }
        return false;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
