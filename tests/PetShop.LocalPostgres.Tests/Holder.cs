namespace PetShop.LocalPostgres.Tests;

/// <summary>Another copy of the program: uses the server of a folder until it is told to leave, or killed.</summary>
internal static class Holder
{
    public static async Task Main(string[] arguments)
    {
        // Like a web host, it goes on for a while after Ctrl-C.
        Console.CancelKeyPress += (_, interrupt) =>
        {
            interrupt.Cancel = true;
            Console.WriteLine("interrupted");
        };
        try
        {
            var options = new LocalPostgresOptions(arguments[0])
            {
                Sources = PostgresSources.Path | PostgresSources.InstallFolders,
                FastForTests = true,
            };
            await using var server = await LocalPostgresServer.StartAsync(options, CancellationToken.None);
            Console.WriteLine($"ready {server.ServerProcessIds()[0]} {server.ConnectionString("postgres")}");
            while (await Console.In.ReadLineAsync() is not (null or "leave"))
            {
            }
        }
        catch (LocalPostgresException e)
        {
            Console.WriteLine("failed " + e.Message.ReplaceLineEndings(" "));
        }
    }
}
