using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PetShop.Web.Tests.Mail;

/// <summary>A server of mails on a free loopback port that speaks as much SMTP as sending one takes, and keeps what it was given.</summary>
internal sealed class SmtpListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _serving;

    public SmtpListener()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The command, or the dot after a mail, that is answered with a refusal.</summary>
    public (string At, string Answer) Refuses { get; init; }

    /// <summary>Takes connections and never greets.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Every line of the client but those of mails.</summary>
    public List<string> Said { get; } = [];

    /// <summary>The mails that were taken, as they came but for doubled dots.</summary>
    public List<string> Mails { get; } = [];

    private async Task ServeAsync()
    {
        while (!_closed.IsCancellationRequested)
        {
            using var client = await _listener.AcceptTcpClientAsync(_closed.Token);
            try
            {
                await TalkAsync(client.GetStream());
            }
            catch (IOException)
            {
                // Who was refused may hang up without a word.
            }
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        if (IsSilent)
            await Task.Delay(Timeout.Infinite, _closed.Token);
        await writer.WriteLineAsync("220 mail.example at your service");
        while (await reader.ReadLineAsync(_closed.Token) is { } line)
        {
            Said.Add(line);
            var command = line.Split(' ', ':')[0].ToUpperInvariant();
            await writer.WriteLineAsync(AnswerTo(command));
            if (command == "QUIT")
                return;
            if (command == "DATA" && Refuses.At != "DATA")
                await writer.WriteLineAsync(await TakeAsync(reader));
        }
    }

    private string AnswerTo(string command) => command == Refuses.At ? Refuses.Answer : command switch
    {
        "DATA" => "354 Go ahead, a dot ends it",
        "QUIT" => "221 Goodbye",
        _ => "250 Well",
    };

    private async Task<string> TakeAsync(StreamReader reader)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(_closed.Token) is { } line && line != ".")
            mail.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        if (Refuses.At == ".")
            return Refuses.Answer;
        Mails.Add(mail.ToString());
        return "250 Taken";
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _listener.Stop();
        await _serving.ContinueWith(_ => { }, TaskScheduler.Default);
        _closed.Dispose();
    }
}
