using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data;
using PetShop.Web.Importing;

namespace PetShop.Web.Commands;

/// <summary>Imports a catalogue and a history of orders from CSV.</summary>
public static class ImportCommand
{
    private static readonly Option<string?> Products = new("--products") { Description = "CSV file (or .csv.gz) of products." };
    private static readonly Option<string?> Orders = new("--orders") { Description = "CSV file (or .csv.gz) of order lines." };
    private static readonly Option<string?> Mapping = new("--mapping") { Description = "JSON file that turns the files' columns into ours." };
    private static readonly Option<string?> Rejects = new("--rejects") { Description = "Folder for the files of refused rows; the current one by default." };

    public static Command Create() => ShopCommand.Create("import",
        "Import products and orders from CSV; bad rows are reported with line and reason, good ones kept, and a second run changes nothing. "
        + "A SKU that is there already is brought up to what the file says; a column the file does not have stays as it is.\n\n"
        + Describe("Product columns", ImportColumns.Products) + "\n" + Describe("Order columns", ImportColumns.Orders),
        RunAsync, Products, Orders, Mapping, Rejects);

    private static string Describe(string title, IEnumerable<ImportColumn> columns) =>
        $"{title}: {string.Join("; ", columns.Select(c => $"{c.Name}{(c.IsRequired ? "*" : "")} ({c.Meaning})"))}. (* needed)";

    private static async Task<int> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancel)
    {
        var products = UserPath.Resolve(parsed.GetValue(Products));
        var orders = UserPath.Resolve(parsed.GetValue(Orders));
        if (products is null && orders is null)
            throw new InvalidOperationException("Name at least one file: --products FILE, --orders FILE.");
        await ImportAsync(services, products, orders, UserPath.Resolve(parsed.GetValue(Mapping)), UserPath.Resolve(parsed.GetValue(Rejects)) ?? UserPath.Folder, cancel);
        return 0;
    }

    /// <summary>Imports the files named, products first.</summary>
    /// <param name="mapping">JSON file that turns their columns into ours; null where they are ours.</param>
    /// <param name="rejects">Folder for the files of refused rows.</param>
    public static async Task ImportAsync(IServiceProvider services, string? products, string? orders, string? mapping, string rejects, CancellationToken cancel)
    {
        var columns = mapping is null ? new ImportMapping() : ImportMapping.Read(mapping);
        columns.CheckCurrency(services.GetRequiredService<IOptions<ShopOptions>>().Value.Currency);
        await using var scope = services.CreateAsyncScope();
        if (products is not null)
            await ImportProductsAsync(scope.ServiceProvider, products, columns, rejects, cancel);
        if (orders is not null)
            await ImportOrdersAsync(scope.ServiceProvider, orders, columns, rejects, cancel);
        await TellUnpricedAsync(scope.ServiceProvider.GetRequiredService<PetShopDb>(), cancel);
    }

    private static async Task ImportProductsAsync(IServiceProvider services, string path, ImportMapping mapping, string rejects, CancellationToken cancel)
    {
        using var file = new ImportFile(path, ImportColumns.Products, mapping.Products, mapping.Defaults);
        using var report = new ImportReport(path, RejectsFile(rejects, path), Console.Out);
        await new ProductImport(services.GetRequiredService<PetShopDb>(), services.GetRequiredService<TimeProvider>()).RunAsync(file, mapping, report, cancel);
        report.Summarise();
    }

    private static async Task ImportOrdersAsync(IServiceProvider services, string path, ImportMapping mapping, string rejects, CancellationToken cancel)
    {
        using var file = new ImportFile(path, ImportColumns.Orders, mapping.Orders, mapping.Defaults);
        using var report = new ImportReport(path, RejectsFile(rejects, path), Console.Out);
        var currency = services.GetRequiredService<IOptions<ShopOptions>>().Value.Currency;
        var result = await new OrderImport(services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<TimeProvider>()).RunAsync(file, mapping, currency, report, cancel);
        report.Summarise();
        Console.WriteLine($"New: {result.Shoppers:N0} customers, {result.Orders:N0} orders, {result.Lines:N0} order lines.");
        if (result.Known != 0)
            Console.WriteLine($"{result.Known:N0} {(result.Known == 1 ? "customer" : "customers")} had an account with the same address already: their orders are in it.");
        if (result.MovedDays != 0 && result.Orders > 0)
            Console.WriteLine($"The mapping says moveToNow: every date was moved by {result.MovedDays:N0} days.");
    }

    private static async Task TellUnpricedAsync(PetShopDb db, CancellationToken cancel)
    {
        var unpriced = db.Skus.Where(s => s.PriceMinor == 0 && !s.IsActive);
        if (await unpriced.CountAsync(cancel) is > 0 and var count)
            Console.WriteLine($"Not for sale until a file or the admin area gives a price: {count:N0} of the shop's SKUs, such as {string.Join(", ", await unpriced.OrderBy(s => s.Code).Select(s => s.Code).Take(3).ToListAsync(cancel))}.");
    }

    private static string RejectsFile(string folder, string path) =>
        Path.Combine(folder, Path.GetFileName(path).Split('.')[0] + ".rejected.csv");
}
