using System.CommandLine;

namespace PetShop.Web.Commands;

/// <summary>Migrates the database, which every command does first, and says so.</summary>
public static class MigrateCommand
{
    public static Command Create() => ShopCommand.Create("migrate", "Bring the database to the newest migration.", (_, _, _) =>
    {
        Console.WriteLine("The database is at the newest migration.");
        return Task.FromResult(0);
    });
}
