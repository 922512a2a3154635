using PetShop.Web.Database;

namespace PetShop.Web.Commands;

/// <summary>Runs the shop: what happens when no command is named.</summary>
public static class ServeCommand
{
    public static Task<int> RunAsync(string[] args, CancellationToken cancel) => ShopCommand.WithShopAsync(args, async app =>
    {
        if (app.Configuration.GetValue("Database:MigrateOnStart", app.Environment.IsDevelopment()))
            await ShopDatabase.MigrateAsync(app.Services, cancel);
        await app.StartAsync(cancel);
        foreach (var address in app.Urls)
            Console.WriteLine($"{app.Configuration["Shop:Name"]} is open at {address}");
        await app.WaitForShutdownAsync(cancel);
        return 0;
    }, cancel);
}
