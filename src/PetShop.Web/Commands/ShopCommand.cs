using System.CommandLine;
using PetShop.Web.Database;

namespace PetShop.Web.Commands;

/// <summary>What the commands share: the database opened, the application built but not serving, errors as one clear line.</summary>
public static class ShopCommand
{
    /// <summary>Makes a command that runs <paramref name="run"/> over the migrated shop, with the settings of its command line.</summary>
    public static Command Create(string name, string description, Func<ParseResult, IServiceProvider, CancellationToken, Task<int>> run, params Symbol[] symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Option option) command.Add(option);
            if (symbol is Argument argument) command.Add(argument);
        }
        command.SetAction((parsed, cancel) => WithShopAsync([.. parsed.UnmatchedTokens], async app =>
        {
            await ShopDatabase.MigrateAsync(app.Services, cancel);
            return await run(parsed, app.Services, cancel);
        }, cancel));
        return command;
    }

    /// <summary>Opens the database, builds the application, hands it over and puts everything away again.</summary>
    public static async Task<int> WithShopAsync(string[] args, Func<WebApplication, Task<int>> run, CancellationToken cancel)
    {
        try
        {
            var settings = WebApplication.CreateBuilder(args);
            await using var database = await ShopDatabase.OpenAsync(settings.Configuration, settings.Environment, Console.WriteLine, cancel);
            await using var app = Shop.Build(args, database.ConnectionString);
            return await run(app);
        }
        catch (Exception e) when (IsPlain(e))
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    /// <summary>Errors whose message tells a person what to do; a stack trace would only hide it.</summary>
    private static bool IsPlain(Exception e) =>
        e is InvalidOperationException or IOException or InvalidDataException or TimeoutException or ArgumentException or Npgsql.NpgsqlException or LocalPostgres.LocalPostgresException or OperationCanceledException;
}
