using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
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
        await WelcomeAsync(app, cancel);
        await app.WaitForShutdownAsync(cancel);
        return 0;
    }, cancel);

    private static async Task SeedWhenEmptyAsync(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DemoShop>().SeedWhenEmptyAsync(Console.WriteLine, cancel);
    }

    private static async Task WelcomeAsync(WebApplication app, CancellationToken cancel)
    {
        foreach (var address in app.Urls)
            Console.WriteLine($"\n{app.Services.GetRequiredService<IOptions<ShopOptions>>().Value.Name} is open at {address}");
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PetShopDb>();
        if (!await db.UserRoles.AnyAsync(cancel))
            Console.WriteLine("\nNobody may enter /admin yet. Make yourself an administrator: staff --email YOU@YOUR.SHOP --role administrator\n");
        var password = app.Services.GetRequiredService<IOptions<DemoOptions>>().Value.Password;
        if (app.Environment.IsDevelopment() && password is not null && await db.Shoppers.AnyAsync(s => s.Id == DemoPersons.Maya.ShopperId, cancel))
            ListSignIns(password);
    }

    private static void ListSignIns(string password)
    {
        Console.WriteLine($"\nDemo sign-ins (password {password}):");
        Console.WriteLine($"  {DemoStaff.Administrator,-34} administrator: /admin");
        Console.WriteLine($"  {DemoStaff.Merchandiser,-34} merchandiser: /admin");
        foreach (var person in DemoPersons.All)
            Console.WriteLine($"  {person.Email,-34} {person.Name}: {person.Story}");
        Console.WriteLine();
    }
}
