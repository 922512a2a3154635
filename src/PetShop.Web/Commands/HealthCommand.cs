using System.CommandLine;

namespace PetShop.Web.Commands;

/// <summary>Asks the shop that serves in this container whether it is ready; images without curl need it.</summary>
public static class HealthCommand
{
    public static Command Create()
    {
        var command = new Command("check-health", "Exit with 0 when the shop on this machine is ready to serve.");
        command.SetAction(async (_, cancel) =>
        {
            var port = Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS")?.Split(';')[0] ?? "8080";
            using var client = new HttpClient();
            try
            {
                using var response = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"), cancel);
                return response.IsSuccessStatusCode ? 0 : 1;
            }
            catch (HttpRequestException e)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return 1;
            }
        });
        return command;
    }
}
