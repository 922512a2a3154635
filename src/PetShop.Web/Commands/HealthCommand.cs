using System.CommandLine;
using System.Globalization;

namespace PetShop.Web.Commands;

/// <summary>Asks the shop that serves in this container whether it is ready; images without curl need it.</summary>
public static class HealthCommand
{
    private const int DefaultPort = 8080;

    public static Command Create()
    {
        var command = new Command("check-health", "Exit with 0 when the shop on this machine is ready to serve.");
        command.SetAction((parsed, cancel) => AskAsync(WebApplication.CreateBuilder([.. parsed.UnmatchedTokens]).Configuration, cancel));
        return command;
    }

    private static async Task<int> AskAsync(ConfigurationManager settings, CancellationToken cancel)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{PortOf(settings)}/health/ready"));
        request.Headers.Host = HostOf(settings["AllowedHosts"]);
        try
        {
            using var response = await client.SendAsync(request, cancel);
            if (response.IsSuccessStatusCode)
                return 0;
            await Console.Error.WriteLineAsync($"{request.RequestUri} answered {(int)response.StatusCode} to the host name {request.Headers.Host ?? request.RequestUri!.Host}.");
        }
        catch (HttpRequestException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
        }
        return 1;
    }

    // As the server reads them: its addresses, then its ports.
    private static int PortOf(ConfigurationManager settings)
    {
        var address = Split(settings["urls"]).FirstOrDefault(u => u.StartsWith("http://", StringComparison.OrdinalIgnoreCase));
        return address is not null ? BindingAddress.Parse(address).Port
            : int.TryParse(Split(settings["HTTP_PORTS"]).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : DefaultPort;
    }

    /// <summary>A name that the shop answers to where it does not answer to any; null where it does.</summary>
    /// <param name="allowed">As in <c>AllowedHosts</c>: names separated by semicolons, <c>*.petshop.example</c> for those below one.</param>
    internal static string? HostOf(string? allowed)
    {
        var names = Split(allowed);
        if (names.Any(n => n is "*" or "[::]" or "0.0.0.0"))
            return null;
        return names.FirstOrDefault(n => !n.Contains('*', StringComparison.Ordinal)) ?? names.FirstOrDefault()?.Replace("*", "www", StringComparison.Ordinal);
    }

    private static string[] Split(string? list) => (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
