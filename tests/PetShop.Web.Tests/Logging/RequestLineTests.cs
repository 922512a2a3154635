using System.Text;
using System.Text.Json;
using PetShop.TestHost;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Logging;

public sealed class RequestLineTests
{
    [Fact]
    public async Task In_production_every_request_is_a_line_of_JSON_with_the_id_of_who_agreed_and_without_keys()
    {
        var (console, lines) = (Console.Out, new Lines());
        await using var server = await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), ["environment=Production", "Serilog:MinimumLevel:Default=Information", "Mail:PublicUrl=http://shop.example"]);
        using var agreed = server.NewVisitor();
        using var refused = server.NewVisitor();
        var (key, token, torn) = ($"{Guid.NewGuid()}", $"sealed{Guid.NewGuid():N}", $"torn{Guid.NewGuid():N}");
        Console.SetOut(lines);
        try
        {
            await agreed.AnswerAsync("accept");
            await refused.AnswerAsync("refuse");
            await agreed.GetAsync("/help");
            await refused.GetAsync("/help");
            foreach (var path in new[] { $"/checkout/thanks/{key}", $"/unsubscribe/{token}", $"/checkout/thanks/{torn}", "/shop/nowhere", "/why/7" })
                (await agreed.Client.GetAsync(path)).Dispose();
            await Eventually.UntilAsync(() => Task.FromResult(Requests(lines).Count == 9));
        }
        finally
        {
            Console.SetOut(console);
        }
        var requests = Requests(lines);
        Assert.Equal(["-", $"{agreed.IdOf()}"], requests.Where(r => r.Path == "/help").Select(r => r.Visitor).Order());
        Assert.Equal(new[] { "/checkout/thanks/{key:guid}", "/checkout/…", "/help", "/shop/nowhere", "/unsubscribe/{token}", "/why/7" }.Order(), requests.Where(r => r.Visitor == $"{agreed.IdOf()}").Select(r => r.Path).Order());
        var all = lines.ToString();
        Assert.All([key, token, torn], secret => Assert.DoesNotContain(secret, all, StringComparison.Ordinal));
    }

    private static List<(string Path, string Visitor)> Requests(Lines lines)
    {
        List<(string, string)> requests = [];
        foreach (var line in lines.ToString().Split('\n').Where(l => l.StartsWith('{') && l.EndsWith('}')))
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.GetProperty("Properties") is var about && about.TryGetProperty("Path", out var path) && about.TryGetProperty("Visitor", out var visitor))
                requests.Add((path.GetString()!, visitor.GetString()!));
        }
        return requests;
    }

    /// <summary>Holds what is written to the console, by whichever thread.</summary>
    private sealed class Lines : TextWriter
    {
        private readonly StringBuilder _text = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(string? value)
        {
            lock (_text)
                _text.Append(value);
        }

        public override string ToString()
        {
            lock (_text)
                return _text.ToString();
        }
    }
}
