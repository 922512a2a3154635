using System.CommandLine;
using PetShop.Web.Seeding;

namespace PetShop.Web.Commands;

/// <summary>Fills an empty shop with the demo catalogue and simulated shoppers.</summary>
public static class SeedCommand
{
    private static readonly Option<bool> IfEmpty = new("--if-empty") { Description = "Do nothing, and succeed, when the shop has products or orders." };

    public static Command Create() => ShopCommand.Create("seed",
        "Fill an empty shop with the demo catalogue and a year of simulated shoppers. Settings: Demo:Shoppers, Demo:Days, Demo:Seed, Demo:Password.",
        RunAsync, IfEmpty);

    private static async Task<int> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var demo = scope.ServiceProvider.GetRequiredService<DemoShop>();
        if (!parsed.GetValue(IfEmpty))
            await demo.SeedAsync(Console.WriteLine, cancel);
        else if (!await demo.SeedWhenEmptyAsync(Console.WriteLine, cancel))
            Console.WriteLine("The shop has a catalogue; nothing to seed.");
        return 0;
    }
}
