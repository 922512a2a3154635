using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.TestHost;
using PetShop.Web.Commands;
using PetShop.Web.Seeding;

namespace PetShop.Web.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("trian", "There is no command 'trian'. Did you mean train? The commands are migrate, seed,")]
    [InlineData("sede", "Did you mean seed?")]
    [InlineData("launch", "There is no command 'launch'. The commands are")]
    [InlineData("--urls http://127.0.0.1:0 trian", "Did you mean train?")]
    [InlineData("model exprt", "There is no command 'exprt'. Did you mean export? The commands are export, import.")]
    [InlineData("seed --if-emty", "seed has no option '--if-emty'. Did you mean --if-empty?")]
    [InlineData("train now", "'now' is neither an option of train nor a setting")]
    [InlineData("train --Recommendations:Factors", "'--Recommendations:Factors' needs a value")]
    [InlineData("--Shop:Name --Shop:Currency EUR", "'--Shop:Name' needs a value")]
    public void A_slip_of_the_keyboard_starts_nothing_and_is_told(string line, string told) =>
        Assert.Contains(told, ShopCommands.Fault(ShopCommands.Create().Parse(line.Split(' '))), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("--Shop:Name=Paws --Demo:Shoppers 10 --urls http://127.0.0.1:0")]
    [InlineData("--OTEL_EXPORTER_OTLP_ENDPOINT http://127.0.0.1:4317")]
    [InlineData("seed --if-empty --Demo:Shoppers 10 --environment Development")]
    [InlineData("simulate --shoppers 10 --Demo:Days=40")]
    [InlineData("model export here.bin --Shop:Name Paws")]
    public void Settings_stand_with_every_command(string line)
    {
        var parsed = ShopCommands.Create().Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(parsed.Errors);
        Assert.Null(ShopCommands.Fault(parsed));
    }

    [Fact]
    public async Task A_command_runs_with_the_settings_of_its_line()
    {
        await using var database = await TestDatabase.EmptyAsync();
        (int Shoppers, string Name) seen = default;
        var root = ShopCommands.Create();
        root.Add(ShopCommand.Create("probe", "Looks at its settings.", (_, services, _) =>
        {
            seen = (services.GetRequiredService<IOptions<DemoOptions>>().Value.Shoppers, services.GetRequiredService<IOptions<ShopOptions>>().Value.Name);
            return Task.FromResult(7);
        }));
        var parsed = root.Parse(["probe", "--Demo:Shoppers", "77", "--Shop:Name=Paws", $"--ConnectionStrings:PetShop={database.ConnectionString}", $"--contentRoot={Repository.WebFolder}", "--applicationName=PetShop.Web"]);
        Assert.Null(ShopCommands.Fault(parsed));
        Assert.Equal(7, await parsed.InvokeAsync());
        Assert.Equal((77, "Paws"), seen);
    }

    [Fact]
    public async Task More_simulated_shoppers_join_a_seeded_shop_again_and_again()
    {
        await using var database = await TestDatabase.EmptyAsync();
        Assert.Equal(0, await RunAsync(database, "seed --Demo:Shoppers=20 --Demo:Days=30"));
        var before = await CountAsync(database);
        Assert.Equal(0, await RunAsync(database, "simulate --shoppers 10 --days 30"));
        Assert.Equal(0, await RunAsync(database, "simulate --shoppers 10 --days 30 --seed 3"));
        Assert.Equal(before + 20, await CountAsync(database));
        // The people of a seed are the same people, and those of the shop's own are in it.
        Assert.Equal(1, await RunAsync(database, "simulate --shoppers 10 --days 30 --seed 3"));
        Assert.Equal(1, await RunAsync(database, "simulate --shoppers 10 --days 30 --seed 1"));
        Assert.Equal(before + 20, await CountAsync(database));
    }

    private static Task<int> RunAsync(TestDatabase database, string line) => ShopCommands.Create().Parse(
        [.. line.Split(' '), $"--ConnectionStrings:PetShop={database.ConnectionString}", $"--contentRoot={Repository.WebFolder}", "--applicationName=PetShop.Web", "--environment=Development"]).InvokeAsync();

    private static async Task<long> CountAsync(TestDatabase database)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand("SELECT count(*) FROM shoppers");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
