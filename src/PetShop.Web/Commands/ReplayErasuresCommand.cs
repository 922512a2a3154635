using System.CommandLine;
using PetShop.Web.Privacy;

namespace PetShop.Web.Commands;

/// <summary>Erases again whatever a restored backup brought back, before the shop opens.</summary>
public static class ReplayErasuresCommand
{
    public static Command Create() => ShopCommand.Create("replay-erasures",
        "After a backup was restored: erase again everybody who had been erased since. Serving does the same at each start.", RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancel)
    {
        var met = await services.GetRequiredService<ErasureReplay>().RunAsync(cancel);
        Console.WriteLine(met is { } done
            ? $"Erased again: {done.People:N0} people, and {done.Rows:N0} rows that browsers had left."
            : "Another process is replaying erasures now.");
        return met is null ? 1 : 0;
    }
}
