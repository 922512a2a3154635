using Microsoft.Extensions.Options;
using PetShop.Demo.Simulation;
using PetShop.Web.Database;
using PetShop.Web.Seeding;

namespace PetShop.Web.Commands;

/// <summary>Runs the shop: what happens when no command is named.</summary>
public static class ServeCommand
{
    public static Task<int> RunAsync(string[] args, CancellationToken cancel) => ShopCommand.WithShopAsync(args, async app =>
    {
        if (app.Configuration.GetValue("Database:MigrateOnStart", app.Environment.IsDevelopment()))
            await ShopDatabase.MigrateAsync(app.Services, cancel);
        if (app.Configuration.GetValue("Demo:SeedWhenEmpty", false))
            await SeedWhenEmptyAsync(app.Services, cancel);
        await app.StartAsync(cancel);
        Welcome(app);
        await app.WaitForShutdownAsync(cancel);
        return 0;
    }, cancel);

    private static async Task SeedWhenEmptyAsync(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var demo = scope.ServiceProvider.GetRequiredService<DemoShop>();
        if (await demo.IsEmptyAsync(cancel))
            await demo.SeedAsync(Console.WriteLine, cancel);
    }

    private static void Welcome(WebApplication app)
    {
        foreach (var address in app.Urls)
            Console.WriteLine($"\n{app.Services.GetRequiredService<IOptions<ShopOptions>>().Value.Name} is open at {address}");
        if (app.Services.GetRequiredService<IOptions<DemoOptions>>().Value.Password is not { } password || !app.Environment.IsDevelopment())
            return;
        Console.WriteLine($"\nDemo sign-ins (password {password}):");
        Console.WriteLine($"  {DemoStaff.Administrator,-34} administrator: /admin");
        Console.WriteLine($"  {DemoStaff.Merchandiser,-34} merchandiser: /admin");
        foreach (var person in DemoPersons.All)
            Console.WriteLine($"  {person.Email,-34} {person.Name}: {person.Story}");
        Console.WriteLine();
    }
}
